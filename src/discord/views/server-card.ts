import { ButtonStyle, ComponentType, type APIEmbed } from 'discord-api-types/v10';
import type { ServerOverview, UptimeRow } from '../../db/watching';
import { inline } from '../../domain/text';
import { CHART_PERIODS, serverChartId, type ChartPeriod } from '../servers/ids';
import { answer, type ActionRow, type Answer } from './answer';
import { tellMeButton } from './incident-public';
import { windowWords } from './maintenance-words';
import { addressOf, KIND_WORDS } from './server-setup-answer';
import { CAUSE_WORDS, SERVER_STATUS_FACES } from './server-status';
import { counted, dateTime, moment, relative } from './time';
import { uptimeWords } from './uptime';

/** One server with its history. */
export interface ServerCardView {
  readonly overview: ServerOverview;
  /** `null`: it was not checked yet. */
  readonly uptime: UptimeRow | null;
  readonly period: ChartPeriod;
  /** The file name of the attached chart; `null`: there is none. */
  readonly chart: string | null;
  /** Whether the reader administers the guild: then it says how the server is asked, and why it fails. */
  readonly forAdmin: boolean;
}

export const PERIOD_WORDS: Readonly<Record<ChartPeriod, string>> = {
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
};

/** One server: how it is, how it was, and a chart of the chosen time. */
export function serverCard(view: ServerCardView): Answer {
  const { overview, chart } = view;
  const { server, status } = overview;
  const { emoji, colour } = SERVER_STATUS_FACES[status];
  return answer('', {
    embeds: [
      {
        title: `${emoji} ${inline(server.name, { max: 100, empty: server.id })}${server.isPublic ? '' : ' 🔒'}`,
        description: condition(view),
        color: colour,
        fields: [...now(overview), ...uptime(view), ...settings(view)],
        ...(chart !== null && { image: { url: `attachment://${chart}` } }),
      },
    ],
    components: [
      periods(view),
      ...(server.isPublic && (status === 'down' || status === 'flapping')
        ? [tellMeButton(server.key)]
        : []),
    ],
  });
}

function condition({ overview, forAdmin }: ServerCardView): string {
  const { status, since, state, checkedAt } = overview;
  const { word } = SERVER_STATUS_FACES[status];
  const checked =
    checkedAt === null ? 'It was not checked yet.' : `Checked ${relative(checkedAt)}.`;
  const why =
    forAdmin && (status === 'down' || status === 'flapping') && state.cause !== null
      ? ` Why: ${CAUSE_WORDS[state.cause]}.`
      : '';
  const held = checkedAt === null ? `${word}.` : `${word} since ${moment(since)}.`;
  return `${held}${why} ${checked}`;
}

function now({ status, state }: ServerOverview): APIEmbed['fields'] & object {
  const last = state.lastAnswer;
  if (last === null || status === 'down' || status === 'unknown') return [];
  return [
    ...(last.players === null
      ? []
      : [
          field(
            'Players',
            last.maxPlayers === null
              ? counted(last.players, 'player')
              : `${last.players}/${last.maxPlayers}`,
          ),
        ]),
    field('Answers in', `${Math.round(last.latencyMs)} ms`),
    ...(last.version === null
      ? []
      : [field('Version', inline(last.version, { max: 100, empty: '…' }))]),
  ];
}

function uptime({ uptime: row }: ServerCardView): APIEmbed['fields'] & object {
  if (row === null) return [];
  return [
    {
      name: 'Uptime',
      value: [
        `24 hours: **${uptimeWords(row.day)}**`,
        `7 days: **${uptimeWords(row.week)}**`,
        `30 days: **${uptimeWords(row.month)}**`,
        `90 days: **${uptimeWords(row.quarter)}**`,
      ].join('\n'),
    },
  ];
}

function settings({ overview, forAdmin }: ServerCardView): APIEmbed['fields'] & object {
  const { server, origin, addedAt } = overview;
  if (!forAdmin) return [];
  return [
    {
      name: 'Watched',
      value: `${KIND_WORDS[server.probe]} at ${inline(addressOf(server), { max: 300, empty: '…' })}, since ${dateTime(addedAt)}, ${origin === 'file' ? 'defined in the configuration file' : 'added by command'} as ${inline(server.id, { max: 80, empty: '…' })}${server.isPublic ? '' : '; users do not see it'}.`,
    },
    ...(server.maintenance.length === 0
      ? []
      : [
          {
            name: 'Maintenance',
            value: server.maintenance.slice(0, 3).map(windowWords).join('\n'),
          },
        ]),
  ];
}

function field(name: string, value: string) {
  return { name, value, inline: true };
}

/** One button a chart; the shown one is marked. */
function periods({ overview, period }: ServerCardView): ActionRow {
  return {
    type: ComponentType.ActionRow,
    components: CHART_PERIODS.map((each) => ({
      type: ComponentType.Button,
      style: each === period ? ButtonStyle.Primary : ButtonStyle.Secondary,
      label: PERIOD_WORDS[each],
      custom_id: serverChartId.encode({ serverKey: overview.server.key, period: each }),
    })),
  };
}
