import { ConfigurationUnavailable } from '../guilds/directory';
import { openButtonId, openFormId, openMenuId } from '../ids';
import { configurationOf, type Call } from '../interactions/call';
import { form, messageComponent, pickedValues } from '../interactions/component';
import { formValues } from '../interactions/form-values';
import { categoryGone, categoryOf, openCategory } from '../tickets/choose';
import { requestTicket } from '../tickets/request';
import { answer } from '../views/answer';
import type { CaseCategory } from '../../config/guild/resolved';

/** A panel's button. */
export const openButton = messageComponent(openButtonId, (call, { categoryId }) =>
  openCategory(call, categoryId),
);

/** The menu of categories, on a panel or in the answer to `/ticket open`. */
export const openMenu = messageComponent(openMenuId, async (call) => {
  const [categoryId] = pickedValues(call);
  if (categoryId === undefined) {
    await call.respond.answer(answer('Please choose what your ticket is about.'));
    return;
  }
  await openCategory(call, categoryId);
});

/** A category's form was sent. */
export const openForm = form(openFormId, async (call, { categoryId }) => {
  await call.respond.defer();
  const category = await categoryNow(call, categoryId);
  if (category === undefined) {
    await call.respond.edit(categoryGone(call));
    return;
  }
  const answers = [...formValues(call.interaction)].map(([fieldId, value]) => ({ fieldId, value }));
  await requestTicket(call, { categoryId, category, answers });
});

/**
 * The category; `null` when the configuration cannot be read now, which keeps nobody from opening a
 * ticket: the workflow waits for Postgres. `undefined`: it is not offered any more.
 */
async function categoryNow(
  call: Call,
  categoryId: string,
): Promise<CaseCategory | null | undefined> {
  try {
    const configuration = await configurationOf(call);
    return configuration === null
      ? undefined
      : (categoryOf(configuration, categoryId) ?? undefined);
  } catch (error) {
    if (error instanceof ConfigurationUnavailable) return null;
    throw error;
  }
}
