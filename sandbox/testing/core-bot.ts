import {
  API,
  Client,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type APIInteraction,
  type RESTPutAPIApplicationCommandsJSONBody,
} from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { WebSocketManager } from '@discordjs/ws';
import type { LocalDiscord } from '../index';

/** A bot written on the same parts as the product: @discordjs/core, ws and rest. */
export interface CoreBot {
  api: API;
  client: Client;
  rest: REST;
  stop(): Promise<void>;
}

/** What a test's bot consists of. */
export interface CoreBotOptions {
  commands?: RESTPutAPIApplicationCommandsJSONBody;
  onInteraction?: (interaction: APIInteraction, api: API) => Promise<unknown>;
}

const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.MessageContent,
].reduce((all, intent) => all | intent);

/** Logs a bot in; it is ready when this resolves. */
export async function coreBot(
  discord: LocalDiscord,
  { commands, onInteraction }: CoreBotOptions = {},
): Promise<CoreBot> {
  const rest = new REST({ version: '10', api: discord.api }).setToken(discord.token);
  const gateway = new WebSocketManager({ token: discord.token, intents: INTENTS, rest });
  const client = new Client({ rest, gateway });
  const api = new API(rest);
  if (onInteraction !== undefined) {
    client.on(GatewayDispatchEvents.InteractionCreate, ({ data }) => {
      onInteraction(data, api).catch((error: unknown) => {
        client.emit('error', error instanceof Error ? error : new Error(String(error)));
      });
    });
  }
  if (commands !== undefined) {
    await api.applicationCommands.bulkOverwriteGlobalCommands(discord.applicationId, commands);
  }
  const ready = new Promise<void>((resolve) => {
    client.once(GatewayDispatchEvents.Ready, () => {
      resolve();
    });
  });
  await gateway.connect();
  await ready;
  return {
    api,
    client,
    rest,
    stop: async () => {
      await gateway.destroy();
    },
  };
}
