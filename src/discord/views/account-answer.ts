import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { AccountOutcome, AccountRefusal } from '../../../workflows/account/activities';
import type { AccountChange } from '../../../workflows/account/contract';
import type { Account } from '../../domain/registration/account';
import { inline, noMentions } from '../../domain/text';
import { answer, type Answer } from './answer';
import { accountWords, playerWords, serverWords } from './registration-words';
import { counted } from './time';

/** A change that somebody asked for, and who is to be answered. */
export type AskedChange = Exclude<AccountChange, { readonly type: 'left' | 'banned' }>;

/** Whether somebody asked for it, by a command or a click. */
export function isAsked(change: AccountChange): change is AskedChange {
  return change.type !== 'left' && change.type !== 'banned';
}

/**
 * The answer to whoever asked for the change: what happened and what to do next.
 *
 * @param serverNames the servers of `outcome.serverIds`, as people call them
 */
export function accountAnswer(
  change: AskedChange,
  outcome: AccountOutcome,
  serverNames: readonly string[],
): Answer {
  switch (outcome.outcome) {
    case 'changed':
      return answer(`✅ ${changed(change, outcome, serverNames)}`);
    case 'unchanged':
      return answer(unchanged(change));
    case 'refused':
      return answer(`⚠️ ${refused(change, outcome.refusal)}`);
  }
}

/** Whether staff asked for it. */
export function isForStaff({ type }: AskedChange): boolean {
  return type === 'link' || type === 'unlink';
}

type Changed = Extract<AccountOutcome, { readonly outcome: 'changed' }>;

function changed(
  change: AskedChange,
  { userId, linked, unlinked, primary }: Changed,
  serverNames: readonly string[],
): string {
  switch (change.type) {
    case 'unregister':
      return unlinked.length === 0
        ? `The registration of ${playerWords(change.name)} is cancelled.`
        : [
            `${list(unlinked)} ${unlinked.length === 1 ? 'is' : 'are'} no longer yours.`,
            ...off('You are', serverNames),
            ...(primary === null
              ? ['You have no other accounts here; `/register` proves another one.']
              : [`${accountWords(primary)} is your primary account now.`]),
          ].join(' ');
    case 'make-primary':
      return primary === null
        ? 'Your primary account is changed.'
        : `${accountWords(primary)} is your primary account now.`;
    case 'link':
      return [
        `${list(linked)} belongs to <@${userId}> now.`,
        ...(serverNames.length === 0
          ? []
          : [`It is put on the whitelist of ${serverWords(serverNames)}.`]),
      ].join(' ');
    case 'unlink':
      return [
        `${list(unlinked)} no longer belongs to <@${userId}>.`,
        ...off('It is', serverNames),
      ].join(' ');
  }
}

/** Whitelists follow as soon as their servers are there. */
function off(whose: string, serverNames: readonly string[]): string[] {
  if (serverNames.length === 0) return [];
  return [
    `${whose} taken off the whitelist of ${serverWords(serverNames)}; a server that is off learns of it as soon as it is back.`,
  ];
}

function list(accounts: readonly Account[]): string {
  const most = 5;
  const words = accounts.slice(0, most).map(accountWords);
  if (accounts.length > most) words.push(counted(accounts.length - most, 'more', 'more'));
  return words.length === 0 ? 'The account' : words.join(', ');
}

function unchanged(change: AskedChange): string {
  switch (change.type) {
    case 'unregister':
      return `${playerWords(change.name)} is not among your accounts (any more). \`/accounts\` shows those that you have.`;
    case 'make-primary':
      return 'That is your primary account already.';
    case 'link':
      return `${playerWords(change.name)} belonged to <@${change.userId}> already; nothing was changed.`;
    case 'unlink':
      return 'That account belongs to nobody (any more); nothing was changed.';
  }
}

function refused(change: AskedChange, refusal: AccountRefusal): string {
  switch (refusal.refused) {
    case 'not-configured':
      return isForStaff(change)
        ? 'Accounts are not set up on this server: the configuration has no `registration`.'
        : 'Accounts cannot be registered here at the moment. Please tell an administrator.';
    case 'invalid-name':
      return 'That is not a name that a player of this edition can have. Please write it as the game shows it.';
    case 'no-such-account':
      return isForStaff(change)
        ? 'There is no such account (any more). `/account lookup` finds those that there are.'
        : 'You have no such account here. `/accounts` shows those that you have.';
    case 'taken':
      return isForStaff(change)
        ? `That account belongs to <@${refusal.userId}>. If it is to change hands, take it from them with \`/account unlink\` first.`
        : 'That account belongs to another member. If it is yours, ask the team for help.';
    case 'most-accounts':
      return `That would be more than ${counted(refusal.most, 'account')}, the most that one person may have here.`;
  }
}

/**
 * What the member is told whose accounts staff have changed, as a direct message; the reason stays with staff.
 *
 * @returns `null`: they need not be told of it
 */
export function accountNoticeMessage(
  change: AskedChange,
  outcome: AccountOutcome,
  guildName: string,
): RESTPostAPIChannelMessageJSONBody | null {
  if (!isForStaff(change) || outcome.outcome !== 'changed') return null;
  const what =
    change.type === 'link'
      ? `The team has linked ${list(outcome.linked)} to you. \`/accounts\` shows all your accounts there.`
      : `The team has taken ${list(outcome.unlinked)} from you. If you think that this is a mistake, ask them about it.`;
  const content = `**${inline(guildName, { max: 120, empty: 'The server' })}**\n${what}`;
  return { content, allowed_mentions: noMentions };
}
