import { demoSeed } from './demo/seed';
import { connectDriver, type Driver } from './driver/driver';
import { LocalServer, type LocalServerOptions } from './server/local-server';

export {
  connectDriver,
  Driver,
  type DriverFault,
  type FaultHandle,
  type WorldMessage,
} from './driver/driver';
export { DriverError } from './driver/connection';
export {
  InteractionFailure,
  InteractionHandle,
  type Acknowledgement,
  type OpenModal,
} from './driver/interaction-handle';
export { Person } from './driver/person';
export { crowdId, DEMO, DEMO_CROWD, DEMO_GAME_PORT, DEMO_TOKEN, demoSeed } from './demo/seed';
export { GameServer, type GameServerState } from './game-server/game-server';
export type { JournalEntry, RestEntry } from './server/journal-entry';
export type { FaultSpec } from './server/faults';
export type { InteractionState, SeenMessage } from './server/interactions/state';
export type { ChannelSnapshot, GuildSnapshot, WorldSnapshot } from './control/snapshots';
export type { WorldSeed } from './world/seed';

/** How a local Discord is started; the seed is the demo guild unless another is given. */
export type LocalDiscordOptions = Partial<LocalServerOptions>;

/** A local Discord in this process. */
export interface LocalDiscord {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** What goes into DISCORD_API_URL: clients append `/v10`. */
  api: string;
  /** The bot's token. */
  token: string;
  applicationId: string;
  driver: Driver;
  /** Ends it; with a state file, everything is written down. */
  stop(): Promise<void>;
}

/** Starts a local Discord in this process, with a driver for it. */
export async function startLocalDiscord(options: LocalDiscordOptions = {}): Promise<LocalDiscord> {
  const server = await LocalServer.start({ seed: demoSeed(), ...options });
  const driver = await connectDriver(server.url);
  return {
    url: server.url,
    api: `${server.url}/api`,
    token: server.token,
    applicationId: server.applicationId,
    driver,
    stop: async () => {
      driver.close();
      await server.stop();
    },
  };
}
