import { ButtonStyle, ComponentType, type APIEmbed } from 'discord-api-types/v10';
import type { IncidentHistoryEntry, IncidentRow } from '../../db/watching';
import { incidentHistoryId } from '../servers/ids';
import { answer, type ActionRow, type Answer } from './answer';
import { incidentHistoryLine, removedServers } from './incident-history';
import { incidentButtons, incidentEmbed, type IncidentFacts } from './incident-message';

/** An incident as the records have it. */
export interface IncidentAnswerView {
  readonly incident: IncidentRow;
  /** Oldest first. */
  readonly history: readonly IncidentHistoryEntry[];
  /** The page of the history, counted from 0 for the newest events. */
  readonly page: number;
}

/** Lines of about 420 characters at most: they stay below the 4,096 of an embed's description. */
const HISTORY_PAGE = 8;

/**
 * One incident with its whole history.
 *
 * @param notice what the last click did, or why it did not
 */
export function incidentAnswer(view: IncidentAnswerView, notice = ''): Answer {
  const { incident } = view;
  const facts = factsOf(view);
  return answer(notice, {
    embeds: [
      { ...incidentEmbed(facts), footer: { text: `Outage #${incident.number}` } },
      historyEmbed(view),
    ],
    components: [...incidentButtons(incident.incidentId, facts, 'view'), ...turning(view)],
  });
}

function factsOf({ incident, history }: IncidentAnswerView): IncidentFacts {
  const { acknowledgedAt: at, acknowledgedBy: by } = incident;
  const removed = removedServers(history);
  return {
    ...incident,
    servers: incident.servers.map((server) => ({
      ...server,
      ...(removed.get(server.serverKey) === server.until && { removed: true }),
    })),
    acknowledged: at === null || by === null ? null : { by, at },
  };
}

function pages({ history }: IncidentAnswerView): number {
  return Math.max(1, Math.ceil(history.length / HISTORY_PAGE));
}

function historyEmbed(view: IncidentAnswerView): APIEmbed {
  const { incident, history } = view;
  const page = Math.min(view.page, pages(view) - 1);
  const end = history.length - page * HISTORY_PAGE;
  const shown = history.slice(Math.max(0, end - HISTORY_PAGE), end);
  const names = new Map(incident.servers.map(({ serverKey, name }) => [serverKey, name]));
  const lines = shown.map((entry) => incidentHistoryLine(entry, (key) => names.get(key) ?? ''));
  return {
    title: pages(view) === 1 ? 'History' : `History, page ${page + 1} of ${pages(view)}`,
    description: lines.length === 0 ? 'Nothing is recorded yet.' : lines.join('\n'),
    color: 0x95a5a6,
  };
}

function turning(view: IncidentAnswerView): ActionRow[] {
  const last = pages(view) - 1;
  if (last === 0) return [];
  const page = Math.min(view.page, last);
  const to = (number: number) =>
    incidentHistoryId.encode({ number: view.incident.number, page: number });
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: '◀ Newer',
          // Two components of a message may not carry the same id, disabled or not.
          custom_id: to(page === 0 ? last + 2 : page - 1),
          disabled: page === 0,
        },
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: 'Older ▶',
          custom_id: to(page + 1),
          disabled: page === last,
        },
      ],
    },
  ];
}
