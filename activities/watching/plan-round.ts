import type { RoundPlan } from '../../workflows/watch-servers/activities';
import type { WatchingDependencies } from './dependencies';
import type { StatusBoard } from './status-board';

/** So many servers are checked by one activity. */
const BATCH = 1_000;

/** Counts what is due, and keeps the history small: that costs next to nothing when there is nothing to do. */
export async function planRound(
  { records, clock, log }: WatchingDependencies,
  statusBoard: StatusBoard,
): Promise<RoundPlan> {
  const now = clock();
  // Before any check is recorded: today's partition may not be there yet.
  // A history that cannot be kept small is no reason to stop watching.
  await records.tidy(now).catch((error: unknown) => {
    log.warn(
      { err: error },
      'the history of checks could not be tidied; the next round tries again',
    );
  });
  const [count, news, board] = await Promise.all([
    records.countDue(now),
    records.hasNews(),
    statusBoard.isDue(now),
  ]);
  return { batches: Math.ceil(count / BATCH), news, board };
}
