import { z } from 'zod';
import type { LeftOut } from '../../../domain/announcements/left-out';
import { isNoCommit, isSha } from '../commits';
import { readPage, type CommitsApi } from '../commits-api';
import { list, person, soft } from '../read';
import { userOf, user, type pushPayload } from './payload';

/**
 * Where a push is compared with what was there before. Without pages the newest 250 commits are told, and how
 * many there are; `compare_url` is right on GitHub Enterprise, too.
 *
 * https://docs.github.com/en/rest/commits/commits#compare-two-commits
 */
export function leftOutOf(told: z.output<typeof pushPayload>, identity: string): LeftOut | null {
  const { repository, before, after } = told;
  const template = repository.compare_url;
  if (template === null || before === null || isNoCommit(before)) return null;
  if (!isSha(before) || !isSha(after)) return null;
  const address = template.replace('{base}', before).replace('{head}', after);
  return { identity, head: after, address, count: null };
}

const compared = z.object({
  total_commits: z.number().int().nonnegative(),
  commits: list(
    z.object({
      sha: z.string().min(1),
      html_url: soft(z.string()),
      author: soft(user),
      commit: z.object({
        message: z.string().catch(''),
        author: soft(z.object({ name: soft(z.string()) })),
        committer: soft(z.object({ date: soft(z.string()) })),
      }),
    }),
  ),
});

export const commits: CommitsApi = {
  accept: 'application/vnd.github+json',
  read: (body) => {
    const told = readPage(compared, body);
    if (told === null) return null;
    const { commits: oldestFirst, total_commits: total } = told;
    return {
      commits: oldestFirst.toReversed().map(({ sha, html_url: page, author, commit }) => ({
        sha,
        message: commit.message,
        author: userOf(author) ?? person(commit.author?.name),
        url: page,
        at: commit.committer?.date ?? null,
      })),
      next: null,
      total,
    };
  },
};
