import { z } from 'zod';
import type { LeftOut } from '../../../domain/announcements/left-out';
import { isNoCommit, isSha } from '../commits';
import { PAGE, readPage, type CommitsApi } from '../commits-api';
import { list, person, soft, url } from '../read';
import type { pushPayload } from './payload';

type Pushed = Pick<
  z.output<typeof pushPayload>,
  'project' | 'ref' | 'before' | 'after' | 'total_commits_count'
>;

/**
 * Where the commits of a push are listed: by a range of revisions, in pages, without what they change (which
 * “compare” would tell, and not in pages).
 *
 * https://docs.gitlab.com/api/commits/#list-repository-commits
 */
export function leftOutOf(told: Pushed, identity: string): LeftOut | null {
  const { project, after, total_commits_count: count } = told;
  const instance = instanceOf(told);
  const range = rangeOf(told);
  if (instance === null || range === null || !/^\d+$/.test(project.id)) return null;
  const path = `${instance}/api/v4/projects/${project.id}/repository/commits`;
  const query = new URLSearchParams({ ref_name: range, per_page: String(PAGE), page: '1' });
  return { identity, head: after, address: `${path}?${query.toString()}`, count };
}

/** A project's page is its path below the instance, which may itself lie below a path. */
function instanceOf({ project }: Pushed): string | null {
  const page = url(project.web_url)?.replace(/\/$/, '') ?? '';
  const path = `/${project.path_with_namespace}`;
  return page.endsWith(path) ? page.slice(0, -path.length) : null;
}

/** A new branch has what the default branch does not have; the default branch itself, when it is new, all. */
function rangeOf({ project, ref, before, after }: Pushed): string | null {
  if (before === null || !isSha(before) || !isSha(after)) return null;
  if (!isNoCommit(before)) return `${before}..${after}`;
  const main = project.default_branch;
  if (main === null) return null;
  return ref === `refs/heads/${main}` ? after : `${main}..${after}`;
}

const commit = z.object({
  id: z.string().min(1),
  message: z.string().catch(''),
  author_name: soft(z.string()),
  committed_date: soft(z.string()),
  web_url: soft(z.string()),
});
const entries = z.array(z.unknown());

export const commits: CommitsApi = {
  accept: 'application/json',
  read: (body, address) => {
    const told = readPage(entries, body);
    if (told === null) return null;
    return {
      commits: list(commit)
        .parse(told)
        .map((one) => ({
          sha: one.id,
          message: one.message,
          author: person(one.author_name),
          url: one.web_url,
          at: one.committed_date,
        })),
      next: told.length < PAGE ? null : pageAfter(address),
      total: null,
    };
  },
};

function pageAfter(address: string): string {
  const next = new URL(address);
  next.searchParams.set('page', String(Number(next.searchParams.get('page')) + 1));
  return next.href;
}
