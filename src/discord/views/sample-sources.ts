import type { DeliveryRecord, SourceRecord } from '../../db/announcements';
import type { Route, SourceSettings } from '../../domain/announcements/settings';

/** Sources and deliveries for tests, with whatever a test wants else in them. */

export const NOW = 1_800_000_000_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const route = (more: Partial<Route> = {}): Route => ({
  channelId: '500',
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

export const settings = (more: Partial<SourceSettings> = {}): SourceSettings => ({
  id: 'keep',
  origin: { provider: 'github' },
  secretVariables: [],
  routes: [route()],
  staffChannelId: null,
  silentAfterMs: null,
  keepDeliveriesMs: 7 * DAY,
  ...more,
});

export const source = (
  more: Partial<SourceRecord> = {},
  of: Partial<SourceSettings> = {},
): SourceRecord => ({
  guildId: '1',
  origin: 'command',
  settings: settings(of),
  createdAt: NOW - DAY,
  told: [],
  secrets: [{ sealed: 'v1.sealed-secret', madeAt: NOW - DAY, validUntil: null }],
  subscription: null,
  ...more,
});

export const delivery = (more: Partial<DeliveryRecord> = {}): DeliveryRecord => ({
  guildId: '1',
  sourceId: 'keep',
  id: 'd-1',
  receivedAt: NOW - HOUR,
  storageKey: 'deliveries/1/keep/2027-01-15/d-1',
  bytes: 2_048,
  fate: 'posted',
  reason: null,
  items: 1,
  again: 0,
  ...more,
});
