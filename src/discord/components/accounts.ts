import { requestAccountChange } from '../accounts/change';
import {
  accountHistoryId,
  cancelRegistrationId,
  lookupId,
  lookupPickId,
  newCodeId,
  ownAccountsId,
  primaryId,
  REASON_FIELD,
  unlinkId,
  unlinkReasonId,
  whitelistCheckId,
  whitelistRepairId,
} from '../accounts/ids';
import { accountPage, lookupPage, NO_ACCOUNT, ownAccountsPage } from '../accounts/lists';
import { cancel, renewCode } from '../accounts/register';
import { mayHandleAccounts, NOT_STAFF } from '../accounts/rights';
import { checkWhitelist } from '../accounts/whitelist';
import type { Call } from '../interactions/call';
import { form, messageComponent, pickedValues } from '../interactions/component';
import { formValues } from '../interactions/form-values';
import { isAdmin, NOT_ADMIN } from '../servers/rights';
import { unlinkForm } from '../views/account-card';
import { answer, type Answer } from '../views/answer';

/** "New code": it is shown in a message of its own, and the older one then says that it is worth nothing. */
export const newCodeButton = messageComponent(newCodeId, async (call, fields) => {
  await call.respond.defer();
  const words = await renewCode(call, fields);
  if (words !== null) await call.respond.edit(words);
});

/** "Cancel" under a code. A refusal must not take the place of the code. */
export const cancelButton = messageComponent(cancelRegistrationId, async (call, fields) => {
  await call.respond.defer();
  await call.respond.edit(await cancel(call, fields));
});

/** Turns the list of one's own accounts to another page. */
export const ownAccountsButton = messageComponent(ownAccountsId, async (call, { page }) => {
  await call.respond.deferUpdate();
  await call.respond.edit(await ownAccountsPage(call, page));
});

/** Picks another primary account. The worker answers below; the list stays as it was until it is turned. */
export const primaryMenu = messageComponent(primaryId, async (call) => {
  await call.respond.defer();
  await requestAccountChange(call, {
    type: 'make-primary',
    accountKey: keyOf(pickedValues(call)[0]),
  });
});

/** Turns the list of everybody's accounts to another page. */
export const lookupButton = messageComponent(lookupId, (call, { after, ...filter }) =>
  replaceForStaff(call, () => lookupPage(call, filter, after)),
);

/** Picks an account from that list. */
export const lookupPick = messageComponent(lookupPickId, (call) =>
  replaceForStaff(call, () => accountPage(call, keyOf(pickedValues(call)[0]), null)),
);

/** Turns the history of an account to another page. */
export const accountHistoryButton = messageComponent(
  accountHistoryId,
  (call, { accountKey, before }) =>
    replaceForStaff(call, () => accountPage(call, accountKey, before)),
);

/** Asks why an account is to be unlinked. */
export const unlinkButton = messageComponent(unlinkId, async (call, { accountKey }) => {
  if (!(await mayHandleAccounts(call))) {
    await call.respond.answer(NOT_STAFF);
    return;
  }
  const account = await call.parts.accounts.account(call.guildId, accountKey);
  if (account === null) await call.respond.answer(NO_ACCOUNT);
  else await call.respond.form(unlinkForm(account));
});

/** The form with the reason. */
export const unlinkReason = form(unlinkReasonId, async (call, { accountKey }) => {
  await call.respond.defer();
  if (!(await mayHandleAccounts(call))) {
    await call.respond.edit(NOT_STAFF);
    return;
  }
  const reason = (formValues(call.interaction).get(REASON_FIELD) ?? '').trim();
  if (reason === '') {
    await call.respond.edit(answer('A reason needs some words. Nothing was changed.'));
    return;
  }
  await requestAccountChange(call, {
    type: 'unlink',
    accountKey,
    sealedReason: call.parts.seal.seal(reason),
  });
});

/** Compares a whitelist again. */
export const whitelistCheckButton = messageComponent(whitelistCheckId, (call, { serverId }) =>
  compare(call, serverId, false),
);

/** Repairs a whitelist. */
export const whitelistRepairButton = messageComponent(whitelistRepairId, (call, { serverId }) =>
  compare(call, serverId, true),
);

async function compare(call: Call, serverId: string, repair: boolean): Promise<void> {
  await call.respond.deferUpdate();
  const words = (await isAdmin(call)) ? await checkWhitelist(call, serverId, repair) : NOT_ADMIN;
  if (words !== null) await call.respond.edit(words);
}

/** Shows something else in place of what staff clicked in, if they still belong to a team. */
async function replaceForStaff(call: Call, show: () => Promise<Answer>): Promise<void> {
  await call.respond.deferUpdate();
  await call.respond.edit((await mayHandleAccounts(call)) ? await show() : NOT_STAFF);
}

/** The key of what was picked; 0, which no account has, if it is none. */
function keyOf(picked: string | undefined): number {
  const key = Number(picked);
  return Number.isSafeInteger(key) && key > 0 ? key : 0;
}
