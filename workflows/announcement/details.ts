import type { PublishOutcome, ShowOutcome, Taken } from './activities';

/** How far one post of an announcement is. */
export type PostState =
  | { readonly state: 'waits'; readonly dueAt: number }
  | { readonly state: 'is-shown' }
  | { readonly state: 'publishes-later'; readonly notBefore: number }
  | { readonly state: 'ended'; readonly outcome: ShowOutcome | PublishOutcome };

/** What the Web UI shows of a running announcement: markdown that says what came of the delivery and what is waited for. */
export function currentDetails(
  verdict: Taken['verdict'] | null,
  posts: ReadonlyMap<string, PostState>,
): string {
  if (verdict === null) return 'Reads what was delivered, and finds the channels for it.';
  return [
    verdict,
    ...(posts.size === 0 ? [] : ['']),
    ...[...posts].map(([key, state]) => `- Post \`${key}\`: ${standing(state)}`),
  ].join('\n');
}

function standing(post: PostState): string {
  switch (post.state) {
    case 'waits':
      return `due ${instant(post.dueAt)}: a digest window or quiet hours end then.`;
    case 'is-shown':
      return 'is shown in its channel; if Discord or Postgres is away, that is tried until they are back.';
    case 'publishes-later':
      return `is posted; it is published not before ${instant(post.notBefore)}, since Discord allows 10 in an hour.`;
    case 'ended':
      return ended(post.outcome);
  }
}

function ended(outcome: ShowOutcome | PublishOutcome): string {
  switch (outcome.outcome) {
    case 'shown':
      return 'posted.';
    case 'published':
      return 'posted and published.';
    case 'later':
      return 'posted.';
    case 'gone':
    case 'forbidden':
      return outcome.reason;
  }
}

function instant(at: number): string {
  return new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
