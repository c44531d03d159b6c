import { count, customId, optional, text } from '../custom-id';

/** The `custom_id`s of what is shown of sources and their deliveries; see ../ids.ts. `id` is a source's word. */

/** Turns the list of sources to a page, counted from 0. */
export const sourcesPageId = customId('sources', { page: count });

/** The menu of that list; the picked value is the source's word. */
export const sourcesPickId = customId('source', {});

/** Shows a source again. */
export const sourceCardId = customId('srccard', { id: text });

/** Makes a new secret. */
export const newSecretId = customId('srckey', { id: text });

/** Asks whether a source is really to be removed, and removes it. */
export const removeAskId = customId('srcdrop', { id: text });
export const removeId = customId('srcgone', { id: text });

/** Shows what the sample of this place, counted from 0, would look like. */
export const previewId = customId('srctest', { id: text, sample: count });

/**
 * Where a page of deliveries begins: those of the instant `at` (milliseconds since the epoch) and before, but
 * the newest `skip` of them. A delivery's id would be too long for a button. `null`: with the newest.
 */
export interface DeliveriesFrom {
  readonly at: number | null;
  readonly skip: number;
}

/** Turns the list of a source's deliveries to a page. */
export const deliveriesId = customId('dlvs', { id: text, at: optional(count), skip: count });

/** The menu of that list; the picked value is a delivery as `deliveryValue` writes it. */
export const deliveryPickId = customId('dlv', { id: text });

/** Delivers something again: what came at the instant `at` and has this digest. */
export const deliverAgainId = customId('dlvagain', { id: text, at: count, digest: text });
