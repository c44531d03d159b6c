import type { World } from '../world/world';
import type { ApplicationRow } from '../world/model';
import type { FileShelf } from './file-shelf';
import type { Event } from './gateway/event';
import type { Watchers } from './interactions/watchers';
import type { Journal } from './journal';

/** Settings that can be changed while it runs. */
export interface Settings {
  /** Added round trip on REST and on the gateway's sends, in milliseconds. */
  latencyMs: number;
  /** Whether rate limits are in force. */
  limits: 'discord' | 'off';
}

/** What the actions work on: the world and those who have to be told. */
export interface Discord {
  readonly world: World;
  readonly journal: Journal;
  readonly files: FileShelf;
  readonly watchers: Watchers;
  readonly settings: Settings;
  /** Tells the bots. */
  dispatch(event: Event): void;
  /** Milliseconds since 1970, in whole ones. */
  now(): number;
  /** The same clock with fractions, for how long something takes. */
  preciseNow(): number;
}

/** Who acts: the application's bot, a person, or a webhook (which has its own rights). */
export interface Actor {
  kind: 'bot' | 'person';
  userId: string;
}

/** The application that the local Discord was seeded with. */
export function theApplication(world: World): ApplicationRow {
  for (const application of world.applications.values()) return application;
  throw new Error('The world has no application: it was not seeded.');
}
