import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { CaseRow } from '../../db/cases';
import { inline, label } from '../../domain/text';
import { ownListId, ownPickId, queueId, queuePickId, type QueueFilter } from '../ids';
import { answer, type ActionRow, type Answer } from './answer';
import { STATUS_WORDS } from './status';
import { relative } from './time';

/** As many cases as a page shows: their menu and their lines stay easy to read. */
export const PAGE_SIZE = 10;

/** One page of a list of cases. */
export interface ListView {
  readonly cases: readonly CaseRow[];
  /** Where this page begins: cases with smaller numbers than this; `null`: the newest ones. */
  readonly before: number | null;
  /** Where the following page begins; `null`: this is the last one. */
  readonly next: number | null;
}

/** The staff's queue. */
export function queueAnswer(view: ListView, filter: QueueFilter): Answer {
  const page = (before: number | null) => queueId.encode({ ...filter, before });
  if (view.cases.length === 0) {
    return answer(
      view.before === null
        ? `No case matches: ${filterWords(filter)}.`
        : 'There are no older cases.',
      { components: turning(view, page) },
    );
  }
  return answer('', {
    embeds: [
      {
        title: 'Queue',
        description: view.cases.map(queueLine).join('\n'),
        footer: { text: label(`Shown: ${filterWords(filter)}`, { max: 200 }) },
        color: 0x3498db,
      },
    ],
    components: [
      pickMenu(queuePickId.encode({}), 'Pick a case to manage it', view.cases),
      ...turning(view, page),
    ],
  });
}

/** The list of one's own tickets. */
export function ownListAnswer(view: ListView): Answer {
  const page = (before: number | null) => ownListId.encode({ before });
  if (view.cases.length === 0) {
    return answer(
      view.before === null
        ? 'You have no tickets yet. Open one with `/ticket open`.'
        : 'You have no older tickets.',
      { components: turning(view, page) },
    );
  }
  return answer('', {
    embeds: [
      { title: 'Your tickets', description: view.cases.map(ownLine).join('\n'), color: 0x3498db },
    ],
    components: [
      pickMenu(ownPickId.encode({}), 'Pick a ticket to see more', view.cases),
      ...turning(view, page),
    ],
  });
}

function queueLine(row: CaseRow): string {
  const assignee = row.assigneeId === null ? '' : ` · <@${row.assigneeId}> is on it`;
  return `${head(row)} · <@${row.openerId}>${assignee} · ${relative(row.openedAt)}${where(row)}`;
}

function ownLine(row: CaseRow): string {
  return `${head(row)} · opened ${relative(row.openedAt)}${where(row)}`;
}

function head(row: CaseRow): string {
  const raised = row.raisedAt === null ? '' : ' 🔺';
  return `**#${row.number}** ${inline(row.categoryTitle, { max: 60, empty: 'Ticket' })} · ${STATUS_WORDS[row.status]}${raised}`;
}

function where(row: CaseRow): string {
  return row.channelId === null ? '' : ` · <#${row.channelId}>`;
}

function pickMenu(customId: string, placeholder: string, cases: readonly CaseRow[]): ActionRow {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: customId,
        placeholder,
        options: cases.map((row) => ({
          label: label(`#${row.number} ${row.categoryTitle}`, { max: 100 }),
          description: label(`${STATUS_WORDS[row.status]}, opened by ${row.openerName}`, {
            max: 100,
          }),
          value: String(row.number),
        })),
      },
    ],
  };
}

/** Buttons to the newest page and to the following one; none when everything is on this page. */
function turning(view: ListView, page: (before: number | null) => string): ActionRow[] {
  if (view.before === null && view.next === null) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: '⏮ Newest',
          custom_id: page(null),
          disabled: view.before === null,
        },
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: 'Older ▶',
          // Two components of a message may not carry the same id, disabled or not.
          custom_id: page(view.next ?? 0),
          disabled: view.next === null,
        },
      ],
    },
  ];
}

/** The filter in words, for the foot of the list. */
function filterWords(filter: QueueFilter): string {
  const status =
    filter.status === 'active'
      ? 'cases that are not closed'
      : filter.status === 'all'
        ? 'all cases'
        : `status ${STATUS_WORDS[filter.status].toLowerCase()}`;
  return [
    status,
    ...(filter.kind === null ? [] : [`${filter.kind}s only`]),
    ...(filter.categoryId === null ? [] : [`category ${filter.categoryId}`]),
    ...(filter.assigneeId === null ? [] : ['of one assignee']),
  ].join(', ');
}
