import { hmac } from './hmac';
import { isoTime, jsonSample, numberOf, type Sample, type SampleService } from './sample';

const ada = {
  login: 'ada',
  html_url: 'https://github.com/ada',
  avatar_url: 'https://avatars.githubusercontent.com/u/1',
};
const repository = {
  id: 1,
  full_name: 'castle/keep',
  html_url: 'https://github.com/castle/keep',
  stargazers_count: 100,
};

const of = (
  event: string,
  says: string,
  payload: (subject: Parameters<Sample['delivery']>[0]) => object,
  header = event.replace('-', '_'),
): Sample => ({
  event,
  says,
  delivery: (subject) =>
    jsonSample({ ...payload(subject), repository, sender: ada }, { 'x-github-event': header }),
});

/** The shapes are those of GitHub's documentation: https://docs.github.com/webhooks/webhook-events-and-payloads */
export const github: SampleService = {
  sign: ({ body }, { secret, id }) => ({
    'x-github-delivery': id,
    'x-hub-signature-256': `sha256=${hmac('sha256', secret, body)}`,
  }),
  samples: [
    of('push', 'a commit on the branch main', ({ mark, now }) => ({
      ref: 'refs/heads/main',
      before: '0'.repeat(39) + '1',
      after: mark,
      created: false,
      deleted: false,
      forced: false,
      compare: `https://github.com/castle/keep/compare/main...${mark.slice(0, 12)}`,
      commits: [
        {
          id: mark,
          message: 'Lower the drawbridge\n\nThe king is at the gate.',
          timestamp: isoTime(now),
          url: `https://github.com/castle/keep/commit/${mark}`,
          author: { name: 'Bo', username: 'bo' },
          added: [],
          removed: [],
          modified: ['gate/drawbridge.ts'],
        },
      ],
    })),
    of('release', 'a release that was published', ({ mark, now }) => ({
      action: 'published',
      release: {
        id: numberOf(mark),
        tag_name: 'v1.2.0',
        name: 'The second tower',
        body: 'Higher walls, and a *deeper* moat.',
        html_url: 'https://github.com/castle/keep/releases/tag/v1.2.0',
        draft: false,
        prerelease: false,
        author: ada,
        published_at: isoTime(now),
      },
    })),
    of('pull-request', 'a pull request that was opened', ({ mark, now }) => ({
      action: 'opened',
      number: numberOf(mark),
      pull_request: {
        number: numberOf(mark),
        title: 'Oil the hinges',
        body: 'They creak.',
        html_url: `https://github.com/castle/keep/pull/${numberOf(mark)}`,
        user: ada,
        created_at: isoTime(now),
        updated_at: isoTime(now),
        merged: false,
        head: { ref: 'hinges' },
        base: { ref: 'main' },
      },
    })),
    of(
      'issue',
      'an issue that was opened',
      ({ mark, now }) => ({
        action: 'opened',
        issue: {
          number: numberOf(mark),
          title: 'The moat is dry',
          body: 'Somebody drank it.',
          html_url: `https://github.com/castle/keep/issues/${numberOf(mark)}`,
          user: ada,
          created_at: isoTime(now),
          updated_at: isoTime(now),
        },
      }),
      'issues',
    ),
    of('workflow-run', 'a workflow run that failed', ({ mark, now }) => ({
      action: 'completed',
      workflow_run: {
        id: numberOf(mark),
        name: 'Build',
        run_number: 7,
        run_attempt: 1,
        conclusion: 'failure',
        head_branch: 'main',
        head_sha: mark,
        html_url: `https://github.com/castle/keep/actions/runs/${numberOf(mark)}`,
        actor: ada,
        updated_at: isoTime(now),
      },
    })),
    of('star', 'the hundredth star', ({ now }) => ({
      action: 'created',
      starred_at: isoTime(now),
    })),
    of('ping', 'what GitHub sends when a webhook is set up; nothing is announced', () => ({
      zen: 'Keep it logically awesome.',
    })),
  ],
};
