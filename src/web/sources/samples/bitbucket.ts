import { hmac } from './hmac';
import { isoTime, jsonSample, numberOf, type Sample, type SampleService } from './sample';

const repository = {
  uuid: '{6f1e2a3b-0000-4000-8000-000000000001}',
  full_name: 'castle/keep',
  links: { html: { href: 'https://bitbucket.org/castle/keep' } },
};
const actor = {
  display_name: 'Ada',
  nickname: 'ada',
  links: { html: { href: 'https://bitbucket.org/ada' } },
};

const of = (
  event: string,
  says: string,
  key: string,
  payload: (subject: Parameters<Sample['delivery']>[0]) => object,
): Sample => ({
  event,
  says,
  delivery: (subject) =>
    jsonSample({ actor, repository, ...payload(subject) }, { 'x-event-key': key }),
});

/** The shapes are those of Bitbucket's documentation: https://support.atlassian.com/bitbucket-cloud/docs/event-payloads */
export const bitbucket: SampleService = {
  sign: ({ body }, { secret, id }) => ({
    'x-request-uuid': id,
    'x-hub-signature': `sha256=${hmac('sha256', secret, body)}`,
  }),
  samples: [
    of('push', 'a commit on the branch main', 'repo:push', ({ mark, now }) => ({
      push: {
        changes: [
          {
            old: { type: 'branch', name: 'main', target: { hash: '1'.repeat(40) } },
            new: { type: 'branch', name: 'main', target: { hash: mark, date: isoTime(now) } },
            forced: false,
            truncated: false,
            commits: [
              {
                hash: mark,
                message: 'Lower the drawbridge\n',
                date: isoTime(now),
                author: { raw: 'Bo <bo@castle.example>' },
                links: { html: { href: `https://bitbucket.org/castle/keep/commits/${mark}` } },
              },
            ],
            links: { html: { href: `https://bitbucket.org/castle/keep/branches/compare/${mark}` } },
          },
        ],
      },
    })),
    of(
      'pull-request',
      'a pull request that was opened',
      'pullrequest:created',
      ({ mark, now }) => ({
        pullrequest: {
          id: numberOf(mark),
          title: 'Oil the hinges',
          description: 'They creak.',
          author: actor,
          source: { branch: { name: 'hinges' } },
          destination: { branch: { name: 'main' } },
          created_on: isoTime(now),
          updated_on: isoTime(now),
          links: {
            html: { href: `https://bitbucket.org/castle/keep/pull-requests/${numberOf(mark)}` },
          },
        },
      }),
    ),
    of('pipeline', 'a build that failed', 'repo:commit_status_updated', ({ mark, now }) => ({
      commit_status: {
        key: `build-${numberOf(mark)}`,
        name: 'Build',
        state: 'FAILED',
        url: `https://bitbucket.org/castle/keep/pipelines/results/${numberOf(mark)}`,
        refname: 'main',
        updated_on: isoTime(now),
        commit: { hash: mark },
      },
    })),
  ],
};
