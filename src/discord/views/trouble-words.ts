import { permissionName } from '../rights/permission';
import type { ChannelWanted, Trouble } from '../rights/troubles';

/** Kinds of channels, as sentences name them. */
export const CHANNEL_WORDS: Readonly<Record<ChannelWanted, string>> = {
  text: 'text or announcement channel',
  announcement: 'announcement channel',
  forum: 'forum',
};

/**
 * What keeps us from our work in a channel and what to do about it, for the administrator who has just said what
 * is to happen there.
 *
 * @param cannot what is not possible, such as `post in`
 */
export function troubleWords(trouble: Trouble, cannot: string): string {
  if (trouble.kind === 'role-gone') {
    return 'The role that is to be pinged is gone: name another one, or nobody is pinged.';
  }
  const channel = `<#${trouble.channelId}>`;
  switch (trouble.kind) {
    case 'lacking': {
      const names = trouble.permissions.map(
        (name) => `**${permissionName(name, trouble.isForum)}**`,
      );
      return `I cannot ${cannot} ${channel} yet: give my role ${names.join(', ')} there.`;
    }
    case 'channel-gone':
      return `I cannot ${cannot} ${channel}: it is gone. Name another channel.`;
    case 'wrong-channel':
      return `I cannot ${cannot} ${channel} like that: it is no ${CHANNEL_WORDS[trouble.wanted]}. Name another channel.`;
    case 'tags-gone':
      return `${channel} does not have some of the tags any more that its posts are to get: posts there are refused. Name its tags anew, in the configuration file.`;
    case 'tag-needed':
      return `Each post in ${channel} needs a tag. A command cannot name tags: define this source in the configuration file, or let posts there be without tags.`;
  }
}
