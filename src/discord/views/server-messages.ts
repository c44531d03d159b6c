import type { APIEmbed, RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { ServerStatus } from '../../domain/watching/server-state';
import { inline, label, noMentions } from '../../domain/text';
import { answer, type Answer } from './answer';
import { SERVER_STATUS_FACES } from './server-status';
import { counted, dateTime, duration, relative } from './time';

/** One server of the live status message; instants in milliseconds since the epoch. */
export interface StatusLine {
  readonly name: string;
  readonly status: ServerStatus;
  /** Since when it has this status; `null`: not known. */
  readonly since: number | null;
  readonly players: number | null;
  readonly maxPlayers: number | null;
  readonly latencyMs: number | null;
  readonly checkedAt: number | null;
}

export interface StatusMessageView {
  readonly title: string;
  readonly servers: readonly StatusLine[];
  /** The file name of an attached chart; `null`: none is attached. */
  readonly chart: string | null;
}

/** Lines of at most about 180 characters: all of them fit into a description of 4,096. */
const MOST_SERVERS = 20;

/** The live message in a channel that shows how the servers are. It pings nobody. */
export function statusMessage(view: StatusMessageView): Answer {
  const more = view.servers.length - MOST_SERVERS;
  const checked = Math.max(...view.servers.map(({ checkedAt }) => checkedAt ?? 0), 0);
  const embed: APIEmbed = {
    title: inline(view.title, { max: 200, empty: 'Game servers' }),
    description: [
      ...(view.servers.length === 0 ? ['There are no servers to show.'] : []),
      ...view.servers.slice(0, MOST_SERVERS).map(statusLine),
      ...(more > 0 ? [`… and ${counted(more, 'more server')}; \`/servers\` shows all.`] : []),
      ...(checked === 0 ? [] : ['', `Checked ${relative(checked)}.`]),
    ].join('\n'),
    color: SERVER_STATUS_FACES[worst(view.servers)].colour,
    ...(view.chart !== null && { image: { url: `attachment://${view.chart}` } }),
  };
  return answer('', { embeds: [embed] });
}

/** A server in one line: how it is, who is on it, how quickly it answers. */
export function statusLine(server: StatusLine): string {
  const { emoji, word } = SERVER_STATUS_FACES[server.status];
  const away = server.status === 'down' || server.status === 'maintenance';
  const since = away && server.since !== null ? ` since ${dateTime(server.since)}` : '';
  return [
    `${emoji} **${inline(server.name, { max: 60, empty: 'unnamed' })}**`,
    `${word}${since}`,
    ...(away ? [] : players(server)),
    ...(away || server.latencyMs === null ? [] : [`${Math.round(server.latencyMs)} ms`]),
  ].join(' · ');
}

function players({ players: online, maxPlayers }: StatusLine): string[] {
  if (online === null) return [];
  if (maxPlayers === null) return [counted(online, 'player')];
  return [`${online}/${maxPlayers} players`];
}

const BY_GRAVITY: readonly ServerStatus[] = [
  'down',
  'flapping',
  'suspect',
  'recovering',
  'unknown',
  'maintenance',
  'up',
];

function worst(servers: readonly StatusLine[]): ServerStatus {
  return BY_GRAVITY.find((status) => servers.some((line) => line.status === status)) ?? 'unknown';
}

/** Tells the administration once that a channel's name cannot be changed, and how to mend it. */
export function renameForbiddenNotice(view: {
  readonly channelId: string;
  /** The name that it was to have; contains text from outside. */
  readonly wantedName: string;
}): RESTPostAPIChannelMessageJSONBody {
  return {
    content: `⚠️ I may not rename <#${view.channelId}> to “${inline(view.wantedName, { max: 120, empty: '…' })}”. Give my role **View Channel** and **Manage Channels** there (for a voice channel **Connect** as well); the name follows with the next change. I say this only once.`,
    allowed_mentions: noMentions,
  };
}

/** Planned maintenance, as it is announced before, while and after it happens. */
export interface MaintenanceNoticeView {
  readonly serverName: string;
  readonly title: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly phase: 'planned' | 'begun' | 'over';
}

/** Announces planned maintenance to users. It pings nobody. */
export function maintenanceNotice(view: MaintenanceNoticeView): RESTPostAPIChannelMessageJSONBody {
  const name = `**${inline(view.serverName, { max: 80, empty: 'The server' })}**`;
  const title = label(view.title, { max: 120 });
  const what = title === '' ? '' : ` (${inline(title, { max: 200 })})`;
  const length = duration(view.endsAt - view.startsAt);
  const words = {
    planned: `🛠️ ${name} will be in maintenance${what} from ${dateTime(view.startsAt)} (${relative(view.startsAt)}) for about ${length}.`,
    begun: `🛠️ ${name} is in maintenance${what} until about ${dateTime(view.endsAt)} (${relative(view.endsAt)}). It may be away meanwhile.`,
    over: `🟢 The maintenance of ${name}${what} is over.`,
  } satisfies Record<MaintenanceNoticeView['phase'], string>;
  return { content: words[view.phase], allowed_mentions: noMentions };
}
