import { z } from 'zod';
import { line, MOST } from '../../domain/announcements/bounds';
import { commitIdentity } from '../../domain/announcements/identity';
import type { Commit, PathList, Person, Ref } from '../../domain/announcements/item';
import { firstLine, soft, softTexts, time, url } from './read';

/** A commit as services tell it. */
export interface ToldCommit {
  readonly sha: string;
  readonly message: string;
  readonly author: Person | null;
  readonly url: string | null;
  readonly at: string | null;
}

/** What GitHub and GitLab both write of a commit; who made it, each writes in its own way. */
export const writtenCommit = z.object({
  id: z.string().min(1),
  message: z.string().catch(''),
  timestamp: soft(z.string()),
  url: soft(z.string()),
  added: softTexts,
  removed: softTexts,
  modified: softTexts,
});

type WrittenCommit = z.output<typeof writtenCommit>;

export const toldBy = (author: Person | null, commit: WrittenCommit): ToldCommit => ({
  sha: commit.id,
  message: commit.message,
  author,
  url: commit.url,
  at: commit.timestamp,
});

/** The files that commits name. */
export const filesOf = (commits: readonly WrittenCommit[]): string[] =>
  commits.flatMap(({ added, removed, modified }) => [...added, ...removed, ...modified]);

/**
 * The commits of a push, the newest of them that have room.
 *
 * @param told the oldest first
 * @param leftOut how many older ones the service did not tell
 */
export function commitsOf(
  told: readonly ToldCommit[],
  leftOut: number | 'unknown' = 0,
): {
  commits: readonly Commit[];
  more: number | 'unknown';
  authors: readonly string[];
} {
  const commits = told.slice(-MOST.commits).map(commitOf);
  const names = told.flatMap(({ author }) => (author === null ? [] : [author.name]));
  return {
    commits,
    more: leftOut === 'unknown' ? leftOut : leftOut + told.length - commits.length,
    authors: [...new Set(names)].slice(0, MOST.authors),
  };
}

export const commitOf = (told: ToldCommit): Commit => ({
  identity: commitIdentity(told.sha),
  sha: line(told.sha, 64),
  title: firstLine(told.message),
  author: told.author,
  url: url(told.url),
  at: time(told.at),
});

/** @param whole whether the service names all files of all commits */
export function pathsOf(names: readonly string[], whole: boolean): PathList {
  const different = [...new Set(names)];
  return {
    names: different.slice(0, MOST.paths).map((path) => line(path, 500)),
    whole: whole && different.length <= MOST.paths,
  };
}

/** @param text `refs/heads/main`, `refs/tags/v1` @returns `null` for notes and the like */
export function refOf(text: string): Ref | null {
  const [, kind, short = ''] = /^refs\/(heads|tags)\/(.+)$/s.exec(text) ?? [];
  if (kind === undefined) return null;
  return { kind: kind === 'heads' ? 'branch' : 'tag', name: line(short) };
}

/** Whether it names a commit in full: as Git writes SHA-1 or SHA-256. */
export const isSha = (text: string): boolean => /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(text);

export const isNoCommit = (sha: string): boolean => /^0*$/.test(sha);
