import { ChannelType } from 'discord-api-types/v10';

const LOWERED = new Set<number>([
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
]);

/** Punctuation that cannot stand in the name of a text channel; `-` and `_` can. */
const FORBIDDEN = /[!"#$%&'()*+,./:;<=>?@[\\\]^`{|}~]/gu;

/**
 * The name that a channel really gets. Text-like channels are lower case without spaces and ASCII
 * punctuation, as in the client: `Bug Reports!` becomes `bug-reports`. Categories, voice channels and
 * threads keep what they are given.
 * @param type Discord's channel type
 * @param name as it was asked for, already known to be 1 to 100 characters
 * @returns the stored name; empty where nothing valid is left, which Discord refuses
 */
export function channelName(type: number, name: string): string {
  const trimmed = name.trim();
  if (!LOWERED.has(type)) return trimmed;
  return trimmed
    .toLowerCase()
    .replace(FORBIDDEN, '')
    .replace(/\s+/gu, '-')
    .replace(/-{2,}/gu, '-')
    .replace(/^-+(?=.)/u, '');
}
