import type { DeliveryRecord } from '../../src/db/announcements';
import type { Routed } from '../../src/domain/announcements/planning';
import type { Item } from '../../src/domain/announcements/item';
import type { Route, SourceSettings } from '../../src/domain/announcements/settings';
import { GUILD } from './case-fixtures';
import { DAY, START } from './watch-fixtures';

export const CHANNEL = '700000000000000011';
export const SOURCE = 'keep';

export const route = (more: Partial<Route> = {}): Route => ({
  channelId: CHANNEL,
  channelKind: 'text',
  filter: {},
  template: {},
  language: 'en',
  ping: null,
  thread: false,
  tagIds: [],
  publish: false,
  digestMs: 0,
  quietHours: null,
  ...more,
});

export const source = (
  id: string = SOURCE,
  more: Partial<SourceSettings> = {},
): SourceSettings => ({
  id,
  origin: { provider: 'github' },
  secretVariables: [],
  routes: [route()],
  staffChannelId: null,
  silentAfterMs: null,
  keepDeliveriesMs: 30 * DAY,
  ...more,
});

type Delivered = Omit<DeliveryRecord, 'again'>;

export const delivery = (id: string, more: Partial<Delivered> = {}): Delivered => ({
  guildId: GUILD,
  sourceId: SOURCE,
  id,
  receivedAt: START,
  storageKey: `deliveries/${id}`,
  bytes: 100,
  fate: 'filtered',
  reason: 'Its branch does not fit.',
  items: 1,
  ...more,
});

export const routed = (
  item: Item,
  more: Partial<Route> = {},
  dueAt: number = START + (more.digestMs ?? 0),
): Routed => ({ route: route(more), item, dueAt });
