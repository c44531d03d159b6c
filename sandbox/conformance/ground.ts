import type { EventEmitter } from 'node:events';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { Client, GatewayIntentBits, Partials } from 'discord.js';
import type { LocalDiscord, LocalDiscordOptions } from '../index';
import { DEMO, DEMO_TOKEN, demoSeed, startLocalDiscord } from '../index';
import { PlainClient } from './plain-client';
import { RecordingProxy } from './recording-proxy';
import type { TourGround } from './rest-tour';

/** What the demo's bot does not ask for, but some routes need. */
const FOR_THE_TOUR = P.KickMembers | P.BanMembers | P.ManageNicknames | P.ModerateMembers;

/** The members that the tour deals with. */
export const GROUND: TourGround = {
  guildId: DEMO.guild,
  applicationId: DEMO.application,
  botId: DEMO.bot,
  memberId: DEMO.people.pip,
  victimId: DEMO.people.rue,
};

/** A local Discord with a proxy in front of it that records what crosses the wire. */
export interface RecordedDiscord {
  readonly discord: LocalDiscord;
  readonly proxy: RecordingProxy;
  /** Speaks through the proxy. */
  readonly client: PlainClient;
  stop(): Promise<void>;
}

/** Starts the demo guild, with a bot that may do all that the tour does; rate limits are off. */
export async function startRecorded(options: LocalDiscordOptions = {}): Promise<RecordedDiscord> {
  const seed = demoSeed();
  const bot = seed.guilds[0]?.roles.find((role) => role.id === DEMO.roles.castellan);
  if (bot === undefined) throw new Error('The demo guild has no role for the bot.');
  bot.permissions = (bot.permissions ?? 0n) | FOR_THE_TOUR;

  const discord = await startLocalDiscord({ seed, limits: 'off', ...options });
  const proxy = await RecordingProxy.start(discord.url);
  return {
    discord,
    proxy,
    client: new PlainClient(proxy.origin, DEMO_TOKEN),
    stop: async () => {
      await proxy.stop();
      await discord.stop();
    },
  };
}

/**
 * Logs a real discord.js client in through the proxy.
 * @param onEvent gets every gateway event as it was received: `{ op, t, s, d }`
 */
export async function logIn(
  { proxy }: RecordedDiscord,
  onEvent: (packet: unknown) => void = () => undefined,
): Promise<Client<true>> {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMembers,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildMessageReactions,
      GatewayIntentBits.MessageContent,
      GatewayIntentBits.DirectMessages,
    ],
    partials: [Partials.Channel, Partials.Message],
    rest: { api: `${proxy.origin}/api` },
  });
  // The types of discord.js do not mention this event.
  const emitter: EventEmitter = client;
  emitter.on('raw', onEvent);
  const ready = new Promise<Client<true>>((resolve) => {
    client.once('clientReady', resolve);
  });
  await client.login(DEMO_TOKEN);
  return ready;
}
