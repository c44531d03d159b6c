import type { ServerChange } from '../../../workflows/server-setup/contract';
import { askerOf } from '../interactions/asker';
import { awaitAnswer } from '../interactions/awaited-answer';
import type { Call } from '../interactions/call';

/**
 * Hands a change of the watched servers over to its workflow. From then on it happens whatever fails; the
 * worker answers the interaction, which must have been deferred.
 *
 * @throws DeskUnreachable, DeskSilent
 */
export async function requestChange(call: Call, change: ServerChange): Promise<void> {
  await call.parts.desk.changeServers(call.interaction.id, { ...askerOf(call), change });
  awaitAnswer(call);
}
