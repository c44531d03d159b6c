import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { SAMPLE_CODE, SAMPLE_UUID, SamplePlugin, typed } from '../../game/sample-plugin';

// Hundreds of requests on a busy machine.
jest.setTimeout(60_000);

let plugin: SamplePlugin;
beforeEach(async () => {
  plugin = await SamplePlugin.start({ server: { burst: 10_000, perSecond: 1 } });
});
afterEach(() => plugin.stop());

describe('many guesses at once', () => {
  it('lock every registration after five, and only those that were guessed at', async () => {
    const guessed = Array.from({ length: 30 }, (_, index) => `Guessed_${index}`);
    const quiet = Array.from({ length: 20 }, (_, index) => `Quiet_${index}`);
    for (const name of [...guessed, ...quiet]) plugin.world.add(SAMPLE_CODE, { name });
    const guesses = guessed.flatMap((name) => Array.from({ length: 8 }, () => name));
    const statuses = await Promise.all(
      guesses.map(async (name, index) => {
        const server = index % 2 === 0 ? 'survival' : 'creative';
        const answer = await plugin.post(
          '/v1/game/verifications',
          typed(`AAAA${index}`, { server, name }),
          { keys: plugin.keys[server] },
        );
        await answer.arrayBuffer();
        return answer.status;
      }),
    );
    const count = (status: number) => statuses.filter((one) => one === status).length;
    expect([count(422), count(423), count(200)]).toEqual([30 * 4, 30 * 4, 0]);
    // Five guesses each were counted; the others were not even asked about.
    expect(plugin.world.guesses).toHaveLength(30 * 5);
    const answers = await Promise.all(
      quiet.map((name) =>
        plugin.post('/v1/game/verifications', typed(SAMPLE_CODE, { server: 'survival', name })),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(quiet.map(() => 200));
  });

  it('are decided one after the other where they are one player’s', async () => {
    const names = ['Steve', 'STEVE', 'steve', 'Alex'];
    for (const name of ['Steve', 'Alex']) plugin.world.add(SAMPLE_CODE, { name });
    const decide = plugin.world.guess.bind(plugin.world);
    const deciding = new Map<string, number>();
    let most = 0;
    plugin.world.guess = async (id, guess, requestId) => {
      const before = deciding.get(id) ?? 0;
      most = Math.max(most, before + 1);
      deciding.set(id, before + 1);
      // Long enough for others to come in between, if they could.
      for (let turn = 0; turn < 50; turn += 1) await setImmediate();
      deciding.set(id, before);
      return decide(id, guess, requestId);
    };
    const statuses = await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const name = names[index % names.length] ?? '';
        return (await plugin.post('/v1/game/verifications', typed('AAAA', { name }))).status;
      }),
    );
    expect(most).toBe(1);
    expect(statuses.filter((status) => status === 422)).toHaveLength(4 + 4);
  });
});

describe('any request', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.constant('Steve'));
  const body = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.record(
      {
        server: fc.oneof(fc.constantFrom('survival', 'creative', '__proto__'), text),
        player: fc.oneof(
          fc.record({ name: text, uuid: fc.oneof(fc.constant(SAMPLE_UUID), fc.uuid(), text) }),
          fc.jsonValue(),
        ),
        code: fc.oneof(fc.constant(SAMPLE_CODE), text),
        applied: fc.oneof(
          fc.array(fc.constantFrom('1-2', '', '1-9007199254740993')),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: ['server'] },
    ),
  );

  it('is answered, and never as if something had gone wrong inside', async () => {
    plugin.world.add(SAMPLE_CODE);
    const path = fc.constantFrom('/v1/game/verifications', '/v1/game/whitelist/applied');
    await fc.assert(
      fc.asyncProperty(path, body, async (where, sent) => {
        const { status, headers } = await plugin.post(where, sent);
        expect([200, 204, 400, 401, 404, 410, 413, 422, 423, 429]).toContain(status);
        expect(headers.get('content-type') ?? 'none').toMatch(/json|none/);
      }),
      { numRuns: 120 },
    );
  });

  it('for a list is, too', async () => {
    const value = fc.oneof(text, fc.constantFrom('survival', '25x', '0s', '-1', '1'));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('registrations', 'whitelist'),
        fc.array(fc.tuple(fc.constantFrom('server', 'known', 'after', 'x'), value)),
        async (list, query) => {
          const path = `/v1/game/${list}?${new URLSearchParams(query).toString()}`;
          expect([200, 400, 401]).toContain((await plugin.get(path)).status);
        },
      ),
      { numRuns: 80 },
    );
  });
});
