import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { Account } from '../../domain/registration/account';
import { inline, noMentions } from '../../domain/text';
import { accountWords, serverWords, type NamedAccount } from './registration-words';
import { moment } from './time';

/** What staff read in their log about accounts. */
export type AccountLogEntry =
  | {
      readonly type: 'verified';
      readonly userId: string;
      readonly account: NamedAccount;
      readonly serverName: string;
    }
  | {
      readonly type: 'locked';
      readonly userId: string;
      readonly account: NamedAccount;
      readonly until: number;
    }
  /** The code was right, and the account another's: both may claim it, and somebody has to look. */
  | { readonly type: 'taken'; readonly userId: string; readonly account: NamedAccount }
  | {
      readonly type: 'linked';
      readonly userId: string;
      readonly accounts: readonly Account[];
      readonly actorId: string;
      readonly reason: string;
    }
  | {
      readonly type: 'unlinked';
      readonly userId: string;
      readonly accounts: readonly Account[];
      readonly cause: 'user' | 'staff' | 'left' | 'banned' | 'expired';
      readonly actorId: string | null;
      readonly reason: string | null;
    }
  /** Discord refuses what belongs to an account. */
  | { readonly type: 'trouble'; readonly userId: string; readonly trouble: AccountTrouble }
  | {
      readonly type: 'not-whitelisted';
      readonly account: NamedAccount;
      readonly serverName: string;
    };

export type AccountTrouble =
  'role-forbidden' | 'role-gone' | 'nickname-forbidden' | 'channel-forbidden';

const TROUBLES: Readonly<Record<AccountTrouble, string>> = {
  'role-forbidden':
    'I could not change the role of <@USER>. Give me Manage Roles, and put my own role above the one that I am to give.',
  'role-gone':
    'I could not give <@USER> their role, because it does not exist any more. Name another one in the configuration.',
  'nickname-forbidden':
    'I could not change the nickname of <@USER>. Give me Manage Nicknames, and put my own role above theirs. The owner changes theirs alone.',
  'channel-forbidden':
    'I could not tell <@USER> how their registration ended: their direct messages are closed, and I may not write in the channel for that.',
};

/** The message in the staff's log. It pings nobody. */
export function accountLogMessage(entry: AccountLogEntry): RESTPostAPIChannelMessageJSONBody {
  return { content: words(entry), allowed_mentions: noMentions };
}

function words(entry: AccountLogEntry): string {
  switch (entry.type) {
    case 'verified':
      return `✅ <@${entry.userId}> proved that ${accountWords(entry.account)} is theirs, on ${serverWords([entry.serverName])}.`;
    case 'locked':
      return `🔒 Too many wrong codes were typed for ${accountWords(entry.account)}, which <@${entry.userId}> was registering. It is locked for them until ${moment(entry.until)}. Somebody may be guessing.`;
    case 'taken':
      return `⚠️ <@${entry.userId}> typed the right code as ${accountWords(entry.account)}, which belongs to another member. \`/account lookup\` shows to whom; \`/account unlink\` takes it from them if that is wrong.`;
    case 'linked':
      return `🔗 <@${entry.actorId}> linked ${list(entry.accounts)} to <@${entry.userId}>.${quoted(entry.reason)}`;
    case 'unlinked':
      return `✂️ ${unlinked(entry)}${quoted(entry.reason)}`;
    case 'trouble':
      return `⚠️ ${TROUBLES[entry.trouble].replace('USER', entry.userId)}`;
    case 'not-whitelisted':
      return `⚠️ ${serverWords([entry.serverName])} refused to change its whitelist for ${accountWords(entry.account)}. \`/server whitelist check\` shows how it is.`;
  }
}

function unlinked({
  userId,
  accounts,
  cause,
  actorId,
}: Extract<AccountLogEntry, { readonly type: 'unlinked' }>): string {
  const which = list(accounts);
  switch (cause) {
    case 'user':
      return `<@${userId}> gave up ${which}.`;
    case 'staff':
      return `${actorId === null ? 'The team' : `<@${actorId}>`} took ${which} from <@${userId}>.`;
    case 'left':
      return `<@${userId}> left, so ${which} no longer belongs to them.`;
    case 'banned':
      return `<@${userId}> was banned, so ${which} no longer belongs to them.`;
    case 'expired':
      return `${which} of <@${userId}> has expired.`;
  }
}

function list(accounts: readonly Account[]): string {
  const most = 5;
  const shown = accounts.slice(0, most).map(accountWords).join(', ');
  return accounts.length > most ? `${shown} and ${accounts.length - most} more` : shown;
}

function quoted(reason: string | null): string {
  return reason === null ? '' : `\n> ${inline(reason, { max: 800, empty: '…' })}`;
}
