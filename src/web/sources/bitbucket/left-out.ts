import { z } from 'zod';
import type { LeftOut } from '../../../domain/announcements/left-out';
import { isSha, type ToldCommit } from '../commits';
import { PAGE, readPage, type CommitsApi } from '../commits-api';
import { list, soft, url } from '../read';
import { authorOf, commit, type pushPayload } from './payload';

type Pushed = z.output<typeof pushPayload>;
type PushedChange = Pushed['push']['changes'][number];

/** Bitbucket Cloud is one service for all. */
const API = 'https://api.bitbucket.org/2.0/repositories';

/** A workspace, and a repository in it. */
const NAME = /^[\w-]+\/[\w-][\w.-]*$/;

/**
 * Where the commits of a change are listed, in pages: the change names the address. One that says nothing of what
 * was there before would list the whole history.
 *
 * https://developer.atlassian.com/cloud/bitbucket/rest/api-group-commits
 */
export function leftOutOf(
  { repository }: Pushed,
  { old, new: after, links }: PushedChange,
  identity: string,
): LeftOut | null {
  const head = after?.target?.hash;
  if (head === undefined || !isSha(head)) return null;
  const named = url(links?.commits?.href);
  const address = named === null ? null : new URL(named);
  if (address?.searchParams.has('exclude') === true) {
    address.searchParams.set('pagelen', String(PAGE));
    return { identity, head, address: address.href, count: null };
  }
  const base = old?.target?.hash;
  if (base === undefined || !isSha(base) || !NAME.test(repository.full_name)) return null;
  const query = new URLSearchParams({ include: head, exclude: base, pagelen: String(PAGE) });
  const path = `${API}/${repository.full_name}/commits`;
  return { identity, head, address: `${path}?${query.toString()}`, count: null };
}

/** As payloads and answers both write a commit. */
export const toldBy = (told: z.output<typeof commit>): ToldCommit => ({
  sha: told.hash,
  message: told.message,
  at: told.date,
  url: told.links?.html?.href ?? null,
  author: authorOf(told.author),
});

const page = z.object({ values: list(commit), next: soft(z.string()) });

export const commits: CommitsApi = {
  accept: 'application/json',
  read: (body) => {
    const told = readPage(page, body);
    return told && { commits: told.values.map(toldBy), next: told.next, total: null };
  },
};
