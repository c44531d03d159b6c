import {
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
  type APIApplicationCommandOptionChoice,
} from 'discord-api-types/v10';
import { settingsFromCommand } from '../../config/guild/command-server';
import type { ServerOverview } from '../../db/watching';
import type { MaintenanceWindow } from '../../domain/watching/server';
import { adminOnly } from '../interactions/admin-only';
import { configurationOf, type Call } from '../interactions/call';
import { bySubcommand, type Command } from '../interactions/command';
import type { CommandInput } from '../interactions/options';
import { requestChange } from '../servers/change';
import { completeServer, noServer, serverNamed, visibleServers } from '../servers/find';
import { incidentsPage } from '../servers/incidents';
import { readWindow } from '../servers/maintenance';
import { REPEAT_CHOICES } from '../servers/repetition';
import { NOT_ADMIN } from '../servers/rights';
import { readServerWish, saysNothing } from '../servers/server-wish';
import { NOT_SET_UP } from '../tickets/choose';
import type { Answer } from '../views/answer';
import { maintenanceAnswer } from '../views/maintenance-list';
import { serverSetupAnswer } from '../views/server-setup-answer';
import { SUBCOMMANDS } from './server-options';

/** What administrators do with the watched servers. */
export const server = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'server',
    description: 'Manage the watched game servers',
    contexts: [InteractionContextType.Guild],
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: SUBCOMMANDS,
  },
  execute: bySubcommand({
    add: adminOnly(NOT_ADMIN, add),
    edit: adminOnly(NOT_ADMIN, edit),
    remove: adminOnly(NOT_ADMIN, remove),
    maintenance: adminOnly(NOT_ADMIN, maintenance),
    incidents: adminOnly(NOT_ADMIN, incidents),
  }),
  async autocomplete(call, input): Promise<APIApplicationCommandOptionChoice[]> {
    switch (input.focused?.name) {
      case 'repeat':
        return matching(REPEAT_CHOICES, input);
      case 'time_zone':
        return matching(['UTC', ...Intl.supportedValuesOf('timeZone')], input);
      default:
        return completeServer(call, input);
    }
  },
} satisfies Command;

async function add(call: Call, input: CommandInput): Promise<Answer | null> {
  if ((await configurationOf(call)) === null) return NOT_SET_UP;
  const wish = readServerWish(input, input.text('id') ?? '');
  if (wish.template !== null && wish.channelId === null) {
    return invalid('template needs a channel, whose name it becomes.');
  }
  const read = settingsFromCommand(wish, null);
  if (!read.ok) return invalid(...read.reasons);
  await requestChange(call, { type: 'add', server: wish });
  return null;
}

async function edit(call: Call, input: CommandInput): Promise<Answer | null> {
  const found = await wanted(call, input);
  if (!('server' in found)) return found;
  const { id } = found.server;
  if (found.origin === 'file') return serverSetupAnswer({ outcome: 'in-file', id });
  const wish = readServerWish(input, id);
  if (saysNothing(wish)) {
    return invalid('nothing was to be changed: give at least one of the other options.');
  }
  const read = settingsFromCommand(wish, found.server);
  if (!read.ok) return invalid(...read.reasons);
  await requestChange(call, { type: 'edit', server: wish });
  return null;
}

function invalid(...reasons: readonly string[]): Answer {
  return serverSetupAnswer({ outcome: 'invalid', reasons });
}

async function remove(call: Call, input: CommandInput): Promise<Answer | null> {
  const found = await wanted(call, input);
  if (!('server' in found)) return found;
  const { id } = found.server;
  if (found.origin === 'file') return serverSetupAnswer({ outcome: 'in-file', id });
  await requestChange(call, { type: 'remove', id });
  return null;
}

async function maintenance(call: Call, input: CommandInput): Promise<Answer | null> {
  const found = await wanted(call, input);
  if (!('server' in found)) return found;
  const { server: watched } = found;
  const now = Date.now();
  const asksForList = ['duration', 'start', 'title', 'repeat'].every(
    (option) => input.text(option) === null,
  );
  if (asksForList) {
    return maintenanceAnswer({
      serverId: watched.id,
      serverName: watched.name,
      windows: watched.maintenance.filter((window) => !isOver(window, now)),
      ofFile: ({ id }) => id.startsWith('file-'),
    });
  }
  const read = readWindow(input, call.interaction.id, now);
  if (!read.ok) return invalid(...read.reasons);
  await requestChange(call, { type: 'maintenance', id: watched.id, window: read.window });
  return null;
}

function isOver({ rule, startsAt, durationMs }: MaintenanceWindow, now: number): boolean {
  return rule === null && startsAt + durationMs <= now;
}

async function incidents(call: Call, input: CommandInput): Promise<Answer> {
  const status = input.text('status') === 'open' ? 'open' : 'all';
  if (input.text('server') === null) return incidentsPage(call, { serverKey: null, status }, null);
  const found = await wanted(call, input);
  if (!('server' in found)) return found;
  return incidentsPage(call, { serverKey: found.server.key, status }, null);
}

/** The server that the option names, or what to answer when there is none. */
async function wanted(call: Call, input: CommandInput): Promise<ServerOverview | Answer> {
  const name = input.text('server') ?? '';
  const servers = await visibleServers(call, true, Date.now());
  return serverNamed(servers, name) ?? noServer(name);
}

function matching(
  texts: readonly string[],
  { focused }: CommandInput,
): APIApplicationCommandOptionChoice[] {
  const typed = (focused?.value ?? '').trim().toLowerCase();
  return texts
    .filter((text) => text.toLowerCase().includes(typed))
    .slice(0, 25)
    .map((text) => ({ name: text, value: text }));
}
