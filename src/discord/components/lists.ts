import { isAnyStaff } from '../guilds/actor';
import { answersId, historyId, ownListId, ownPickId, queueId, queuePickId } from '../ids';
import { personOf, type Call } from '../interactions/call';
import { messageComponent, pickedValues } from '../interactions/component';
import type { APIMessageComponentInteraction } from 'discord-api-types/v10';
import { ownPage, queuePage } from '../tickets/lists';
import { mayManage, ownCase, staffCase } from '../tickets/show-case';
import { answer, type Answer } from '../views/answer';

const NOT_STAFF_ANY_MORE = answer('You do not belong to a team any more.');

/** Turns the staff's queue to another page. */
export const queuePageButton = messageComponent(queueId, async (call, { before, ...filter }) => {
  await replace(call, () => queuePage(call, filter, before));
});

/** Picks a case from the queue. */
export const queuePick = messageComponent(queuePickId, async (call) => {
  await replace(call, () => staffCase(call, picked(call)));
});

/** Turns the history of a case to another page. */
export const historyPage = messageComponent(historyId, async (call, { number, page }) => {
  await replace(call, () => staffCase(call, number, { page }));
});

/** Turns one's own list to another page. */
export const ownListPage = messageComponent(ownListId, async (call, { before }) => {
  await call.respond.deferUpdate();
  await call.respond.edit(await ownPage(call, before));
});

/** Picks one of one's own tickets. */
export const ownPick = messageComponent(ownPickId, async (call) => {
  await call.respond.deferUpdate();
  await call.respond.edit(await ownCase(call, picked(call)));
});

/** Shows all that was written into the form, as a file: it may be longer than a message holds. */
export const allAnswers = messageComponent(answersId, async (call, { caseId }) => {
  await call.respond.defer();
  const [actor, row] = await Promise.all([personOf(call), call.parts.cases.get(caseId)]);
  if (row === null || row.guildId !== call.guildId || !mayManage(row, actor)) {
    await call.respond.edit(answer('This case belongs to another team.'));
    return;
  }
  const answers = await call.parts.cases.answers(caseId);
  const text = answers.map(({ label, value }) => `${label}\n${value}\n`).join('\n');
  await call.respond.edit(answer(`What was written when #${row.number} was opened:`), [
    { name: `answers-${row.number}.txt`, data: Buffer.from(text), contentType: 'text/plain' },
  ]);
});

/** Shows something else in place of what staff clicked in, if they still belong to a team. */
async function replace(
  call: Call<APIMessageComponentInteraction>,
  show: () => Promise<Answer>,
): Promise<void> {
  await call.respond.deferUpdate();
  await call.respond.edit(isAnyStaff(await personOf(call)) ? await show() : NOT_STAFF_ANY_MORE);
}

function picked(call: Call<APIMessageComponentInteraction>): number {
  const number = Number(pickedValues(call)[0]);
  return Number.isSafeInteger(number) ? number : 0;
}
