import { PermissionFlagsBits as P } from 'discord-api-types/v10';
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
  readonly client: PlainClient;
  stop(): Promise<void>;
}

/** Starts the demo guild, with a bot that may do all that the tour does. */
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
