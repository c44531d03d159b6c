import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, property, string } from 'fast-check';
import { breaches } from '../../../test/e2e/bot-stage/message-limits';
import { TOKEN_HEADER } from '../../web/sources/zapier/verify';
import type { Origin } from '../../domain/announcements/settings';
import {
  DAY,
  delivery,
  HOUR,
  NOW,
  route,
  settings,
  source,
} from '../../../test/contracts/source-fixtures';
import { ids, labels, NASTY, NASTY_TEXTS, text } from './shown';
import { removeQuestion, sourceCard } from './source-card';
import { setUpSteps } from './source-guide';
import { SOURCES_PAGE, sourcesAnswer } from './source-list';
import { sourceSetupAnswer, type SourceSetupOutcome } from './source-setup-answer';

const anyText = constantFrom(...NASTY_TEXTS);

const ORIGINS: readonly Origin[] = [
  { provider: 'bitbucket' },
  { provider: 'github' },
  { provider: 'gitlab' },
  { provider: 'twitch' },
  { provider: 'youtube', channelId: 'UCabcdefghijklmnopqrstuv' },
  {
    provider: 'feed',
    address: `https://x.example/${NASTY.repeat(20)}`,
    everyMs: HOUR,
    allowInternal: false,
  },
  ...(['plain', 'youtube', 'twitter'] as const).map((mapping): Origin => ({
    provider: 'zapier',
    mapping,
  })),
  ...[
    { kind: 'bearer', header: null } as const,
    { kind: 'bearer', header: 'x-`token`' } as const,
    { kind: 'standard-webhooks' } as const,
    {
      kind: 'hmac',
      header: 'x-signature',
      algorithm: 'sha256',
      encoding: 'hex',
      prefix: 'sha256=',
    } as const,
  ].map((authentication): Origin => ({
    provider: 'generic',
    authentication,
    mapping: { items: '$.entries', title: `$['${'@everyone'.repeat(30)}']`, url: '$.url' },
  })),
];

const LONGEST = 'w'.repeat(32);

describe('the list of sources', () => {
  it('says of each where its news go, what came last, and what the hub says', () => {
    const youtube = source(
      {
        origin: 'file',
        subscription: {
          topic: 't',
          state: 'refused',
          askedAt: NOW - DAY,
          leaseUntil: null,
          etag: null,
          lastModified: null,
          askedFeedAt: NOW - HOUR,
          error: 'The hub answered 403 @everyone.',
        },
      },
      { id: 'videos', origin: { provider: 'youtube', channelId: 'UC1' } },
    );
    const shown = sourcesAnswer({
      sources: [
        { source: source(), last: delivery({ fate: 'filtered' }) },
        { source: youtube, last: null },
        { source: source({ told: ['mis-signed'] }), last: null },
      ],
      page: 0,
      pages: 1,
      count: 3,
    });
    expect(shown.embeds[0]?.description?.split('\n')).toEqual([
      '**keep** · GitHub → <#500>',
      '-# 🧹 last delivery <t:1799996400:R>: held back by the filters',
      '**videos** 📄 · YouTube → <#500>',
      '-# nothing was delivered yet',
      '-# 📰 not subscribed: the feed is looked at instead; the feed was looked at <t:1799996400:R> (The hub answered 403 ＠everyone.)',
      '**keep** · GitHub → <#500>',
      '-# nothing was delivered yet',
      '-# ⚠️ requests come that are signed wrong',
    ]);
    expect(ids(shown)).toEqual(['1:source']);
  });

  it('fits whatever stands in it, and turns its pages', () => {
    assert(
      property(anyText, array(constantFrom(...ORIGINS), { minLength: 1 }), (error, origins) => {
        const sources = origins.slice(0, SOURCES_PAGE).map((origin, index) => ({
          source: source(
            {
              told: ['silent', 'hub', 'feed', 'revoked', 'mis-signed', 'malformed', 'other'],
              subscription: {
                topic: 't',
                state: 'active',
                askedAt: NOW,
                leaseUntil: NOW,
                etag: null,
                lastModified: null,
                askedFeedAt: NOW,
                error,
              },
            },
            {
              id: `${index}${LONGEST}`.slice(0, 32),
              origin,
              routes: Array.from({ length: 9 }, (_, at) =>
                route({ channelId: `9${at}`.padEnd(20, '0') }),
              ),
            },
          ),
          last: delivery({ fate: 'received' }),
        }));
        const shown = sourcesAnswer({ sources, page: 1, pages: 3, count: 24 });
        expect(breaches(shown)).toEqual([]);
        expect(ids(shown)).toEqual(['1:source', '1:sources:0', '1:sources:2']);
      }),
      { numRuns: 40 },
    );
  });

  it('says what to do where there is none', () => {
    const none = sourcesAnswer({ sources: [], page: 0, pages: 1, count: 0 });
    expect(none.content).toContain('`/announce add`');
  });
});

describe('a source', () => {
  const card = (...of: Parameters<typeof source>) =>
    sourceCard({
      source: source(...of),
      last: null,
      address: 'https://castellan.example.org/webhooks/github/1-keep',
      now: NOW,
    });

  it('shows its address, never its secret, and what can be done', () => {
    const shown = card();
    expect(text(shown)).toContain('https://castellan.example.org/webhooks/github/1-keep');
    expect(text(shown)).not.toContain('sealed-secret');
    expect(labels(shown)).toEqual(['New secret', 'Last deliveries', 'Test', 'Remove …']);
  });

  it('offers no change that is not possible', () => {
    const ofFile = card({ origin: 'file' }, { secretVariables: ['WEBHOOK_SECRET_KEEP'] });
    expect(labels(ofFile)).toEqual(['Last deliveries', 'Test']);
    expect(text(ofFile)).toContain('`WEBHOOK_SECRET_KEEP`');
    const feed = card({}, { origin: { provider: 'youtube', channelId: 'UC1' } });
    expect(labels(feed)).toEqual(['Last deliveries', 'Test', 'Remove …']);
    expect(text(feed)).not.toContain('/webhooks/');
  });

  it('says until when the secret before the newest is valid', () => {
    const secrets = [
      { sealed: 'a', madeAt: NOW - HOUR, validUntil: null },
      { sealed: 'b', madeAt: NOW - DAY, validUntil: NOW + HOUR },
    ];
    expect(text(card({ secrets }))).toContain('The one before it is valid until <t:1800003600:f>');
    expect(text(card({ secrets: secrets.slice(0, 1) }))).not.toContain('The one before');
    expect(text(card({ secrets: [] }))).toContain('There is none yet');
  });

  it('fits with all that a configuration may hold', () => {
    const full = route({
      channelKind: 'forum',
      filter: {
        events: [NASTY.repeat(5)],
        branches: ['*'.repeat(300)],
        paths: [NASTY.repeat(9)],
        authors: [NASTY],
        contains: [NASTY],
        lacks: ['_'.repeat(300)],
      },
      template: { title: 'x' },
      language: 'x'.repeat(30),
      ping: { roleId: '1'.repeat(20), everyMs: HOUR },
      thread: true,
      tagIds: ['1', '2'],
      publish: true,
      digestMs: HOUR,
      quietHours: { fromMinute: 1_320, toMinute: 420, timeZone: '*'.repeat(60) },
    });
    for (const origin of ORIGINS) {
      const more = { id: LONGEST, origin, routes: Array.from({ length: 20 }, () => full) };
      expect(breaches(card({}, more))).toEqual([]);
    }
    expect(text(card({}, { routes: [full] }))).toContain('quiet 22:00–07:00');
  });

  it('is removed only after a question', () => {
    const shown = removeQuestion(LONGEST);
    expect(ids(shown)).toEqual([`1:srcgone:${LONGEST}`, `1:srccard:${LONGEST}`]);
    expect(breaches(shown)).toEqual([]);
  });
});

describe('what is to be entered where', () => {
  it.each(ORIGINS.map((origin) => [JSON.stringify(origin).slice(0, 60), origin] as const))(
    'is said for %s',
    (_, origin) => {
      const asksItself = origin.provider === 'youtube' || origin.provider === 'feed';
      const steps = setUpSteps(origin);
      expect(steps).toHaveLength(asksItself ? 0 : 3);
      for (const step of steps) expect(step.length).toBeLessThan(700);
    },
  );

  it('names the header that the verification of Zaps looks at', () => {
    const steps = setUpSteps({ provider: 'zapier', mapping: 'plain' });
    expect(steps.join(' ')).toContain(`\`${TOKEN_HEADER}\``);
  });
});

describe('the answer to a change', () => {
  const SECRET = 'c2VjcmV0LW9mLTMyLWJ5dGVzLXRoYXQtbm9ib2R5';
  const ADDRESS = 'https://castellan.example.org/webhooks/github/1-keep';

  it('shows address, secret and steps when a source is added', () => {
    const shown = sourceSetupAnswer({
      outcome: 'added',
      source: settings(),
      address: ADDRESS,
      secret: SECRET,
      warnings: [],
    });
    expect(shown.content).toContain(`\`\`\`\n${ADDRESS}\n\`\`\``);
    expect(shown.content).toContain(`\`\`\`\n${SECRET}\n\`\`\``);
    expect(text(shown)).toContain('application/json');
    expect(text(shown)).not.toContain('PUBLIC_URL');
  });

  it.each([
    'http://127.0.0.1:3000',
    'http://localhost:3000',
    'http://192.168.1.4',
    'http://[::1]:3000',
    'http://10.0.0.1',
    'http://castle.local',
  ])('warns that no service reaches %s', (base) => {
    const shown = sourceSetupAnswer({
      outcome: 'added',
      source: settings(),
      address: `${base}/webhooks/github/1-keep`,
      secret: SECRET,
      warnings: ['I cannot post in <#500> yet: give my role **View Channel** there.'],
    });
    expect(text(shown)).toContain('`PUBLIC_URL`');
    expect(text(shown)).toContain('View Channel');
  });

  it('shows no secret that nobody enters anywhere', () => {
    const youtube = settings({ origin: { provider: 'youtube', channelId: 'UC1' } });
    const shown = sourceSetupAnswer({
      outcome: 'added',
      source: youtube,
      address: ADDRESS,
      secret: SECRET,
      warnings: [],
    });
    expect(JSON.stringify(shown)).not.toContain(SECRET);
    expect(JSON.stringify(shown)).not.toContain(ADDRESS);
  });

  it('says until when the secret before a new one is valid', () => {
    const rotated = {
      outcome: 'rotated',
      source: settings(),
      address: ADDRESS,
      secret: SECRET,
    } as const;
    expect(sourceSetupAnswer({ ...rotated, othersUntil: NOW }).content).toContain(
      '<t:1800000000:f>',
    );
    expect(sourceSetupAnswer({ ...rotated, othersUntil: null }).content).not.toContain('before it');
  });

  it('fits, whatever was typed', () => {
    assert(
      property(constantFrom(...ORIGINS), anyText, array(string()), (origin, words, reasons) => {
        const full = settings({ origin, routes: Array.from({ length: 9 }, () => route()) });
        const address = `https://castellan.example.org/${'x'.repeat(200)}`;
        const outcomes: readonly SourceSetupOutcome[] = [
          { outcome: 'added', source: full, address, secret: SECRET, warnings: [ADDRESS] },
          { outcome: 'changed', source: full, warnings: Array.from({ length: 9 }, () => ADDRESS) },
          { outcome: 'unchanged', id: words },
          { outcome: 'removed', id: words, tellService: true },
          { outcome: 'rotated', source: full, address, secret: SECRET, othersUntil: NOW },
          { outcome: 'delivering-again' },
          { outcome: 'erased' },
          { outcome: 'unknown-delivery' },
          { outcome: 'exists', id: words },
          { outcome: 'unknown-source', id: words },
          { outcome: 'in-file', id: words },
          { outcome: 'secret-in-environment', id: words, variables: [words, words] },
          { outcome: 'no-secret', id: words },
          { outcome: 'invalid', reasons: [words, ...reasons] },
          { outcome: 'failed', reference: words },
        ];
        for (const outcome of outcomes) {
          const shown = sourceSetupAnswer(outcome);
          expect([outcome.outcome, ...breaches(shown)]).toEqual([outcome.outcome]);
          expect(JSON.stringify(shown)).not.toMatch(/@everyone|<@1>/);
        }
      }),
      { numRuns: 30 },
    );
  });
});
