import type { Context } from 'koa';
import { WaitingRoomFull } from '../../game/waiting-room';
import { COME_BACK_AFTER, comeAgain, isAway, tooMany } from '../../come-again';

/**
 * Does it, and says when to come again where what it needs is away or has no room.
 *
 * @param onAway hears what is away
 * @param extension members that the problem has then
 * @throws ProblemError 429, 503, and whatever else `work` throws
 */
export async function whileThere<Result>(
  context: Context,
  onAway: (error: unknown) => void,
  work: () => Promise<Result>,
  extension: Readonly<Record<string, unknown>> = {},
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WaitingRoomFull && error.of === 'guest') {
      throw tooMany(
        context,
        COME_BACK_AFTER * 1_000,
        'Too many requests of this server wait at the same time. One is enough.',
      );
    }
    if (!isAway(error) && !(error instanceof WaitingRoomFull)) throw error;
    onAway(error);
    throw comeAgain(context, {
      detail: 'This cannot be answered at the moment. Send the same request again, signed anew.',
      extension,
      cause: error,
    });
  }
}
