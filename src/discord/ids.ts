import type { CaseStatus } from '../domain/cases/case';
import type { PersonCommandType } from '../domain/cases/commands';
import { count, customId, oneOf, optional, optionalText, snowflake, text } from './custom-id';

/** The `custom_id`s of every component. Views write them, components read them; what is stored in Discord stays readable. */

/** Where a case is shown that has the button: its channel, the staff's view of it, or its opener's. */
export type ShownIn = 'channel' | 'staff' | 'opener';

const shownIn = oneOf<ShownIn>({ channel: 'c', staff: 's', opener: 'o' });

/** A button that gives a command, or opens the form that asks for the command's note. */
export const caseButtonId = customId('case', {
  command: oneOf<PersonCommandType>({
    claim: 'claim',
    release: 'release',
    raise: 'raise',
    resolve: 'resolve',
    close: 'close',
    reopen: 'reopen',
  }),
  caseId: text,
  number: count,
  shownIn,
});

/** The commands that ask for a note before they are given. */
export type NotedCommand = Extract<PersonCommandType, 'resolve' | 'close'>;

/** The form with the note of a command. */
export const caseNoteId = customId('note', {
  command: oneOf<NotedCommand>({ resolve: 'resolve', close: 'close' }),
  caseId: text,
  number: count,
  shownIn,
});

/** The text field of that form. */
export const NOTE_FIELD = 'note';

/** A button of a panel: opens a case of the category. */
export const openButtonId = customId('open', { categoryId: text });

/** A menu of categories; the picked value is the category's id. */
export const openMenuId = customId('menu', {});

/** A category's form; its text fields carry the ids of the configured fields. */
export const openFormId = customId('form', { categoryId: text });

/** Which statuses a queue shows: one, those that still need somebody, or all. */
export type QueueStatus = 'active' | 'all' | CaseStatus;

/** What a queue shows. It travels in the buttons, so that the pages stay filtered after a restart. */
export interface QueueFilter {
  readonly kind: 'ticket' | 'report' | null;
  readonly status: QueueStatus;
  readonly categoryId: string | null;
  readonly assigneeId: string | null;
}

/** Turns the staff's queue to a page; `before`: cases with smaller numbers only. */
export const queueId = customId('queue', {
  kind: optional(oneOf<'ticket' | 'report'>({ ticket: 't', report: 'r' })),
  status: oneOf<QueueStatus>({
    active: 'a',
    all: '*',
    opening: 'og',
    refused: 'rf',
    failed: 'fl',
    open: 'o',
    claimed: 'c',
    resolved: 'r',
    closing: 'cg',
    closed: 'cd',
    reopening: 'rg',
    ended: 'e',
  }),
  categoryId: optionalText,
  assigneeId: optional(snowflake),
  before: optional(count),
});

/** The menu of a queue's page; the picked value is the case's number. */
export const queuePickId = customId('pick', {});

/** Turns the list of one's own tickets to a page. */
export const ownListId = customId('mine', { before: optional(count) });

/** The menu of one's own tickets; the picked value is the case's number. */
export const ownPickId = customId('own', {});

/** Turns the history of the staff's view of a case to a page, counted from 0 for the newest. */
export const historyId = customId('hist', { number: count, page: count });

/** Shows the staff all answers of a case's form in full. */
export const answersId = customId('answers', { caseId: text });
