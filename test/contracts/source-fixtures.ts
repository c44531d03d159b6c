import type { DeliveryRecord, SourceRecord } from '../../src/db/announcements';
import type { Route, SourceSettings } from '../../src/domain/announcements/settings';
import * as any from './announcement-fixtures';

/** Sources and deliveries as they are read, with whatever a test wants else in them. */

export const NOW = 1_800_000_000_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const route = (more: Partial<Route> = {}): Route => any.route({ channelId: '500', ...more });

export const settings = (more: Partial<SourceSettings> = {}): SourceSettings =>
  any.source('keep', { routes: [route()], ...more });

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
  ...any.delivery('d-1', { fate: 'posted', reason: null, receivedAt: NOW - HOUR }),
  again: 0,
  ...more,
});
