import type { APIMessageComponentInteraction } from 'discord-api-types/v10';
import type { SourceChange } from '../../../workflows/source-setup/contract';
import { requestChange } from '../announcements/change';
import { readDeliveryValue, type DeliveryName } from '../announcements/delivery-place';
import {
  deliverAgainId,
  deliveriesId,
  deliveryPickId,
  newSecretId,
  previewId,
  removeAskId,
  removeId,
  sourceCardId,
  sourcesPageId,
  sourcesPickId,
} from '../announcements/ids';
import { previewSource } from '../announcements/preview';
import { NOT_ADMIN } from '../announcements/rights';
import {
  deliveryNamed,
  NO_DELIVERY,
  showDeliveries,
  showDelivery,
  showSource,
  showSources,
} from '../announcements/show';
import type { Call } from '../interactions/call';
import { messageComponent, pickedValues } from '../interactions/component';
import { isAdmin } from '../servers/rights';
import type { Answer } from '../views/answer';
import { removeQuestion } from '../views/source-card';

/** Turns the list of sources to another page. */
export const sourcesPage = messageComponent(sourcesPageId, (call, { page }) =>
  replace(call, () => showSources(call, page)),
);

/** Picks a source from the list. */
export const sourcesPick = messageComponent(sourcesPickId, (call) =>
  replace(call, () => showSource(call, pickedValues(call)[0] ?? '')),
);

/** Shows a source again. */
export const sourceCardButton = messageComponent(sourceCardId, (call, { id }) =>
  replace(call, () => showSource(call, id)),
);

/** Shows the next sample of what a source would post, or the one before. */
export const previewButton = messageComponent(previewId, (call, { id, sample }) =>
  replace(call, () => previewSource(call, id, sample)),
);

/** Turns the list of a source's deliveries to another page. */
export const deliveriesPage = messageComponent(deliveriesId, (call, { id, at, skip }) =>
  replace(call, () => showDeliveries(call, id, { at, skip })),
);

/** Picks a delivery from the list. */
export const deliveryPick = messageComponent(deliveryPickId, (call, { id }) =>
  replace(call, () => showDelivery(call, id, readDeliveryValue(pickedValues(call)[0] ?? ''))),
);

/** Delivers something again; what was shown stays. */
export const deliverAgainButton = messageComponent(deliverAgainId, (call, { id, ...name }) =>
  answerBeside(call, () => deliverAgain(call, id, name)),
);

/** Makes a new secret, which is shown beside the source: so it goes away when it is dismissed. */
export const newSecretButton = messageComponent(newSecretId, (call, { id }) =>
  answerBeside(call, () => handOver(call, { type: 'rotate', id })),
);

/** Asks whether a source is really to be removed. */
export const removeAskButton = messageComponent(removeAskId, (call, { id }) =>
  replace(call, () => Promise.resolve(removeQuestion(id))),
);

/** Removes it. */
export const removeButton = messageComponent(removeId, (call, { id }) =>
  replace(call, () => handOver(call, { type: 'remove', id })),
);

type Click = Call<APIMessageComponentInteraction>;

async function deliverAgain(call: Click, id: string, name: DeliveryName): Promise<Answer | null> {
  const delivery = await deliveryNamed(call, id, name);
  return delivery === null
    ? NO_DELIVERY
    : handOver(call, { type: 'deliver-again', id, deliveryId: delivery.id });
}

/** @returns nothing to answer: the worker does */
async function handOver(call: Click, change: SourceChange): Promise<null> {
  await requestChange(call, change);
  return null;
}

/** Shows something else in place of what an administrator clicked in. */
async function replace(call: Click, show: () => Promise<Answer | null>): Promise<void> {
  await call.respond.deferUpdate();
  await shownToAdmin(call, show);
}

/** Shows something beside what an administrator clicked in. */
async function answerBeside(call: Click, show: () => Promise<Answer | null>): Promise<void> {
  await call.respond.defer();
  await shownToAdmin(call, show);
}

/** Whoever kept a button may be no administrator any more. */
async function shownToAdmin(call: Click, show: () => Promise<Answer | null>): Promise<void> {
  const words = (await isAdmin(call)) ? await show() : NOT_ADMIN;
  if (words !== null) await call.respond.edit(words);
}
