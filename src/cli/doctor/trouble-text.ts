import type { GuildView } from '../../discord/rights/guild-view';
import { permissionName } from '../../discord/rights/permission';
import type { Trouble } from '../../discord/rights/troubles';
import { CHANNEL_WORDS } from '../../discord/views/trouble-words';

/** What is wrong, for whoever runs the doctor: a clause without a full stop. */
export function troubleText(trouble: Trouble, { channels }: Pick<GuildView, 'channels'>): string {
  if (trouble.kind === 'role-gone') return `the role ${trouble.roleId} that it pings is gone`;
  const { channelId } = trouble;
  const name = channels.find(({ id }) => id === channelId)?.name;
  const channel = name === undefined ? `the channel ${channelId}` : JSON.stringify(`#${name}`);
  switch (trouble.kind) {
    case 'lacking': {
      const names = trouble.permissions.map((one) => permissionName(one, trouble.isForum));
      return `in ${channel} the bot lacks ${names.join(', ')}`;
    }
    case 'channel-gone':
      return `${channel} is gone`;
    case 'wrong-channel':
      return `${channel} is no ${CHANNEL_WORDS[trouble.wanted]}`;
    case 'tags-gone':
      return `the forum ${channel} has no tag ${trouble.tagIds.join(', ')} any more`;
    case 'tag-needed':
      return `the forum ${channel} takes no post without a tag, and none is named`;
  }
}

export interface Remedy {
  readonly of: 'source' | 'mirror';
  /** Where it is defined, and so is changed. */
  readonly origin: 'file' | 'command';
  /** Where an administrator gives the bot all that it needs in this guild. */
  readonly invitation: string;
}

/** What to do about it, in a sentence. */
export function remedyOf(trouble: Trouble, { of, origin, invitation }: Remedy): string {
  switch (trouble.kind) {
    case 'lacking':
      return trouble.onlyHere
        ? 'Its role has them elsewhere: allow them in the permissions of that channel.'
        : `Allow them to its role in the permissions of that channel, or everywhere by inviting it anew: ${invitation}`;
    case 'tags-gone':
    case 'tag-needed':
      return origin === 'file'
        ? 'Name tags of that forum in the configuration file and restart the worker.'
        : 'Let posts there be without tags, or define the source in the configuration file.';
    case 'channel-gone':
    case 'wrong-channel':
    case 'role-gone':
      return changed(of, origin, trouble.kind === 'role-gone' ? 'role' : 'channel');
  }
}

function changed(of: Remedy['of'], origin: Remedy['origin'], what: string): string {
  if (origin === 'file') {
    return `Name another ${what} in the configuration file and restart the worker.`;
  }
  return of === 'source'
    ? `Name another ${what} with /announce edit, or remove the source with /announce remove.`
    : 'Remove it with /mirror remove, and add it with another channel.';
}
