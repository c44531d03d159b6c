import { parseSecret, SECRET_PREFIX } from '../../../config/webhook-secret';
import { sign } from '../../standard-webhooks/sign';
import { isoTime, jsonSample, numberOf, type Sample, type SampleService } from './sample';

const project = {
  id: 1,
  path_with_namespace: 'castle/keep',
  web_url: 'https://gitlab.com/castle/keep',
};
const user = { name: 'Ada', avatar_url: 'https://gitlab.com/uploads/ada.png' };

const of = (
  event: string,
  says: string,
  header: string,
  payload: (subject: Parameters<Sample['delivery']>[0]) => object,
): Sample => ({
  event,
  says,
  delivery: (subject) =>
    jsonSample({ project, user, ...payload(subject) }, { 'x-gitlab-event': header }),
});

/** The shapes are those of GitLab's documentation: https://docs.gitlab.com/user/project/integrations/webhook_events */
export const gitlab: SampleService = {
  sign: ({ body }, { secret, id, now }) => ({
    'idempotency-key': id,
    ...(secret.startsWith(SECRET_PREFIX)
      ? sign([parseSecret(secret)], { id, at: now, body })
      : { 'x-gitlab-token': secret }),
  }),
  samples: [
    of('push', 'a commit on the branch main', 'Push Hook', ({ mark, now }) => ({
      ref: 'refs/heads/main',
      before: '0'.repeat(39) + '1',
      after: mark,
      user_name: 'Ada',
      total_commits_count: 1,
      commits: [
        {
          id: mark,
          message: 'Lower the drawbridge',
          timestamp: isoTime(now),
          url: `https://gitlab.com/castle/keep/-/commit/${mark}`,
          author: { name: 'Bo' },
          added: [],
          removed: [],
          modified: ['gate/drawbridge.ts'],
        },
      ],
    })),
    of('tag', 'a tag that was made', 'Tag Push Hook', ({ mark }) => ({
      ref: `refs/tags/v${numberOf(mark)}`,
      before: '0'.repeat(40),
      after: mark,
      user_name: 'Ada',
      total_commits_count: 0,
      commits: [],
    })),
    of('release', 'a release that was made', 'Release Hook', ({ mark, now }) => ({
      id: numberOf(mark),
      action: 'create',
      tag: 'v1.2.0',
      name: 'The second tower',
      description: 'Higher walls, and a *deeper* moat.',
      url: 'https://gitlab.com/castle/keep/-/releases/v1.2.0',
      released_at: isoTime(now),
      commit: { author: { name: 'Bo' } },
    })),
    of('merge-request', 'a merge request that was opened', 'Merge Request Hook', (subject) => ({
      object_attributes: {
        iid: numberOf(subject.mark),
        title: 'Oil the hinges',
        description: 'They creak.',
        action: 'open',
        url: `https://gitlab.com/castle/keep/-/merge_requests/${numberOf(subject.mark)}`,
        source_branch: 'hinges',
        target_branch: 'main',
        created_at: isoTime(subject.now),
        updated_at: isoTime(subject.now),
      },
    })),
    of('pipeline', 'a pipeline that failed', 'Pipeline Hook', ({ mark, now }) => ({
      object_attributes: {
        id: numberOf(mark),
        iid: 7,
        name: 'Build',
        status: 'failed',
        ref: 'main',
        tag: false,
        sha: mark,
        url: `https://gitlab.com/castle/keep/-/pipelines/${numberOf(mark)}`,
        finished_at: isoTime(now),
      },
    })),
  ],
};
