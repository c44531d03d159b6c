import { setTimeout as pause } from 'node:timers/promises';
import { MessageFlags } from 'discord-api-types/v10';
import type { ServerChange } from '../../../workflows/server-setup/contract';
import type { Call } from '../interactions/call';
import { answer } from '../views/answer';

/** When no answer has appeared by then, the person is told that the request is kept (milliseconds). */
const ANSWER_EXPECTED_MS = 15_000;

const WAITING = answer(
  'Your request is kept and will be carried out, even if it takes a while. The answer appears here.',
);

/**
 * Hands a change of the watched servers over to its workflow. From then on it happens whatever fails; the
 * worker answers the interaction, which must have been deferred.
 *
 * @throws DeskUnreachable, DeskSilent
 */
export async function requestChange(call: Call, change: ServerChange): Promise<void> {
  const { interaction, parts, guildId, member, respond } = call;
  await parts.desk.changeServers(interaction.id, {
    guildId,
    userId: member.user.id,
    change,
    applicationId: interaction.application_id,
    sealedToken: parts.seal.seal(interaction.token),
  });
  parts.afterwards(async (signal) => {
    await pause(ANSWER_EXPECTED_MS, undefined, { signal, ref: false });
    const { flags } = await respond.shown();
    if (((flags ?? 0) & (MessageFlags.Loading as number)) !== 0) await respond.edit(WAITING);
  });
}
