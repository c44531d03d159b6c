import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { Attempt } from '../attempt';
import { isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import type { RegistrationDependencies } from './dependencies';

/** A message to somebody, once. */
export interface DirectMessage {
  readonly userId: string;
  readonly body: RESTPostAPIChannelMessageJSONBody;
  /** The same for every try, and no other message's. */
  readonly key: string;
  /** No try was made before this instant. */
  readonly since: number;
}

/** @returns whether it was sent; `false`: they take no direct messages from us */
export async function writeTo(
  { discord, botId }: Pick<RegistrationDependencies, 'discord' | 'botId'>,
  { userId, body, key, since }: DirectMessage,
  attempt: Attempt,
): Promise<boolean> {
  try {
    const { id: channelId } = await discord.users.createDM(userId, { signal: attempt.signal });
    await postOnce(discord, await botId(), { channelId, body, key, since }, attempt);
    return true;
  } catch (error) {
    if (isLasting(error)) return false;
    throw error;
  }
}
