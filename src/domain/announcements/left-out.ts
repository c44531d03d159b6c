import { MOST } from './bounds';
import type { Commit, Push } from './item';

/** Where commits that belong to a push, and that its delivery does not tell, can be asked for. */
export interface LeftOut {
  /** The push's. */
  readonly identity: string;
  /** The push's last commit, by its SHA: whatever is answered begins with it. */
  readonly head: string;
  /** Of the service's API. Whoever sent the delivery named it: it may lead anywhere. */
  readonly address: string;
  /** How many commits the push has; `null`: the delivery does not say. */
  readonly count: number | null;
}

/** What a service told of a push when it was asked. */
export interface FoundCommits {
  /** The push's. */
  readonly identity: string;
  /** The newest ones, the oldest of them first: also those that the delivery told. */
  readonly commits: readonly Commit[];
  /** How many the push has; `null`: nobody knows. */
  readonly total: number | null;
}

/** A push as if its delivery had told what was found. Files are none of it: the services do not tell them. */
export function withFound(push: Push, { commits: found, total }: FoundCommits): Push {
  const told = new Map(push.commits.map((commit) => [commit.identity, commit]));
  const newest = new Map(found.map((commit) => [commit.identity, commit]));
  const all = [
    ...push.commits.filter(({ identity }) => !newest.has(identity)),
    ...[...newest.values()].map((commit) => told.get(commit.identity) ?? commit),
  ];
  const commits = all.slice(-MOST.commits);
  const count = total ?? (push.more === 'unknown' ? null : push.commits.length + push.more);
  const names = found.flatMap(({ author }) => (author === null ? [] : [author.name]));
  return {
    ...push,
    commits,
    more: count === null ? 'unknown' : Math.max(0, count - commits.length),
    authors: [...new Set([...push.authors, ...names])].slice(0, MOST.authors),
  };
}
