import type { CaseCategory, GuildConfiguration } from '../../config/guild/resolved';
import { configurationOf, type Call } from '../interactions/call';
import { answer, type Answer } from '../views/answer';
import { openForm } from '../views/forms';
import { openingAnswer } from '../views/opening-answer';
import { requestTicket } from './request';

/** What somebody reads in a guild that has no configuration yet. */
export const NOT_SET_UP: Answer = answer(
  'Tickets are not set up on this server yet. Please tell an administrator.',
);

/**
 * Somebody chose a category: shows its form, or opens the ticket at once if it has none.
 *
 * @throws ConfigurationUnavailable, DeskUnreachable, InteractionGone
 */
export async function openCategory(call: Call, categoryId: string): Promise<void> {
  const configuration = await configurationOf(call);
  if (configuration === null) {
    await call.respond.answer(NOT_SET_UP);
    return;
  }
  const category = categoryOf(configuration, categoryId);
  if (category === null) {
    await call.respond.answer(categoryGone(call));
    return;
  }
  if (category.form.length > 0) {
    await call.respond.form(openForm(category));
    return;
  }
  await call.respond.defer();
  await requestTicket(call, { categoryId, category, answers: [] });
}

/** The category with this id, or with this title as somebody may have typed it; `null`: none. */
export function categoryOf(
  configuration: GuildConfiguration,
  idOrTitle: string,
): CaseCategory | null {
  const wanted = idOrTitle.trim().toLowerCase();
  return (
    configuration.categories.find(({ id }) => id === idOrTitle) ??
    configuration.categories.find(({ title }) => title.toLowerCase() === wanted) ??
    null
  );
}

/** The category is not offered any more. */
export function categoryGone(call: Call): Answer {
  return openingAnswer({ outcome: 'failed', code: 'category-gone', reference: call.reference });
}
