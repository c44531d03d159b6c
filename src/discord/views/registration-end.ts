import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { LinkRefusal, StartRefusal } from '../../domain/registration/registration';
import { inline, noMentions } from '../../domain/text';
import { answer, type Answer } from './answer';
import {
  accountWords,
  serverWords,
  startRefusalText,
  type NamedAccount,
} from './registration-words';
import { counted, moment } from './time';

/** What Discord kept us from doing after a success. */
export type VerifiedTrouble = 'role' | 'nickname';

/** How a registration ended, with all that the user is told of it. */
export type RegistrationEnd =
  | {
      readonly ended: 'verified';
      /** Where the code was typed. */
      readonly serverName: string;
      /** Whether it is the user's primary account. */
      readonly primary: boolean;
      /** The role that the user has got; `null`: none. */
      readonly roleId: string | null;
      /** The servers whose whitelist it comes on, by name. */
      readonly whitelists: readonly string[];
      readonly troubles: readonly VerifiedTrouble[];
    }
  | { readonly ended: 'rejected'; readonly rejection: LinkRefusal }
  | { readonly ended: 'timed-out' | 'cancelled' }
  | { readonly ended: 'locked'; readonly until: number }
  | { readonly ended: 'refused'; readonly refusal: StartRefusal };

/** The end in the answer that shows the code: it takes the place of the code and its buttons. */
export function registrationEndAnswer(account: NamedAccount, end: RegistrationEnd): Answer {
  return answer(endWords(account, end));
}

/** The same as a direct message, when the answer can no longer be changed. */
export function registrationEndMessage(
  account: NamedAccount,
  end: RegistrationEnd,
  guildName: string,
): RESTPostAPIChannelMessageJSONBody {
  return {
    content: `**${inline(guildName, { max: 120, empty: 'The server' })}**\n${endWords(account, end)}`,
    allowed_mentions: noMentions,
  };
}

/**
 * The same in a channel that everybody reads, when nothing else reaches the user: it pings them, and names
 * neither an account nor the reason.
 */
export function registrationEndNotice(
  userId: string,
  end: RegistrationEnd,
): RESTPostAPIChannelMessageJSONBody {
  const next =
    end.ended === 'verified'
      ? 'it worked. `/accounts` shows your accounts.'
      : 'it did not work this time. You can try again with `/register`; if it fails again, ask the team.';
  const content = `<@${userId}> I could not write to you directly. Your registration is over: ${next}`;
  return { content, allowed_mentions: { parse: [], users: [userId] } };
}

/** A direct message: a code was made, but could not be shown any more. */
export function codeUnseenMessage(
  account: NamedAccount,
  guildName: string,
): RESTPostAPIChannelMessageJSONBody {
  const guild = inline(guildName, { max: 120, empty: 'The server' });
  const content = `**${guild}**\nI could not show you the new code for ${accountWords(account)} in time, and the older ones are no longer good. Please use \`/register\` there again; nothing is lost.`;
  return { content, allowed_mentions: noMentions };
}

function endWords(account: NamedAccount, end: RegistrationEnd): string {
  const words = accountWords(account);
  switch (end.ended) {
    case 'verified':
      return verifiedWords(words, end);
    case 'rejected':
      return end.rejection.refused === 'taken'
        ? `⚠️ The code was right, but ${words} belongs to another member here, so it could not become yours. If it is your account, ask the team for help: they can see to it.`
        : `⚠️ The code for ${words} was right, but you have ${counted(end.rejection.most, 'account')} here by now, and that is the most one person may have. Take one away with \`/unregister\`, then use \`/register\` again.`;
    case 'timed-out':
      return `⌛ The time for ${words} is over, and the code is no longer good. Nothing was changed. Use \`/register\` to get a new code when you are in the game, or about to join.`;
    case 'cancelled':
      return `The registration of ${words} is cancelled, and the code is no longer good. \`/register\` begins a new one whenever you like.`;
    case 'locked':
      return `🔒 Too many wrong codes were typed for ${words}, so this registration is locked. You can try again ${moment(end.until)}. If it was not you who typed them, tell the team.`;
    case 'refused':
      return startRefusalText(account, end.refusal);
  }
}

function verifiedWords(
  words: string,
  end: Extract<RegistrationEnd, { readonly ended: 'verified' }>,
): string {
  const { serverName, primary, roleId, whitelists, troubles } = end;
  return [
    `✅ ${words} is yours: the code came from ${serverWords([serverName])}.`,
    ...(primary ? ['It is your primary account here.'] : []),
    ...(roleId === null || troubles.includes('role')
      ? []
      : [`You have the role <@&${roleId}> now.`]),
    ...(whitelists.length === 0
      ? []
      : [
          `You are put on the whitelist of ${serverWords(whitelists)}; a server that is off takes you up as soon as it is back.`,
        ]),
    ...troubles.map((trouble) => TROUBLES[trouble]),
    '`/accounts` shows all your accounts.',
  ].join(' ');
}

const TROUBLES: Readonly<Record<VerifiedTrouble, string>> = {
  role: 'Discord did not let me give you the role that goes with it; please tell the team.',
  nickname: 'Discord did not let me change your nickname; you may do that yourself.',
};
