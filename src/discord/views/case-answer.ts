import {
  ButtonStyle,
  ComponentType,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
} from 'discord-api-types/v10';
import type { GuildConfiguration } from '../../config/guild/resolved';
import type { CaseAnswer, CaseHistoryEntry, CaseRow } from '../../db/cases';
import type { PersonCommandType } from '../../domain/cases/commands';
import { inline, plain } from '../../domain/text';
import { answersId, historyId, type ShownIn } from '../ids';
import { answer, type ActionRow, type Answer } from './answer';
import { applies, caseButton, type ButtonsView } from './case-buttons';
import { leadingEmoji } from './emoji';
import { historyLine } from './history';
import { STATUS_COLOURS, STATUS_WORDS } from './status';
import { dateTime, moment, relative } from './time';

/** A case as the records have it. */
export interface CaseView {
  readonly row: CaseRow;
  readonly answers: readonly CaseAnswer[];
  /** Oldest first. */
  readonly history: readonly CaseHistoryEntry[];
  /** For the names of teams and the emoji; `null` when it cannot be read now. */
  readonly configuration: GuildConfiguration | null;
  /** The page of the history, counted from 0 for the newest events. */
  readonly page: number;
}

const STAFF_COMMANDS: readonly (readonly PersonCommandType[])[] = [
  ['claim', 'release', 'raise'],
  ['resolve', 'close', 'reopen'],
];
/** Lines of about 420 characters at most. */
const HISTORY_PAGE = 6;
/** Five of them and a page of history stay below the 6,000 characters of a message's embeds. */
const ANSWER_ROOM = 200;

/**
 * One case with its whole history, for staff.
 *
 * @param notice what the last click did, or why it did not
 */
export function staffCaseAnswer(view: CaseView, notice = ''): Answer {
  const buttons = buttonsView(view.row);
  const rows: ActionRow[] = STAFF_COMMANDS.map((commands) => ({
    type: ComponentType.ActionRow,
    components: commands.map((command) => ({
      ...caseButton(buttons, command, 'staff'),
      ...faceOf(command, view.row),
      disabled: !applies(buttons, command),
    })),
  }));
  const more = moreButtons(view);
  return answer(notice, {
    embeds: [face(view, true), historyEmbed(view)],
    components:
      more.length === 0 ? rows : [...rows, { type: ComponentType.ActionRow, components: more }],
  });
}

/** One's own ticket: what became of it, and what can be done. */
export function ownCaseAnswer(view: CaseView, notice = ''): Answer {
  const buttons = buttonsView(view.row);
  const components = (['close', 'reopen'] as const)
    .filter((command) => applies(buttons, command))
    .map((command) => caseButton(buttons, command, 'opener' satisfies ShownIn));
  return answer(notice, {
    embeds: [face(view, false)],
    components: components.length === 0 ? [] : [{ type: ComponentType.ActionRow, components }],
  });
}

/** A claimed case is not claimed a second time but taken over. */
function faceOf(command: PersonCommandType, row: CaseRow): { label?: string } {
  return command === 'claim' && row.assigneeId !== null ? { label: 'Take over' } : {};
}

function buttonsView(row: CaseRow): ButtonsView {
  return {
    caseId: row.caseId,
    number: row.number,
    status: row.status,
    hasSenior: row.policy.teamChain.indexOf(row.teamId) < row.policy.teamChain.length - 1,
  };
}

function face(view: CaseView, forStaff: boolean): APIEmbed {
  const { row, configuration } = view;
  const emoji = configuration?.categories.find(({ id }) => id === row.categoryId)?.emoji ?? null;
  const team = configuration?.teams[row.teamId]?.name ?? row.teamId;
  const field = (name: string, value: string) => ({ name, value, inline: true });
  return {
    title: `#${row.number} · ${leadingEmoji(emoji)}${inline(row.categoryTitle, { max: 150, empty: 'Ticket' })}`,
    color: STATUS_COLOURS[row.status],
    fields: [
      field('Status', STATUS_WORDS[row.status]),
      field('Opened', `${forStaff ? `<@${row.openerId}> ` : ''}${moment(row.openedAt)}`),
      field('Assigned to', row.assigneeId === null ? 'nobody' : `<@${row.assigneeId}>`),
      field('Team', inline(team, { max: 100, empty: '…' })),
      ...(row.channelId === null ? [] : [field('Channel', `<#${row.channelId}>`)]),
      ...(row.raisedAt === null
        ? []
        : [field('Raised', `${relative(row.raisedAt)} by ${raiser(row.raisedBy)}`)]),
      ...(row.firstAnsweredAt === null || row.firstAnsweredBy === null
        ? []
        : [field('First answer', `<@${row.firstAnsweredBy}> ${dateTime(row.firstAnsweredAt)}`)]),
      ...ending(row),
      ...(forStaff
        ? view.answers.map(({ label, value }) => ({
            name: inline(label, { max: 100, empty: 'Answer' }),
            value: plain(value, { max: ANSWER_ROOM, empty: '…' }),
          }))
        : []),
    ],
  };
}

function raiser(by: string | null): string {
  return by === null || by === 'service-level' ? 'the service level' : `<@${by}>`;
}

function ending(row: CaseRow): APIEmbed['fields'] & object {
  const words = (by: string | null, at: number, note: string | null): string =>
    `${by === null ? '' : `<@${by}> `}${dateTime(at)}${note === null ? '' : `\n${inline(note, { max: 400 })}`}`;
  return [
    ...(row.resolvedAt === null
      ? []
      : [{ name: 'Resolved', value: words(row.resolvedBy, row.resolvedAt, row.resolution) }]),
    ...(row.closedAt === null
      ? []
      : [{ name: 'Closed', value: words(row.closedBy, row.closedAt, row.closeReason) }]),
  ];
}

function pages(view: CaseView): number {
  return Math.max(1, Math.ceil(view.history.length / HISTORY_PAGE));
}

function historyEmbed(view: CaseView): APIEmbed {
  const page = Math.min(view.page, pages(view) - 1);
  const end = view.history.length - page * HISTORY_PAGE;
  const shown = view.history.slice(Math.max(0, end - HISTORY_PAGE), end);
  const teamName = (id: string): string =>
    inline(view.configuration?.teams[id]?.name ?? id, { max: 80 });
  const lines = shown.map((entry) => historyLine(entry, teamName));
  return {
    title: pages(view) === 1 ? 'History' : `History (${pages(view) - page} of ${pages(view)})`,
    description: lines.length === 0 ? 'Nothing has been recorded yet.' : lines.join('\n'),
    color: STATUS_COLOURS[view.row.status],
  };
}

function moreButtons(view: CaseView): APIButtonComponentWithCustomId[] {
  const { number, caseId } = view.row;
  const last = pages(view) - 1;
  const page = Math.min(view.page, last);
  const turn = (label: string, to: number): APIButtonComponentWithCustomId => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id: historyId.encode({ number, page: to }),
  });
  return [
    ...(page < last ? [turn('◀ Earlier', page + 1)] : []),
    ...(page > 0 ? [turn('Later ▶', page - 1)] : []),
    ...(view.answers.length === 0
      ? []
      : [
          {
            type: ComponentType.Button as const,
            style: ButtonStyle.Secondary as const,
            label: 'All answers',
            custom_id: answersId.encode({ caseId }),
          },
        ]),
  ];
}
