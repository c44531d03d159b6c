import { MOST } from '../../src/domain/announcements/bounds';
import { commitIdentity } from '../../src/domain/announcements/identity';
import type { FoundCommits, LeftOut } from '../../src/domain/announcements/left-out';
import { commitOf, type ToldCommit } from '../../src/web/sources/commits';
import type { CommitsApi } from '../../src/web/sources/commits-api';
import { askForPage, type Asking } from './ask-for-page';

/**
 * Asks for a push's commits page by page: the newest 250, since no item has more.
 *
 * @returns `null`: the service does not tell them
 * @throws EffectFailed or ApplicationFailure where it may tell them a moment later
 */
export async function askForCommits(
  { identity, head, address, count }: LeftOut,
  api: CommitsApi,
  asking: Asking,
): Promise<FoundCommits | null> {
  const most = Math.min(count ?? MOST.commits, MOST.commits);
  const newestFirst: ToldCommit[] = [];
  let total = count;
  let next: string | null = address;
  while (next !== null && newestFirst.length < most) {
    const page = await askForPage(next, api, asking);
    // What came before it is the newest part all the same.
    if (page === null) break;
    newestFirst.push(...page.commits);
    if (!isHead(newestFirst[0], head)) return null;
    total ??= page.total ?? (page.next === null ? newestFirst.length : null);
    next = isSameService(page.next, address) ? page.next : null;
  }
  if (newestFirst.length === 0) return null;
  const commits = newestFirst.slice(0, most).reverse().map(commitOf);
  return { identity, commits, total };
}

/** Otherwise it tells of something else than the push. */
const isHead = (newest: ToldCommit | undefined, head: string): boolean =>
  newest !== undefined && commitIdentity(newest.sha) === commitIdentity(head);

const isSameService = (next: string | null, address: string): boolean =>
  next !== null && URL.canParse(next) && new URL(next).origin === new URL(address).origin;
