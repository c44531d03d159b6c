import { setMaxListeners } from 'node:events';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { RateLimitError } from '@discordjs/rest';
import type { Work } from '../../src/db/mirrors';
import type { Attempt } from '../attempt';
import { compareCopies } from './compare';
import { copyMessages } from './copy-messages';
import type { MirrorDependencies } from './dependencies';
import { followChange } from './follow-change';
import { HoldLost, type Scene } from './scene';
import { Blocked, tellTrouble } from './troubles';

/** How a target was left. */
export type Drained =
  /** Nothing is left to be done there, or another one does it. */
  | 'done'
  /** There is more, and the target waits for the same workflow. */
  | 'more';

/** The longest pause between two tries, and some more: the same workflow finds the target as it left it. */
const REST_MS = 45_000;

/**
 * Does everything that is to be done in a target that was taken, one thing after the other. Whatever happens, a
 * later try goes on where this one stopped.
 *
 * @throws ApplicationFailure to be tried again later, when some stream is blocked
 */
export async function drain(
  deps: MirrorDependencies,
  targetChannelId: string,
  token: string,
  attempt: Attempt,
): Promise<Drained> {
  const { records } = deps;
  // Every request listens to it, and none lets go of it before the try ends.
  setMaxListeners(0, attempt.signal);
  const until = performance.now() + deps.limits.patienceMs;
  let blocked = false;
  const keep = async (): Promise<void> => {
    if (!(await records.keep(targetChannelId, token))) throw new HoldLost();
  };
  try {
    for (;;) {
      attempt.signal.throwIfAborted();
      await keep();
      const work = await records.nextWork(targetChannelId);
      if (work === null) {
        if (await records.release(targetChannelId, token)) break;
        continue;
      }
      if (performance.now() > until) {
        await records.rest(targetChannelId, token, REST_MS);
        return 'more';
      }
      if (!(await done(deps, work, attempt, keep))) blocked = true;
    }
  } catch (error) {
    if (error instanceof HoldLost) return 'done';
    const pauseMs = error instanceof RateLimitError ? error.timeToReset : 0;
    await records.rest(targetChannelId, token, pauseMs + REST_MS);
    throw error;
  }
  if (blocked) throw later(deps.limits.blockedMs);
  return 'done';
}

/** @returns whether it could be done; if not, nothing is tried in its stream for a while */
async function done(
  deps: MirrorDependencies,
  work: Work,
  attempt: Attempt,
  keep: () => Promise<void>,
): Promise<boolean> {
  const { stream } = work;
  const mirror = await deps.records.mirror(stream.guildId, stream.mirrorId);
  // It was removed just now, and its streams with it.
  if (mirror === null) return true;
  if (mirror.agreement !== 'agreed') {
    await deps.records.block(stream.key, deps.limits.blockedMs);
    return true;
  }
  const scene: Scene = { deps, mirror, stream, attempt, keep };
  try {
    await carryOut(scene, work);
    return true;
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    await tellTrouble(deps, mirror, error.trouble, attempt);
    await deps.records.block(stream.key, deps.limits.blockedMs);
    return false;
  }
}

async function carryOut(scene: Scene, work: Work): Promise<void> {
  switch (work.kind) {
    case 'change':
      await followChange(scene, work.messageId, work.version);
      return;
    case 'copy':
      await copyMessages(scene);
      return;
    case 'review':
      await compareCopies(scene);
  }
}

/** Somebody has to mend something first; until then this workflow is the one that looks after it. */
function later(nextRetryDelay: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'mirror-blocked',
    message: 'A mirror is held up until somebody mends it; the staff were told',
    nextRetryDelay,
    category: ApplicationFailureCategory.BENIGN,
  });
}
