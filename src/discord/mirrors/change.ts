import type { MirrorChange } from '../../../workflows/mirror-setup/contract';
import { askerOf } from '../interactions/asker';
import { awaitAnswer } from '../interactions/awaited-answer';
import type { Call } from '../interactions/call';

/**
 * Hands a change of the mirrors over to its workflow. From then on it happens whatever fails; the worker answers
 * the interaction, which must have been deferred.
 *
 * @throws DeskUnreachable, DeskSilent
 */
export async function requestChange(call: Call, change: MirrorChange): Promise<void> {
  const { interaction, parts } = call;
  await parts.desk.changeMirrors({ ...askerOf(call), interactionId: interaction.id, change });
  awaitAnswer(call);
}
