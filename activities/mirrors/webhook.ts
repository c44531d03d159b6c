import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import { z } from 'zod';
import { discordCode } from '../discord/codes';
import type { Scene } from './scene';
import { Blocked } from './troubles';

/** A webhook that can be used. */
export interface OpenWebhook {
  readonly id: string;
  readonly token: string;
}

const NAME = 'Castellan mirror';

/**
 * The webhook of the stream's target: the known one, the one that an earlier try made, or a new one. One serves
 * all mirrors into the channel, since a channel has room for 15 of all applications together.
 *
 * @throws Blocked when it cannot be made
 */
export async function webhookOf(scene: Scene): Promise<OpenWebhook> {
  const { deps, stream, attempt } = scene;
  const { targetChannelId } = stream;
  const known = await deps.records.webhook(targetChannelId);
  if (known !== null) {
    return { id: known.id, token: deps.seal.open(known.sealedToken, z.string()) };
  }
  const made = await translated(async () => {
    const botId = await deps.botId();
    const there = await deps.discord.channels.getWebhooks(targetChannelId);
    const mine = there.find(({ name, user }) => name === NAME && user?.id === botId);
    return (
      mine ??
      (await deps.discord.channels.createWebhook(
        targetChannelId,
        { name: NAME },
        { signal: attempt.signal, reason: 'For the copies of a mirror' },
      ))
    );
  });
  if (made.token === undefined) throw new Blocked('cannot-make-webhook');
  const sealedToken = deps.seal.seal(made.token);
  await deps.records.setWebhook(targetChannelId, { id: made.id, sealedToken });
  return { id: made.id, token: made.token };
}

/** Somebody removed it: the next copy makes another one. */
export async function forgetWebhook({ deps, stream }: Scene): Promise<void> {
  await deps.records.setWebhook(stream.targetChannelId, null);
}

async function translated<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    switch (discordCode(error)) {
      case RESTJSONErrorCodes.MaximumNumberOfWebhooksReached:
        throw new Blocked('too-many-webhooks');
      case RESTJSONErrorCodes.MissingPermissions:
        throw new Blocked('cannot-make-webhook');
      case RESTJSONErrorCodes.MissingAccess:
      case RESTJSONErrorCodes.UnknownChannel:
        throw new Blocked('cannot-write');
      default:
        throw error;
    }
  }
}
