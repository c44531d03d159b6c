import { RESTJSONErrorCodes, type APIEmoji, type APIMessage } from 'discord-api-types/v10';
import type { KnownCopy } from '../../src/db/mirrors';
import { discordCode } from '../discord/codes';
import type { Scene } from './scene';

/**
 * Gives the copy each reaction of its original once, and takes away those that are gone there.
 *
 * @returns the reactions that the copy has from us now
 */
export async function sameReactions(
  { deps, attempt }: Scene,
  { copyId, shownIn, shown }: KnownCopy,
  message: APIMessage,
): Promise<string[]> {
  const wanted = (message.reactions ?? []).map(({ emoji }) => written(emoji));
  const { channels } = deps.discord;
  const kept = shown.reactions.filter((emoji) => wanted.includes(emoji));
  for (const emoji of shown.reactions.filter((one) => !kept.includes(one))) {
    await unlessImpossible(channels.deleteOwnMessageReaction(shownIn, copyId, emoji, attempt));
  }
  const there = [...kept];
  for (const emoji of wanted.filter((one) => !kept.includes(one))) {
    const added = channels.addMessageReaction(shownIn, copyId, emoji, attempt);
    if (await unlessImpossible(added)) there.push(emoji);
  }
  return there;
}

/** As addresses name it: the character itself, or `name:id`. */
function written({ id, name }: Pick<APIEmoji, 'id' | 'name'>): string {
  return id === null ? (name ?? '') : `${name ?? '_'}:${id}`;
}

/** An emoji of a guild that the bot is not in, a right that is missing, 20 reactions already: then there is none. */
async function unlessImpossible(reaction: Promise<void>): Promise<boolean> {
  try {
    await reaction;
    return true;
  } catch (error) {
    const known: readonly (number | undefined)[] = [
      RESTJSONErrorCodes.UnknownEmoji,
      RESTJSONErrorCodes.UnknownMessage,
      RESTJSONErrorCodes.MissingPermissions,
      RESTJSONErrorCodes.MissingAccess,
      RESTJSONErrorCodes.MaximumNumberOfReactionsReached,
      RESTJSONErrorCodes.ReactionWasBlocked,
    ];
    if (known.includes(discordCode(error))) return false;
    throw error;
  }
}
