import type { Edition } from '../../domain/registration/account';
import { count, customId, oneOf, optional, optionalText, snowflake, text } from '../custom-id';

/** The `custom_id`s of what is shown of registrations, accounts and whitelists; see ../ids.ts. */

const edition = oneOf<Edition>({ java: 'j', bedrock: 'b' });

/** "New code" under a code. Whose it is says the click: only that person sees the button. */
export const newCodeId = customId('newcode', { edition, name: text });

/** "Cancel" under a code. */
export const cancelRegistrationId = customId('dropcode', { edition, name: text });

/** Turns the list of one's own accounts to a page, counted from 0. */
export const ownAccountsId = customId('accounts', { page: count });

/** The menu of that list; the picked value is the key of the account that becomes the primary one. */
export const primaryId = customId('primary', {});

/** How much of a name a button carries. */
export const PREFIX_MAX = 16;

/** What a list of everybody's accounts shows. It travels in the buttons, so that the pages stay the same after a restart. */
export interface AccountFilter {
  readonly userId: string | null;
  /** How the names begin; at most PREFIX_MAX characters. */
  readonly prefix: string | null;
}

/** Turns that list to a page; `after`: what follows the account with this key. */
export const lookupId = customId('lookup', {
  userId: optional(snowflake),
  prefix: optionalText,
  after: optional(count),
});

/** The menu of that list; the picked value is the account's key. */
export const lookupPickId = customId('account', {});

/** Turns the history of an account to a page; `before`: entries with smaller numbers only. */
export const accountHistoryId = customId('ahist', { accountKey: count, before: optional(count) });

/** Opens the form that asks staff why the account is taken away. */
export const unlinkId = customId('unlink', { accountKey: count });

/** That form. */
export const unlinkReasonId = customId('unlinkwhy', { accountKey: count });

/** The text field of that form. */
export const REASON_FIELD = 'reason';

/** Compares a server's whitelist again. */
export const whitelistCheckId = customId('wlcheck', { serverId: text });

/** Repairs a server's whitelist as the difference above the button says. */
export const whitelistRepairId = customId('wlrepair', { serverId: text });
