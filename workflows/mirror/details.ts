import type { Followed } from './activities';
import type { MirrorInput } from './contract';

/** What the Web UI shows of a message that is mirrored. */
export function currentDetails(input: MirrorInput, followed: Followed | null, at: number): string {
  const { guildId, mirrorId, channelId, messageId, until } = input;
  const what = `Message \`${messageId}\` of channel \`${channelId}\`, mirror \`${mirrorId}\` of guild \`${guildId}\`.`;
  return [what, '', standing(followed, until, at)].join('\n');
}

function standing(followed: Followed | null, until: number, at: number): string {
  if (followed === null || followed.more) {
    return 'Copies what was written up to this message, in order, as fast as Discord allows.';
  }
  switch (followed.standing) {
    case 'copied':
      return `The copy agrees with the original. Follows edits until ${time(until)}.`;
    case 'waiting':
      return `Another message’s workflow copies into that channel and will copy this one as well. Looks again at ${time(Math.max(until, at))}.`;
    case 'absent':
      return 'There is no copy, and there is to be none.';
  }
}

function time(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
