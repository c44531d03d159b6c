import { z } from 'zod';
import { PROBE_KINDS } from '../../domain/watching/check';
import type { MaintenanceWindow, ServerSettings } from '../../domain/watching/server';

/** Game servers and how they are watched, as the program uses them: part of a guild's stored configuration. */

const id = z.string().min(1);
const milliseconds = z.number().int().nonnegative();
const port = z.number().int().min(1).max(65_535);

export const maintenanceWindowSchema: z.ZodType<MaintenanceWindow> = z.object({
  id,
  title: z.string(),
  startsAt: milliseconds,
  durationMs: milliseconds,
  rule: z.string().nullable(),
  timeZone: z.string(),
});

export const serverSettingsSchema: z.ZodType<ServerSettings> = z.object({
  id,
  name: z.string(),
  probe: z.enum(PROBE_KINDS),
  address: z.string(),
  port: port.nullable(),
  intervalMs: milliseconds,
  timeoutMs: milliseconds,
  thresholds: z.object({
    downAfter: z.number().int(),
    upAfter: z.number().int(),
    flapChanges: z.number().int(),
    flapWithinMs: milliseconds,
  }),
  allowInternal: z.boolean(),
  host: z.string(),
  isPublic: z.boolean(),
  channels: z.array(
    z.object({
      channelId: id,
      template: z.string(),
      onManualRename: z.enum(['respect', 'restore']),
    }),
  ),
  maintenance: z.array(maintenanceWindowSchema),
  expectStatus: z.number().int().nullable(),
  rcon: z.object({ command: z.string(), passwordVariable: z.string() }).nullable(),
});

export const watchingSchema = z.object({
  /** Where outages are told; `null`: nowhere, only the records tell. */
  alertsChannelId: id.nullable(),
  /** Pinged once at the beginning of an outage. */
  pingRoleIds: z.array(id),
  /** The team that an outage is raised to. */
  seniorTeamId: id.nullable(),
  /** Unacknowledged for so long it is raised; `null`: never. */
  raiseAfterMs: milliseconds.nullable(),
  /** After so long since the beginning, and then since the reminder before; the last one repeats. */
  remindAfterMs: z.array(milliseconds),
  /** Where users are told of outages of public servers. */
  publicChannelId: id.nullable(),
  /** The channel of the live status message. */
  statusChannelId: id.nullable(),
  /** Places that are reached whenever we have a network at all; empty: Discord's own address. */
  controlTargets: z.array(z.object({ host: z.string(), port })),
  /** The guild's name in the address of its status page; `null`: its id. */
  slug: z.string().nullable(),
  /** Of the status page, such as `en` or `pt-BR`. */
  language: z.string(),
});

export type WatchingSettings = z.infer<typeof watchingSchema>;

/** A guild that says nothing of watching: what was stored before there was any, too. */
export const WATCHING_DEFAULTS: WatchingSettings = {
  alertsChannelId: null,
  pingRoleIds: [],
  seniorTeamId: null,
  raiseAfterMs: null,
  remindAfterMs: [],
  publicChannelId: null,
  statusChannelId: null,
  controlTargets: [],
  slug: null,
  language: 'en',
};
