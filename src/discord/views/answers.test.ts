import { describe, expect, it } from '@jest/globals';
import { DatabaseUnavailable } from '../../db/connection';
import type { Refusal } from '../../domain/cases/commands';
import type { OpeningRefusal } from '../../domain/cases/limits';
import { DeskSilent, DeskUnreachable } from '../desk/errors';
import { deskNotice } from './desk-notice';
import { componentEmoji } from './emoji';
import { errorAnswer } from './error-answer';
import { openingAnswer } from './opening-answer';
import { refusalText } from './refusal';
import { duration } from './time';

const HOUR = 3_600_000;

describe('the answer to an opening', () => {
  it('names the number and the channel', () => {
    const { content } = openingAnswer({ outcome: 'opened', number: 7, channelId: '55' });
    expect(content).toContain('#7');
    expect(content).toContain('<#55>');
  });

  it.each<[OpeningRefusal, RegExp]>([
    [{ limit: 'most-open', most: 1 }, /1 open ticket,.*\/ticket close/],
    [{ limit: 'cooldown', retryAt: 5_000 }, /<t:5:f> \(<t:5:R>\)/],
    [{ limit: 'per-day', most: 3, retryAt: 9_000 }, /3 tickets in the last 24 hours.*<t:9:R>/],
  ])('tells of the limit %j and what to do', (refusal, expected) => {
    expect(openingAnswer({ outcome: 'refused', refusal }).content).toMatch(expected);
  });

  it.each(['50013', '30013', 'parent-full', 'parent-gone', 'category-gone', '99999'])(
    'gives a reference with the failure %s',
    (code) => {
      const { content } = openingAnswer({ outcome: 'failed', code, reference: 'ticket-1' });
      expect(content).toContain('`ticket-1`');
      expect(content.length).toBeGreaterThan(80);
    },
  );
});

describe('refusals', () => {
  const refusals: readonly Refusal[] = [
    { refused: 'not-ready' },
    { refused: 'not-staff' },
    { refused: 'not-yours' },
    { refused: 'already-claimed', by: '5' },
    { refused: 'already-yours' },
    { refused: 'not-claimed' },
    { refused: 'no-senior-team' },
    { refused: 'already-resolved' },
    { refused: 'already-open' },
    { refused: 'closing' },
    { refused: 'closed' },
    { refused: 'reopen-window-over' },
  ];

  it('are sentences of their own', () => {
    const texts = refusals.map(refusalText);
    expect(new Set(texts).size).toBe(refusals.length);
    for (const text of texts) expect(text).toMatch(/^[A-Z<].*\.$/);
  });
});

describe('errors', () => {
  it.each([
    [new DeskUnreachable({}), /Nothing was opened or changed/],
    [new DeskSilent(), /may have been done or not/],
    [new DatabaseUnavailable(new Error('down')), /can't be read right now/],
    [new Error('secret detail'), /Something went wrong on our side/],
  ])('say what %s means, with a reference and nothing internal', (error, expected) => {
    const { content } = errorAnswer(error, '4711');
    expect(content).toMatch(expected);
    expect(content).toContain('`4711`');
    expect(content).not.toContain('secret detail');
  });
});

describe('the line in the staff’s log', () => {
  const context = {
    number: 12,
    categoryTitle: 'Sup*port',
    openerId: '100',
    channelId: '55',
    generation: 1,
    openedAt: 0,
    at: 25 * HOUR,
    teamName: 'Seniors',
  };

  it('tells of a new ticket and of one that is reopened', () => {
    const event = { type: 'channel-created', channelId: '55', messageId: '56' } as const;
    expect(deskNotice(event, context)?.content).toMatch(/Sup\\\*port: opened by <@100> in <#55>/);
    expect(deskNotice(event, { ...context, generation: 2 })?.content).toContain('reopened');
  });

  it('tells how long a ticket took and what was kept', () => {
    expect(deskNotice({ type: 'closed', messages: 1 }, context)?.content).toContain(
      'closed after 1 day 1 hour, 1 message stored',
    );
  });

  it('tells what to do about a closing that is delayed', () => {
    expect(deskNotice({ type: 'closing-delayed', code: '50013' }, context)?.content).toContain(
      'Manage Channels',
    );
  });

  it('pings nobody', () => {
    const raised = { type: 'raised', by: { serviceLevel: true }, team: 'seniors' } as const;
    expect(deskNotice(raised, context)?.allowed_mentions).toEqual({ parse: [] });
  });
});

describe('durations', () => {
  it.each([
    [0, 'less than a minute'],
    [59_999, 'less than a minute'],
    [60_000, '1 minute'],
    [2 * HOUR, '2 hours'],
    [49 * HOUR + 5 * 60_000, '2 days 1 hour'],
    [48 * HOUR + 5 * 60_000, '2 days 5 minutes'],
  ])('%d ms is %s', (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});

describe('emoji of components', () => {
  it.each([
    ['🛟', { emoji: { name: '🛟' } }],
    ['<:wave:123>', { emoji: { name: 'wave', id: '123', animated: false } }],
    ['<a:wave:123>', { emoji: { name: 'wave', id: '123', animated: true } }],
    [null, {}],
  ])('%j', (emoji, expected) => {
    expect(componentEmoji(emoji)).toEqual(expected);
  });
});
