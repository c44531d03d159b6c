import { ComponentType } from 'discord-api-types/v10';
import type { ServerOverview, UptimeRow } from '../../db/watching';
import { label } from '../../domain/text';
import { serversPageId, serversPickId } from '../servers/ids';
import { answer, type ActionRow, type Answer } from './answer';
import { pageButtons } from './page-buttons';
import { statusLine, type StatusLine } from './server-messages';
import { SERVER_STATUS_FACES } from './server-status';
import { counted } from './time';
import { uptimeWords } from './uptime';

/** Two lines a server: they stay far below what an embed holds. */
export const SERVERS_PAGE = 8;

/** One page of the servers that somebody may see. */
export interface ServersView {
  /** Those of this page. */
  readonly servers: readonly ServerOverview[];
  readonly uptime: ReadonlyMap<number, UptimeRow>;
  /** Counted from 0. */
  readonly page: number;
  readonly pages: number;
  /** On all pages. */
  readonly count: number;
}

/** The list of servers, with a menu to look at one. */
export function serversAnswer(view: ServersView): Answer {
  return answer('', {
    embeds: [
      {
        title: 'Game servers',
        description: view.servers.map((overview) => entry(overview, view.uptime)).join('\n'),
        color: 0x3498db,
        footer: {
          text: `${counted(view.count, 'server')}${view.pages > 1 ? ` · page ${view.page + 1} of ${view.pages}` : ''}`,
        },
      },
    ],
    components: [
      menu(view.servers),
      ...pageButtons(view, (page) => serversPageId.encode({ page })),
    ],
  });
}

function entry(overview: ServerOverview, uptimes: ServersView['uptime']): string {
  const uptime = uptimes.get(overview.server.key);
  const lock = overview.server.isPublic ? '' : ' 🔒';
  const figures =
    uptime === undefined
      ? 'not checked yet'
      : `uptime 24 h ${uptimeWords(uptime.day)} · 30 days ${uptimeWords(uptime.month)}`;
  return `${statusLine(lineOf(overview))}${lock}\n-# ${figures}`;
}

/** A server as the live message shows it in a line. */
export function lineOf({ server, status, since, state, checkedAt }: ServerOverview): StatusLine {
  const last = status === 'unknown' ? null : state.lastAnswer;
  return {
    name: server.name,
    status,
    since,
    players: last?.players ?? null,
    maxPlayers: last?.maxPlayers ?? null,
    latencyMs: last?.latencyMs ?? null,
    checkedAt,
  };
}

function menu(servers: readonly ServerOverview[]): ActionRow {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: serversPickId.encode({}),
        placeholder: 'Pick a server to see more',
        options: servers.map(({ server, status }) => ({
          label: label(server.name, { max: 100, empty: server.id }),
          description: SERVER_STATUS_FACES[status].word,
          value: String(server.key),
        })),
      },
    ],
  };
}
