import { Client, GatewayIntentBits, Partials } from 'discord.js';
import type { LocalDiscord } from '../index';

/** Every intent that a ticket bot may want. */
const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMembers,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.MessageContent,
  GatewayIntentBits.DirectMessages,
];

/** A real discord.js client, logged into the local Discord and ready. */
export async function discordJsClient(
  discord: LocalDiscord,
  options: { intents?: number[]; token?: string } = {},
): Promise<Client<true>> {
  const client = new Client({
    intents: options.intents ?? INTENTS,
    partials: [Partials.Channel, Partials.Message],
    rest: { api: discord.api },
  });
  const ready = new Promise<Client<true>>((resolve) => {
    client.once('clientReady', resolve);
  });
  await client.login(options.token ?? discord.token);
  return ready;
}
