import { accountWorkflowId } from '../../../workflows/account/contract';
import { awaitAnswer } from '../interactions/awaited-answer';
import type { Call } from '../interactions/call';
import type { AskedChange } from '../views/account-answer';
import { answerTo } from './answer-to';

/**
 * Hands a change of accounts over to its workflow. From then on it happens whatever fails; the worker answers
 * the interaction, which must have been deferred.
 *
 * @throws DeskUnreachable, DeskSilent
 */
export async function requestAccountChange(call: Call, change: AskedChange): Promise<void> {
  const { guildId, interaction, member, parts } = call;
  await parts.desk.changeAccounts(accountWorkflowId(interaction.id), {
    guildId,
    actorId: member.user.id,
    change,
    answerTo: answerTo(call),
  });
  awaitAnswer(call);
}
