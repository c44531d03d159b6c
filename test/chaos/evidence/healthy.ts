import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEMO, InteractionHandle, type InteractionState, type RestEntry } from '../../../sandbox';
import type { CaseRow } from '../../../src/db/case-row';
import { PeopleRecord } from '../people/record';
import type { Evidence } from './evidence';

const CASE = 'ticket-1000';
const CHANNEL = '2000';
const CARD = '3000';
const WORD = '3001';
const POLICY = { teamChain: ['helpers'], inactivity: null, reopenWindowMs: 86_400_000 };
/** When each thing happened, in milliseconds since the epoch. */
const AT = { opened: 1_000_000, created: 1_001_000, closing: 1_010_000, closed: 1_012_000 };

/** The evidence of one ticket that was opened, written in and closed, all as it should be. */
export function healthy(): Evidence {
  const storageDir = mkdtempSync(path.join(tmpdir(), 'castellan-evidence-'));
  const people = new PeopleRecord();
  people.written.push({
    messageId: WORD,
    channelId: CHANNEL,
    authorId: DEMO.people.pip,
    content: 'Where is my base?',
  });
  people.done.push({ caseId: CASE, command: 'close', personId: DEMO.people.pip });
  const conversation = store(storageDir);
  return {
    cases: [caseRow()],
    events: new Map([
      [
        CASE,
        [
          row(1, 'accepted', AT.opened, DEMO.people.pip, { number: 1, policy: POLICY }),
          row(2, 'channel-created', AT.created, null, { channelId: CHANNEL, messageId: CARD }),
          row(3, 'closing', AT.closing, DEMO.people.pip, {
            cause: 'opener',
            by: DEMO.people.pip,
          }),
          row(4, 'closed', AT.closed, null, { messages: 2 }),
        ],
      ],
    ]),
    conversations: [conversation],
    lastNumbers: new Map([[DEMO.guild, 1]]),
    histories: new Map([
      [
        CASE,
        {
          status: 'RUNNING',
          events: new Map([[3, { seq: 3, at: AT.closing, type: 'closing' }]]),
          updates: new Set(['1001']),
          underWay: [],
          failedTasks: 0,
        },
      ],
    ]),
    brokenWorkflows: [],
    world: { applicationId: '', botId: '', guilds: [], commands: [], connectedBots: 1 },
    journal: [
      { kind: 'gateway', what: 'identified', seq: 1, at: AT.opened - 5_000 },
      interactionSent('1000', AT.opened),
      interactionSent('1001', AT.closing),
      rest(AT.created, 'POST', `/guilds/${DEMO.guild}/channels`, CHANNEL, {
        topic: `Ticket #1 · ${CASE}.1`,
      }),
      rest(AT.created, 'POST', `/channels/${CHANNEL}/messages`, CARD, {
        nonce: 'card',
        components: [{ components: [{ custom_id: `1:case:claim:${CASE}:1:c` }] }],
      }),
      rest(AT.closed, 'DELETE', `/channels/${CHANNEL}`, null, null),
    ],
    interactions: [interaction('1000', 'opened'), interaction('1001', 'done')],
    people,
    storageDir,
  };
}

function store(storageDir: string): Evidence['conversations'][number] {
  const message = (id: string, content: string) => ({
    id,
    authorId: '1',
    authorName: 'somebody',
    bot: false,
    content,
    writtenAt: '',
    editedAt: null,
    repliesTo: null,
    embeds: [],
    attachments: [],
    deleted: false,
  });
  const bytes = JSON.stringify([message(CARD, ''), message(WORD, 'Where is my base?')]);
  const storageKey = `conversations/${CASE}/1.json`;
  const file = path.join(storageDir, storageKey);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  const storedAt = (AT.closed - 500) / 1_000;
  utimesSync(file, storedAt, storedAt);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { caseId: CASE, generation: 1, storageKey, sha256, messages: 2, complete: true };
}

function row(
  seq: number,
  type: string,
  at: number,
  actorId: string | null,
  data: Readonly<Record<string, unknown>>,
) {
  return { caseId: CASE, seq, type, at, actorId, data };
}

function rest(
  at: number,
  method: string,
  where: string,
  resultId: string | null,
  requestBody: unknown,
): RestEntry {
  const route = where
    .replace(/^\/guilds\/\d+/, '/guilds/:guildId')
    .replace(/^\/channels\/\d+/, '/channels/:channelId');
  return {
    kind: 'rest',
    seq: 0,
    at,
    method,
    route,
    path: where,
    query: '',
    by: { kind: 'bot', id: DEMO.bot },
    status: 200,
    code: null,
    requestBody,
    resultId,
    reason: null,
    committed: true,
    ms: 5,
    fault: null,
  };
}

function interactionSent(id: string, at: number): Evidence['journal'][number] {
  const more = { userId: DEMO.people.pip, label: '', type: 2, ack: null, ms: 0 };
  return { kind: 'interaction', what: 'sent', seq: 0, id, at, ...more };
}

function interaction(id: string, told: 'opened' | 'done'): Evidence['interactions'][number] {
  const state: InteractionState = {
    id,
    userId: DEMO.people.pip,
    guildId: DEMO.guild,
    channelId: DEMO.channels.general,
    label: '',
    status: 'acknowledged',
    ack: { kind: 'deferred', ms: 40 },
    revision: 2,
    loading: false,
    modal: null,
    choices: null,
    reply: null,
    replyEdits: 1,
    followups: [],
  };
  const handle = new InteractionHandle(state, () => undefined);
  return { handle, personId: DEMO.people.pip, what: `interaction ${id}`, told, state };
}

function caseRow(): CaseRow {
  return {
    caseId: CASE,
    guildId: DEMO.guild,
    number: 1,
    kind: 'ticket',
    categoryId: 'quick',
    categoryTitle: 'Quick question',
    status: 'closed',
    teamId: 'helpers',
    openerId: DEMO.people.pip,
    openerName: 'Pip',
    assigneeId: null,
    channelId: null,
    messageId: null,
    generation: 1,
    raisedAt: null,
    raisedBy: null,
    raisedToTeam: null,
    firstAnsweredAt: null,
    firstAnsweredBy: null,
    resolvedAt: null,
    resolvedBy: null,
    resolution: null,
    closedAt: AT.closed,
    closedBy: DEMO.people.pip,
    closeCause: 'opener',
    closeReason: null,
    openedAt: AT.opened,
    lastActivityAt: AT.created,
    lastMessageId: null,
    lastSeq: 4,
    policy: POLICY,
  };
}
