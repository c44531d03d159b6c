import type { MirrorChange } from '../../../workflows/mirror-setup/contract';
import { awaitAnswer } from '../interactions/awaited-answer';
import type { Call } from '../interactions/call';

/**
 * Hands a change of the mirrors over to its workflow. From then on it happens whatever fails; the worker answers
 * the interaction, which must have been deferred.
 *
 * @throws DeskUnreachable, DeskSilent
 */
export async function requestChange(call: Call, change: MirrorChange): Promise<void> {
  const { interaction, parts, guildId, member } = call;
  await parts.desk.changeMirrors({
    guildId,
    userId: member.user.id,
    interactionId: interaction.id,
    change,
    applicationId: interaction.application_id,
    sealedToken: parts.seal.seal(interaction.token),
  });
  awaitAnswer(call);
}
