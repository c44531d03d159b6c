import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Evidence } from './evidence';
import { healthy } from './healthy';
import { verdictOf } from './verdict';

/** The only case, its history and its journal, for those who tamper with them. */
const [CASE, CHANNEL] = ['ticket-1000', '2000'];
const FILE = `conversations/${CASE}/1.json`;

const events = (evidence: Evidence) => evidence.events.get(CASE) ?? [];
const withEvents = (evidence: Evidence, changed: ReturnType<typeof events>): Evidence => ({
  ...evidence,
  events: new Map([[CASE, changed]]),
});
function withChannel(evidence: Evidence): Evidence {
  const guilds = [{ ...guild, channels: [{ ...channel, topic: `x ${CASE}.1` }] }];
  return { ...evidence, world: { ...evidence.world, guilds } };
}

const repeated = (evidence: Evidence, route: string, resultId: string): Evidence => ({
  ...evidence,
  journal: evidence.journal.flatMap((entry) =>
    entry.kind === 'rest' && entry.route === route ? [entry, { ...entry, resultId }] : [entry],
  ),
});
const answered = (
  evidence: Evidence,
  change: (one: Evidence['interactions'][number]) => Partial<Evidence['interactions'][number]>,
): Evidence => ({
  ...evidence,
  interactions: evidence.interactions.map((one) => ({ ...one, ...change(one) })),
});

/** Everything that must not happen, and the words in which it is told. */
const DEFECTS: readonly (readonly [
  what: string,
  tamper: (evidence: Evidence) => Evidence,
  told: RegExp,
])[] = [
  [
    'a number that is missing',
    (evidence) => ({ ...evidence, cases: evidence.cases.map((row) => ({ ...row, number: 2 })) }),
    /the numbers of guild \d+ are 2/,
  ],
  [
    'a number that nobody has',
    (evidence) => ({
      ...evidence,
      lastNumbers: new Map([...evidence.lastNumbers].map(([guild]) => [guild, 2])),
    }),
    /given 2 numbers to 1 cases/,
  ],
  [
    'a workflow without a case',
    (evidence) => ({ ...evidence, cases: [] }),
    /ticket-1000 has no case/,
  ],
  [
    'a case without a workflow',
    (evidence) => ({ ...evidence, histories: new Map() }),
    /has no workflow/,
  ],
  [
    'a workflow that failed',
    (evidence) => ({ ...evidence, brokenWorkflows: ['x is FAILED'] }),
    /x is FAILED/,
  ],
  [
    'a second channel',
    (evidence) => repeated(evidence, '/guilds/:guildId/channels', '2001'),
    /2 channels were made/,
  ],
  [
    'a second opening message',
    (evidence) => repeated(evidence, '/channels/:channelId/messages', '3002'),
    /2 opening messages/,
  ],
  ['a channel without its ticket', withChannel, /belongs to no open ticket/],
  [
    'an open ticket without its channel',
    (evidence) => ({
      ...evidence,
      cases: evidence.cases.map((row) => ({ ...row, status: 'open', channelId: CHANNEL })),
    }),
    /#1 is open without a channel/,
  ],
  [
    'a team that is not let into its channel',
    (evidence) => ({
      ...withChannel(evidence),
      cases: evidence.cases.map((row) => ({ ...row, status: 'open', channelId: channel.id })),
    }),
    /#1 is open, and its team \w+ is not let into its channel/,
  ],
  [
    'an event that is missing',
    (evidence) =>
      withEvents(
        evidence,
        events(evidence).filter(({ seq }) => seq !== 3),
      ),
    /closing \(3\) is not in its history/,
  ],
  [
    'events in the wrong order of time',
    (evidence) =>
      withEvents(
        evidence,
        events(evidence).map((event) => (event.seq === 4 ? { ...event, at: 1 } : event)),
      ),
    /closed \(4\) lies \d+ ms before closing/,
  ],
  [
    'a transition that is not possible',
    (evidence) =>
      withEvents(
        evidence,
        events(evidence).map((event) => (event.seq === 3 ? { ...event, type: 'ended' } : event)),
      ),
    /ended \(3\) happened while it was open/,
  ],
  [
    'a case that is not what its history says',
    (evidence) => ({
      ...evidence,
      cases: evidence.cases.map((row) => ({ ...row, assigneeId: '7' })),
    }),
    /its assigneeId is 7; its history says null/,
  ],
  [
    'a command that was only said to be done',
    (evidence) => {
      evidence.people.done.push({ caseId: CASE, command: 'claim', personId: '9' });
      return evidence;
    },
    /told 1 times that it was done, recorded 0/,
  ],
  [
    'a conversation that is not recorded',
    (evidence) => ({ ...evidence, conversations: [] }),
    /no conversation is recorded/,
  ],
  [
    'a conversation that is not stored',
    (evidence) => {
      rmSync(path.join(evidence.storageDir, FILE));
      return evidence;
    },
    /is not there/,
  ],
  [
    'a conversation that was stored too late',
    (evidence) => {
      utimesSync(path.join(evidence.storageDir, FILE), 2_000, 2_000);
      return evidence;
    },
    /after its deletion was asked for/,
  ],
  [
    'a conversation that was changed',
    (evidence) => {
      writeFileSync(path.join(evidence.storageDir, FILE), '[]');
      return evidence;
    },
    /what is stored is not what was recorded/,
  ],
  [
    'a message that is lost',
    (evidence) => {
      const [first] = evidence.people.written;
      if (first !== undefined)
        evidence.people.written.push({ ...first, messageId: '9', content: 'Hello?' });
      return evidence;
    },
    /"Hello\?" is lost/,
  ],
  [
    'somebody without an answer',
    (evidence) => answered(evidence, ({ state }) => ({ state: { ...state, loading: true } })),
    /has no answer/,
  ],
  [
    'somebody without an acknowledgement',
    (evidence) =>
      answered(evidence, ({ state }) => ({ state: { ...state, status: 'failed', ack: null } })),
    /was not acknowledged in time/,
  ],
  [
    'somebody who was told that nothing had happened',
    (evidence) => answered(evidence, () => ({ told: 'again' })),
    /told that nothing was opened, but it was/,
  ],
  [
    'somebody who was told of an error',
    (evidence) => answered(evidence, () => ({ told: 'error' })),
    /interaction 1000 \(1000\): an error/,
  ],
];

const channel = {
  id: '2999',
  name: 'support-0001',
  type: 0,
  parentId: null,
  position: 0,
  overwrites: [],
  archived: null,
  locked: null,
};
const guild = { id: '1', name: '', ownerId: '', roles: [], members: [] };

describe('the verdict', () => {
  let evidence: Evidence;

  beforeEach(() => {
    evidence = healthy();
  });

  afterEach(() => {
    rmSync(evidence.storageDir, { recursive: true, force: true });
  });

  it('finds nothing wrong where nothing is wrong', () => {
    expect(verdictOf(evidence, [], []).defects).toEqual([]);
  });

  it.each(DEFECTS)('finds %s', (_, tamper, told) => {
    const { defects } = verdictOf(tamper(evidence), [], []);
    expect(defects.filter((defect) => told.test(defect))).not.toEqual([]);
  });

  it('forgives that nobody answered while the bot was dead', () => {
    const at = 1_000_500;
    const failed = answered(evidence, ({ state }) => ({
      state: { ...state, status: state.id === '1000' ? 'failed' : state.status },
    }));
    const kills = [{ part: 'bot', pid: 1, at }] as const;
    expect(verdictOf(failed, kills, []).defects).toEqual([]);
  });
});
