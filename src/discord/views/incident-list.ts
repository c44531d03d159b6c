import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { IncidentRow } from '../../db/watching';
import { inline, label } from '../../domain/text';
import { incidentPickId, incidentsPageId, type IncidentFilter } from '../servers/ids';
import { answer, type ActionRow, type Answer } from './answer';
import { CAUSE_SHORT } from './server-status';
import { dateTime, duration } from './time';

/** As many incidents as a page shows. */
export const INCIDENTS_PAGE = 10;

export interface IncidentsView {
  /** Newest first. */
  readonly incidents: readonly IncidentRow[];
  /** Where this page begins: smaller numbers than this; `null`: the newest ones. */
  readonly before: number | null;
  /** Where the following page begins; `null`: this is the last one. */
  readonly next: number | null;
  readonly filter: IncidentFilter;
  /** The name of the server that the list is about; `null`: of all. */
  readonly serverName: string | null;
}

/** A page of the outages, with a menu to look at one. */
export function incidentsAnswer(view: IncidentsView): Answer {
  const of = view.serverName === null ? '' : ` of ${inline(view.serverName, { max: 80 })}`;
  if (view.incidents.length === 0) {
    const kind = view.filter.status === 'open' ? 'No outage is going on' : 'No outage is recorded';
    return answer(view.before === null ? `${kind}${of}.` : 'There are no older outages.', {
      components: turning(view),
    });
  }
  return answer('', {
    embeds: [
      {
        title: `${view.filter.status === 'open' ? 'Outages going on' : 'Outages'}${of}`,
        description: view.incidents.map(line).join('\n'),
        color: 0x3498db,
      },
    ],
    components: [menu(view.incidents), ...turning(view)],
  });
}

const EMOJI: Readonly<Record<IncidentRow['status'], string>> = {
  open: '🔴',
  acknowledged: '🟠',
  recovered: '✅',
};

function line(incident: IncidentRow): string {
  const length =
    incident.recoveredAt === null
      ? 'going on'
      : duration(incident.recoveredAt - beginning(incident));
  const by = incident.acknowledgedBy === null ? '' : ` · <@${incident.acknowledgedBy}>`;
  return `${EMOJI[incident.status]} **#${incident.number}** ${inline(names(incident), { max: 120, empty: 'unnamed' })} · ${dateTime(beginning(incident))} · ${length}${by}`;
}

/** The names of an incident's servers, each once. */
function names({ servers }: IncidentRow): string {
  const all = [...new Set(servers.map(({ name }) => name))];
  return all.length > 3
    ? `${all.slice(0, 3).join(', ')} and ${all.length - 3} more`
    : all.join(', ');
}

function beginning({ openedAt, servers }: IncidentRow): number {
  return Math.min(openedAt, ...servers.map(({ since }) => since));
}

function menu(incidents: readonly IncidentRow[]): ActionRow {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: incidentPickId.encode({}),
        placeholder: 'Pick an outage to see more',
        options: incidents.map((incident) => ({
          label: label(`#${incident.number} ${names(incident)}`, { max: 100 }),
          description: causes(incident),
          value: String(incident.number),
        })),
      },
    ],
  };
}

function causes({ servers }: IncidentRow): string {
  const words = [...new Set(servers.map(({ cause }) => CAUSE_SHORT[cause]))].join(', ');
  return label(words, { max: 100, empty: 'Outage' });
}

function turning({ before, next, filter }: IncidentsView): ActionRow[] {
  if (before === null && next === null) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: '⏮ Newest',
          custom_id: incidentsPageId.encode({ ...filter, before: null }),
          disabled: before === null,
        },
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: 'Older ▶',
          // Two components of a message may not carry the same id, disabled or not.
          custom_id: incidentsPageId.encode({ ...filter, before: next ?? 0 }),
          disabled: next === null,
        },
      ],
    },
  ];
}
