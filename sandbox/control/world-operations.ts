import { z } from 'zod';
import { faultForm, type FullFaultSpec } from '../server/faults';
import type { JournalEntry } from '../server/journal-entry';
import { theApplication } from '../server/discord';
import { setCommandPermissions } from '../server/commands/commands';
import { interactionState, type SeenMessage } from '../server/interactions/state';
import { messageView } from '../server/views/message-view';
import type { GameServerState } from '../game-server/game-server';
import { operation } from './operation';
import { guildSnapshot, type WorldSnapshot } from './snapshots';

/** Which journal entries are wanted; what is absent does not matter. */
export const journalFilter = z.object({
  kind: z.enum(['rest', 'interaction', 'gateway', 'act', 'fault', 'rateLimit']).optional(),
  method: z.string().optional(),
  /** A regular expression over the route and over the real path. */
  route: z.string().optional(),
  /** Only entries after this number. */
  after: z.number().int().optional(),
});

/** Which journal entries are wanted. */
export type JournalFilter = z.input<typeof journalFilter>;

function passing(filter: z.output<typeof journalFilter>): (entry: JournalEntry) => boolean {
  const { kind, method, after } = filter;
  const route = filter.route === undefined ? null : new RegExp(filter.route);
  return (entry) => {
    if (after !== undefined && entry.seq <= after) return false;
    if (kind !== undefined && entry.kind !== kind) return false;
    if (method === undefined && route === null) return true;
    if (!('route' in entry)) return false;
    if (method !== undefined && entry.method !== method) return false;
    return route === null || route.test(entry.route) || route.test(entry.path);
  };
}

export const worldOperations = {
  'world/snapshot': operation(z.object({}), (server): WorldSnapshot => {
    const { discord } = server;
    const { id, botId } = theApplication(discord.world);
    return {
      applicationId: id,
      botId,
      guilds: [...discord.world.guilds.values()].map((guild) => guildSnapshot(discord, guild)),
      commands: [...discord.world.commands.values()],
      connectedBots: server.gateway.connected(),
    };
  }),
  /** Everything in the channel, oldest first, ephemeral messages included. */
  'world/messages': operation(
    z.object({ channelId: z.string() }),
    ({ discord }, { channelId }): (SeenMessage & { ephemeralFor: string | null })[] => {
      const { botId } = theApplication(discord.world);
      return discord.world
        .messagesOf(channelId)
        .all()
        .map((row) => ({
          ...row.message,
          ...messageView(discord, row, botId),
          ephemeralFor: row.ephemeralFor,
        }));
    },
  ),
  'world/interaction': operation(z.object({ id: z.string() }), ({ discord }, { id }) => {
    const row = discord.world.interactions.get(id);
    return row === undefined ? null : interactionState(discord, row);
  }),
  'world/commandPermissions': operation(
    z.object({
      guildId: z.string(),
      commandId: z.string(),
      permissions: z.array(z.object({ id: z.string(), type: z.number(), permission: z.boolean() })),
    }),
    ({ discord }, { guildId, commandId, permissions }) =>
      setCommandPermissions(discord, guildId, commandId, permissions),
  ),

  'journal/read': operation(journalFilter, ({ journal }, filter) => ({
    entries: journal.read(passing(filter)),
    last: journal.last,
  })),
  'journal/watch': operation(z.object({ on: z.boolean() }), ({ journal }, { on }, link) => {
    link.watchJournal(on);
    return { last: journal.last };
  }),
  'journal/clear': operation(z.object({}), ({ journal }) => {
    journal.clear();
    return null;
  }),

  'faults/add': operation(faultForm, ({ faults }, spec: FullFaultSpec) => ({
    id: faults.add(spec).id,
  })),
  'faults/list': operation(z.object({}), ({ faults }) => faults.list()),
  'faults/remove': operation(z.object({ id: z.string() }), ({ faults }, { id }) => {
    faults.remove(id);
    return null;
  }),
  'faults/clear': operation(z.object({}), ({ faults }) => {
    faults.clear();
    return null;
  }),

  'gateway/drop': operation(z.object({}), ({ gateway }) => {
    gateway.dropAll();
    return null;
  }),
  'gateway/reconnect': operation(z.object({}), ({ gateway }) => {
    gateway.reconnect();
    return null;
  }),
  'gateway/invalidate': operation(
    z.object({ resumable: z.boolean() }),
    ({ gateway }, { resumable }) => {
      gateway.invalidate(resumable);
      return null;
    },
  ),
  'gateway/pause': operation(
    z.object({
      ms: z.number().nonnegative(),
      drop: z.boolean().default(false),
      how: z.enum(['refuse', 'cut']).default('refuse'),
    }),
    ({ gateway }, { ms, drop, how }) => {
      gateway.pauseFor(ms, how);
      if (drop) gateway.dropAll();
      return null;
    },
  ),
  /** Stops, freezes, starts or fills the demo's game server; nothing changes where nothing is said. */
  'game/set': operation(
    z.object({
      condition: z.enum(['running', 'stopped', 'frozen']).optional(),
      players: z.number().int().min(0).max(100).optional(),
    }),
    ({ game }, { condition, players }): GameServerState | null => {
      if (players !== undefined) game?.fill(players);
      if (condition !== undefined) game?.become(condition).catch(console.error);
      return game?.state ?? null;
    },
  ),
  'settings/set': operation(
    z.object({
      latencyMs: z.number().nonnegative().optional(),
      limits: z.enum(['discord', 'off']).optional(),
    }),
    ({ settings, rest }, { latencyMs, limits }) => {
      settings.latencyMs = latencyMs ?? settings.latencyMs;
      if (limits !== undefined) {
        settings.limits = limits;
        rest.resetLimits();
      }
      return settings;
    },
  ),
};
