import { ChannelType, type APIChatInputApplicationCommandInteraction } from 'discord-api-types/v10';
import { parseDuration } from '../../config/duration';
import type { SourceWish } from '../../domain/announcements/wish';
import { NEVER } from '../commands/announce-options';
import type { Call } from '../interactions/call';
import type { CommandInput } from '../interactions/options';
import { AUTHENTICATION_WORDS, PROVIDER_WORDS } from '../views/source-words';

/** Reads the options of `/announce add` and `/announce edit`; what was left out is `null`. */
export function readSourceWish(
  call: Call<APIChatInputApplicationCommandInteraction>,
  input: CommandInput,
): SourceWish {
  const time = (name: string): number | null => parseDuration(input.text(name) ?? '') ?? null;
  return {
    provider: oneOf(PROVIDER_WORDS, input.text('provider')),
    channel: channelOf(call, input.text('channel')),
    youtubeChannel: trimmed(input.text('youtube_channel')),
    feed: trimmed(input.text('feed')),
    everyMs: time('interval'),
    zapierMapping: oneOf({ plain: 1, youtube: 1, twitter: 1 }, input.text('zapier_fields')),
    authentication: oneOf(AUTHENTICATION_WORDS, input.text('authentication')),
    title: trimmed(input.text('title')),
    text: trimmed(input.text('text')),
    url: trimmed(input.text('url')),
    events: trimmed(input.text('events')),
    branches: trimmed(input.text('branches')),
    language: input.text('language'),
    digestMs: time('digest'),
    pingRoleId: input.text('ping'),
    pingEveryMs: input.text('ping_every') === NEVER ? 'never' : time('ping_every'),
    publish: input.flag('publish'),
    thread: input.flag('thread'),
    staffChannelId: input.text('staff_channel'),
  };
}

const KINDS = new Map<ChannelType, NonNullable<SourceWish['channel']>['kind']>([
  [ChannelType.GuildText, 'text'],
  [ChannelType.GuildAnnouncement, 'announcement'],
  [ChannelType.GuildForum, 'forum'],
]);

/** Discord sends with an id what kind of channel it is. */
function channelOf(
  { interaction }: Call<APIChatInputApplicationCommandInteraction>,
  id: string | null,
): SourceWish['channel'] {
  if (id === null) return null;
  const type = interaction.data.resolved?.channels?.[id]?.type;
  return { id, kind: (type === undefined ? undefined : KINDS.get(type)) ?? 'text' };
}

function oneOf<const Word extends string>(
  words: Readonly<Record<Word, unknown>>,
  text: string | null,
): Word | null {
  return (Object.keys(words) as Word[]).find((word) => word === text) ?? null;
}

function trimmed(text: string | null): string | null {
  const words = text?.trim() ?? '';
  return words === '' ? null : words;
}
