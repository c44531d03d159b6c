import { createHash } from 'node:crypto';
import type { API } from '@discordjs/core';
import type { APIMessage, RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import { DiscordSnowflake } from '@sapphire/snowflake';
import type { Attempt } from '../attempt';

/** A message of ours that may be asked for several times and is to exist once. */
export interface OnlyMessage {
  readonly channelId: string;
  readonly body: RESTPostAPIChannelMessageJSONBody;
  /** The same for every try of the same message, and no other's. */
  readonly key: string;
  /** No try was made before this instant (milliseconds since the epoch). */
  readonly since: number;
  /** Which of these messages are known to be others that may read the same; absent: none read the same. */
  readonly others?: (messageIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

/** How many of the channel's newest messages are looked through for an earlier try's message. */
const LOOK_BACK = 50;

/**
 * Posts a message once. Discord drops a repeated nonce for some minutes; after that, a later try looks for
 * what an earlier one posted.
 */
export async function postOnce(
  discord: API,
  botId: string,
  message: OnlyMessage,
  attempt: Attempt,
): Promise<APIMessage> {
  const { channelId, body } = message;
  if (attempt.number > 1) {
    const earlier = await findOwn(discord, botId, message, attempt.signal);
    if (earlier !== undefined) return earlier;
  }
  return discord.channels.createMessage(
    channelId,
    { ...body, nonce: nonce(message.key), enforce_nonce: true },
    { signal: attempt.signal },
  );
}

/** A nonce of 22 characters; Discord allows 25. */
function nonce(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 22);
}

async function findOwn(
  discord: API,
  botId: string,
  { channelId, body, since, others }: OnlyMessage,
  signal: AbortSignal,
): Promise<APIMessage | undefined> {
  const latest = await discord.channels.getMessages(channelId, { limit: LOOK_BACK }, { signal });
  const alike = latest.filter(
    (message) =>
      message.author.id === botId &&
      DiscordSnowflake.timestampFrom(message.id) >= since &&
      fingerprint(message) === fingerprint(body),
  );
  const not = await others?.(alike.map(({ id }) => id));
  return alike.find(({ id }) => not?.has(id) !== true);
}

/** What makes a message of ours recognisable: its buttons, or else its words. */
function fingerprint({
  content,
  embeds,
  components,
}: Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'embeds' | 'components'>): string {
  const ids = JSON.stringify(components ?? []).match(/"custom_id":"[^"]*"/g);
  if (ids !== null) return ids.join();
  return JSON.stringify([
    content ?? '',
    (embeds ?? []).map(({ title, description }) => [title, description]),
  ]);
}
