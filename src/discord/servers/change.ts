import type { ServerChange } from '../../../workflows/server-setup/contract';
import { awaitAnswer } from '../interactions/awaited-answer';
import type { Call } from '../interactions/call';

/**
 * Hands a change of the watched servers over to its workflow. From then on it happens whatever fails; the
 * worker answers the interaction, which must have been deferred.
 *
 * @throws DeskUnreachable, DeskSilent
 */
export async function requestChange(call: Call, change: ServerChange): Promise<void> {
  const { interaction, parts, guildId, member } = call;
  await parts.desk.changeServers(interaction.id, {
    guildId,
    userId: member.user.id,
    change,
    applicationId: interaction.application_id,
    sealedToken: parts.seal.seal(interaction.token),
  });
  awaitAnswer(call);
}
