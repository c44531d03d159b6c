import { describe, expect, it } from '@jest/globals';
import {
  array,
  assert,
  constantFrom,
  option,
  property,
  record,
  string,
  type Arbitrary,
} from 'fast-check';
import { CASE_STATUSES } from '../../domain/cases/case';
import type { CaseRow } from '../../db/cases';
import {
  exampleCategory,
  exampleConfiguration,
} from '../../../test/e2e/bot-stage/example-configuration';
import { breaches } from '../../../test/e2e/bot-stage/message-limits';
import { ownCaseAnswer, staffCaseAnswer } from './case-answer';
import { ownListAnswer, PAGE_SIZE, queueAnswer } from './case-list';
import { openForm } from './forms';
import { panelMessage } from './panel';
import { NASTY, NASTY_TEXTS } from './shown';
import { ticketCard, ticketCardEdit, type TicketCardView } from './ticket-card';
import { ticketNotice } from './ticket-notice';

/** Text as people, and those who mean harm, write it. */
const anyText: Arbitrary<string> = constantFrom(...NASTY_TEXTS);
const status = constantFrom(...CASE_STATUSES);

const CARD: TicketCardView = {
  caseId: 'ticket-1',
  number: 12,
  categoryTitle: 'Support',
  categoryEmoji: '🛟',
  status: 'open',
  openerId: '100',
  assigneeId: null,
  teamName: 'Helpers',
  raised: false,
  hasSenior: true,
  answers: [{ label: 'What?', answer: 'My base' }],
  openedAt: 1_700_000_000_000,
  closesAt: null,
};

const ROW: CaseRow = {
  caseId: 'ticket-1',
  guildId: '1',
  number: 12,
  kind: 'ticket',
  categoryId: 'support',
  categoryTitle: 'Support',
  status: 'open',
  teamId: 'helpers',
  openerId: '100',
  openerName: 'Pip',
  assigneeId: null,
  channelId: '200',
  messageId: '201',
  generation: 1,
  raisedAt: null,
  raisedBy: null,
  raisedToTeam: null,
  firstAnsweredAt: null,
  firstAnsweredBy: null,
  resolvedAt: null,
  resolvedBy: null,
  resolution: null,
  closedAt: null,
  closedBy: null,
  closeCause: null,
  closeReason: null,
  openedAt: 1_700_000_000_000,
  lastActivityAt: 1_700_000_000_000,
  lastMessageId: null,
  lastSeq: 2,
  policy: { teamChain: ['helpers', 'seniors'], inactivity: null, reopenWindowMs: 0 },
};

const labels = (components: unknown): string[] =>
  [...JSON.stringify(components).matchAll(/"label":"([^"]*)"/g)].map(([, text = '']) => text);

describe('the card of a ticket', () => {
  it('fits whatever was written', () => {
    assert(
      property(
        status,
        anyText,
        array(record({ label: anyText, answer: anyText }), { maxLength: 5 }),
        (now, text, answers) => {
          const view = { ...CARD, status: now, categoryTitle: text, teamName: text, answers };
          expect(breaches(ticketCard(view))).toEqual([]);
        },
      ),
    );
  });

  it('pings the opener when it is posted, and nobody when it is edited', () => {
    expect(ticketCard(CARD).allowed_mentions).toEqual({ users: ['100'] });
    expect(ticketCardEdit(CARD).allowed_mentions).toEqual({ parse: [] });
  });

  it.each([
    ['open', ['Claim', 'Raise', 'Resolve', 'Close']],
    ['claimed', ['Release', 'Raise', 'Resolve', 'Close']],
    ['resolved', ['Close', 'Reopen']],
    ['closing', []],
  ] as const)('has the buttons for a ticket that is %s', (now, expected) => {
    expect(labels(ticketCard({ ...CARD, status: now }).components).sort()).toEqual(
      [...expected].sort(),
    );
  });

  it('offers no raising where nobody stands above', () => {
    expect(labels(ticketCard({ ...CARD, hasSenior: false }).components)).not.toContain('Raise');
  });

  it('says that an answer was cut, and only then', () => {
    const value = (answer: string) =>
      ticketCard({ ...CARD, answers: [{ label: 'What?', answer }] }).embeds?.[0]?.fields?.at(-1)
        ?.value;
    expect(value('x'.repeat(2_000))).toContain('staff read all of it');
    expect(value('I wonder…')).toBe('I wonder…');
  });
});

describe('notices in the channel', () => {
  const context = {
    number: 12,
    openerId: '100',
    seniorRoleIds: ['9'],
    closesAt: 1_700_000_000_000,
  };

  it('ping the senior roles when a ticket is raised', () => {
    const notice = ticketNotice({ type: 'raised', by: { userId: '5' }, team: 'seniors' }, context);
    expect(notice?.allowed_mentions).toEqual({ roles: ['9'] });
    expect(notice?.content).toContain('<@&9>');
  });

  it('ping the opener when the ticket is resolved and when it is about to close', () => {
    for (const event of [
      { type: 'resolved', by: '5', note: null },
      { type: 'inactivity-warned' },
    ] as const) {
      expect(ticketNotice(event, context)?.allowed_mentions).toEqual({ users: ['100'] });
    }
  });

  it('quote a resolution without letting it ping or pretend', () => {
    const notice = ticketNotice(
      { type: 'resolved', by: '5', note: 'sealed' },
      { ...context, resolution: `${NASTY}\nsecond line` },
    );
    expect(notice?.content).toContain('\n>>> ＠everyone');
    expect(notice?.content).toContain('\nsecond line');
    expect(notice === null ? ['no notice'] : breaches(notice)).toEqual([]);
  });

  it('fit whatever the resolution', () => {
    assert(
      property(anyText, (resolution) => {
        const closing = { type: 'closing', cause: 'staff', by: '5', note: 'sealed' } as const;
        const notice = ticketNotice(closing, { ...context, resolution });
        expect(notice === null ? ['no notice'] : breaches(notice)).toEqual([]);
      }),
    );
  });

  it('are silent about what concerns nobody in the channel', () => {
    for (const event of [
      { type: 'messages-seen', lastAt: 1 },
      { type: 'closed', messages: 3 },
      { type: 'closing', cause: 'channel-gone', by: null, note: null },
    ] as const) {
      expect(ticketNotice(event, context)).toBeNull();
    }
  });
});

describe('a case for staff', () => {
  it('fits whatever was written and however long its history', () => {
    assert(
      property(
        status,
        anyText,
        array(record({ fieldId: string(), label: anyText, value: anyText }), { maxLength: 5 }),
        array(
          record({
            type: constantFrom('claimed', 'raised', 'closing-delayed', 'resolved', 'unknown'),
            note: option(anyText),
          }),
          { maxLength: 40 },
        ),
        (now, text, answers, events) => {
          const history = events.map(({ type, note }, index) => ({
            seq: index + 1,
            type,
            note,
            at: 1_700_000_000_000,
            actorId: '5',
            data: { from: '6', team: 'seniors', code: 'unknown' },
          }));
          const row: CaseRow = {
            ...ROW,
            status: now,
            resolvedAt: 1,
            resolution: text,
            closedAt: 1,
            closeReason: text,
            raisedAt: 1,
            raisedBy: 'service-level',
            firstAnsweredAt: 1,
            firstAnsweredBy: '5',
          };
          const view = { row, answers, history, configuration: exampleConfiguration(), page: 3 };
          expect(breaches(staffCaseAnswer(view))).toEqual([]);
          expect(breaches(ownCaseAnswer(view))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('offers to take a claimed case over', () => {
    const claimed = { ...ROW, status: 'claimed', assigneeId: '5' } as const;
    const view = { row: claimed, answers: [], history: [], configuration: null, page: 0 };
    expect(labels(staffCaseAnswer(view).components)).toContain('Take over');
  });

  it('turns its pages from the newest events to the oldest', () => {
    const history = Array.from({ length: 14 }, (_, index) => ({
      seq: index + 1,
      type: 'claimed',
      note: null,
      at: (index + 1) * 1_000,
      actorId: '5',
      data: { from: null },
    }));
    const shown = (page: number) =>
      staffCaseAnswer({ row: ROW, answers: [], history, configuration: null, page });
    expect(shown(0).embeds[1]?.title).toBe('History (3 of 3)');
    expect(shown(0).embeds[1]?.description).toContain('<t:14:f>');
    expect(shown(2).embeds[1]?.description?.split('\n')).toHaveLength(2);
    expect(labels(shown(2).components)).toContain('Later ▶');
    expect(labels(shown(2).components)).not.toContain('◀ Earlier');
  });
});

describe('lists', () => {
  const filter = {
    kind: null,
    status: 'active',
    categoryId: 'c'.repeat(32),
    assigneeId: '9',
  } as const;

  it('fit with a full page of the longest entries', () => {
    const cases = Array.from({ length: PAGE_SIZE }, (_, index) => ({
      ...ROW,
      number: 2_147_483_000 + index,
      categoryTitle: '*'.repeat(100),
      openerName: NASTY,
      assigneeId: '9'.repeat(20),
    }));
    expect(breaches(queueAnswer({ cases, before: 5, next: 4 }, filter))).toEqual([]);
    expect(breaches(ownListAnswer({ cases, before: 5, next: 4 }))).toEqual([]);
  });

  it('say so when there is nothing', () => {
    const empty = { cases: [], before: null, next: null };
    expect(breaches(queueAnswer(empty, filter))).toEqual([]);
    expect(ownListAnswer(empty).content).toContain('no tickets yet');
  });

  it('lead back from a page that has become empty', () => {
    const { components } = ownListAnswer({ cases: [], before: 7, next: null });
    expect(labels(components)).toContain('⏮ Newest');
  });
});

describe('a panel', () => {
  const categories = Array.from({ length: 25 }, (_, index) => ({
    id: `category-${index}`,
    title: '*'.repeat(45),
    emoji: index % 2 === 0 ? '<a:wave:123456789>' : null,
    description: '_'.repeat(100),
  }));

  it.each(['buttons', 'menu'] as const)(
    'fits with everything that a configuration may hold (%s)',
    (style) => {
      expect(
        breaches(
          panelMessage({
            title: 'T'.repeat(256),
            description: 'd'.repeat(4_000),
            style,
            categories,
          }),
        ),
      ).toEqual([]);
    },
  );

  it('keeps the administrator’s own markup', () => {
    const { embeds } = panelMessage({
      title: 'Help',
      description: '**Read this**',
      style: 'buttons',
      categories: categories.slice(0, 1),
    });
    expect(embeds?.[0]?.description).toContain('**Read this**');
  });
});

describe('a form', () => {
  it('carries the limits of its fields', () => {
    const form = openForm(
      exampleCategory({
        form: [
          {
            id: 'name',
            label: 'Your name',
            description: null,
            style: 'short',
            required: true,
            placeholder: 'Steve',
            minLength: 3,
            maxLength: 16,
          },
        ],
      }),
    );
    expect(form.components).toEqual([
      expect.objectContaining({
        label: 'Your name',
        component: expect.objectContaining({
          custom_id: 'name',
          required: true,
          min_length: 3,
          max_length: 16,
          placeholder: 'Steve',
        }),
      }),
    ]);
  });
});
