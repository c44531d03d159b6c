import type { APIEmbed } from 'discord-api-types/v10';
import type { PostRecord } from '../../src/db/announcements';
import { announcementEmbed } from '../../src/discord/views/announcement';
import { renderPost } from '../../src/domain/announcements/rendering';
import { noMentions } from '../../src/domain/text';
import type { Attempt } from '../attempt';
import type { AnnouncementDependencies } from './dependencies';

export interface PostMessage {
  readonly body: {
    readonly content: string;
    readonly embeds: APIEmbed[];
    readonly allowed_mentions: { parse: never[]; roles?: string[] };
  };
  /** Of its thread, or of a forum's post. */
  readonly threadName: string;
}

/** How a post looks now. The role that it may ping is the only thing that it can mention. */
export async function messageOf(
  { records }: AnnouncementDependencies,
  { key, route, contents, sourceId }: PostRecord,
  attempt: Attempt,
): Promise<PostMessage> {
  const { template, language, ping } = route;
  const rendered = renderPost(contents, { template, language, sourceName: sourceId });
  const isPinging = ping !== null && (await records.mayPing(key, ping, attempt.now));
  const lines = [
    ...(isPinging ? [`<@&${ping.roleId}>`] : []),
    ...(rendered.content === null ? [] : [rendered.content]),
  ];
  return {
    body: {
      content: lines.join('\n'),
      embeds: [announcementEmbed(rendered.embed)],
      allowed_mentions: isPinging ? { parse: [], roles: [ping.roleId] } : noMentions,
    },
    threadName: rendered.threadName,
  };
}
