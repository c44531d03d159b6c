import { DiscordAPIError, type REST } from '@discordjs/rest';
import { ApplicationFlags, GatewayIntentBits, Routes } from 'discord-api-types/v10';
import { z } from 'zod';

const all = (intents: readonly GatewayIntentBits[]): GatewayIntentBits =>
  intents.reduce((sum, intent) => sum | intent);

/** Guilds and their messages without what is written in them, reactions, and bans: the least that is needed. */
const ALWAYS = all([
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.GuildModeration,
]);

const MEMBERS = ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited;

const application = z.object({ flags: z.number().int() });

/**
 * The events to ask the gateway for. That members leave is told only to applications for which that was
 * switched on; asking for it otherwise would end the connection for good (close code 4014).
 *
 * @throws DiscordAPIError when the token is refused, and what the request throws when Discord is not reached
 */
export async function intentsOf(rest: REST): Promise<GatewayIntentBits> {
  const { flags } = application.safeParse(await currentApplication(rest)).data ?? { flags: 0 };
  return (flags & MEMBERS) === 0 ? ALWAYS : all([ALWAYS, GatewayIntentBits.GuildMembers]);
}

/** Something between us and Discord may not let this question through: then nothing is known of the application. */
async function currentApplication(rest: REST): Promise<unknown> {
  try {
    return await rest.get(Routes.currentApplication());
  } catch (error) {
    if (error instanceof DiscordAPIError && [403, 404, 405].includes(error.status)) return null;
    throw error;
  }
}
