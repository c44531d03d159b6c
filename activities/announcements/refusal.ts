import type { DiscordAPIError } from '@discordjs/rest';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { Route } from '../../src/domain/announcements/settings';

/** Says why Discord refuses a post for good, and what a person does about it. */
export function refusalOf(
  { code }: Pick<DiscordAPIError, 'code'>,
  { channelKind, channelId }: Pick<Route, 'channelKind' | 'channelId'>,
): string {
  const channel = `<#${channelId}>`;
  switch (code) {
    case RESTJSONErrorCodes.UnknownChannel:
      return 'The channel of the route is gone. Give the route another one, then deliver again.';
    case RESTJSONErrorCodes.MissingAccess:
    case RESTJSONErrorCodes.MissingPermissions:
      return `Castellan may not post in ${channel}. Allow its role ${NEEDED[channelKind]} there, then deliver again.`;
    case RESTJSONErrorCodes.TagRequiredToCreateAForumPostInThisChannel:
      return `Posts in ${channel} need a tag. Give the route one, then deliver again.`;
    case RESTJSONErrorCodes.MaximumActiveThreads:
      return `The server has as many open threads as Discord allows. Close some, then deliver again.`;
    default:
      return `Discord refuses to post in ${channel} (its code ${code}). Look at the channel and its settings, then deliver again.`;
  }
}

const NEEDED: Readonly<Record<Route['channelKind'], string>> = {
  text: 'View Channel, Send Messages and Embed Links',
  announcement: 'View Channel, Send Messages and Embed Links',
  forum: 'View Channel, Create Posts, Send Messages in Threads and Embed Links',
};
