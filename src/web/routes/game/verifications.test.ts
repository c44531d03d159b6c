import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SAMPLE_CODE, SAMPLE_UUID, SamplePlugin, typed } from '../../game/sample-plugin';

let plugin: SamplePlugin;
beforeEach(async () => {
  plugin = await SamplePlugin.start();
});
afterEach(() => plugin.stop());

describe('a code that was typed', () => {
  it('is verified, however it is written', async () => {
    plugin.world.add(SAMPLE_CODE);
    const { answer, status, said } = await plugin.verify(typed(' 7kxm p4qt '));
    expect(status).toBe(200);
    expect(said).toEqual({ verified: true, message: expect.stringContaining('Confirmed') });
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(plugin.world.guesses).toEqual([
      {
        registrationId: 'registration-100-1-java-steve',
        guess: {
          serverId: 'survival',
          player: { edition: 'java', name: 'Steve', uuid: SAMPLE_UUID },
          codeHash: expect.stringMatching(/^[\w-]{43}$/),
        },
      },
    ]);
  });

  it('is taken in any case of the name, and with any form of the SAMPLE_UUID', async () => {
    plugin.world.add(SAMPLE_CODE);
    const uuid = SAMPLE_UUID.replaceAll('-', '').toUpperCase();
    expect((await plugin.verify(typed(SAMPLE_CODE, { name: 'sTEVE', uuid }))).status).toBe(200);
    expect(plugin.world.guesses[0]?.guess.player).toEqual({
      edition: 'java',
      name: 'sTEVE',
      uuid: SAMPLE_UUID,
    });
  });

  it('is found for players of Bedrock by their prefix or their SAMPLE_UUID', async () => {
    plugin.world.add(SAMPLE_CODE, { edition: 'bedrock', name: 'Iron Golem' });
    const uuid = '00000000-0000-0000-0009-01f64f65c7c3';
    expect((await plugin.verify(typed(SAMPLE_CODE, { name: '.Iron_Golem', uuid }))).status).toBe(
      200,
    );
    expect(plugin.world.guesses[0]?.guess.player).toEqual({
      edition: 'bedrock',
      name: 'Iron Golem',
      uuid,
    });
  });

  it('counts down when it is wrong, then locks', async () => {
    plugin.world.add(SAMPLE_CODE);
    for (const left of [4, 3, 2, 1]) {
      const { status, said } = await plugin.verify(typed('AAAA-AAAA'));
      expect({ status, left: said.attemptsLeft }).toEqual({ status: 422, left });
      expect(said.message).toContain(left === 1 ? '1 attempt left' : `${left} attempts left`);
    }
    const { status, said, answer } = await plugin.verify(typed('AAAA-AAAA'));
    expect(status).toBe(423);
    expect(said.message).toContain('60 minutes');
    expect(said.lockedUntil).toBe(new Date(plugin.now + 3_600_000).toISOString());
    expect(answer.headers.get('retry-after')).toBe('3600');
    plugin.now += 120_000;
    const later = await plugin.verify(typed(SAMPLE_CODE));
    expect({ status: later.status, message: later.said.message }).toEqual({
      status: 423,
      message: expect.stringContaining('58 minutes'),
    });
  });

  it.each([
    ['404', 'nobody registers that name', () => undefined, /No registration/],
    [
      '409',
      'the account is somebody else’s',
      () =>
        plugin.world.add(SAMPLE_CODE, {
          right: { verified: false, refusal: { refused: 'taken' } },
        }),
      /somebody else/,
    ],
    [
      '409',
      'the user has as many as allowed',
      () =>
        plugin.world.add(SAMPLE_CODE, {
          right: { verified: false, refusal: { refused: 'most-accounts', most: 3 } },
        }),
      /as many accounts/,
    ],
    [
      '410',
      'nobody has noticed yet that it came too late',
      () => plugin.world.add(SAMPLE_CODE, { forMs: 0 }),
      /too late/,
    ],
    [
      '410',
      'it came too late',
      () => {
        plugin.world.end(plugin.world.add(SAMPLE_CODE), 'timed-out');
      },
      /too late/,
    ],
    [
      '404',
      'it was cancelled',
      () => {
        plugin.world.end(plugin.world.add(SAMPLE_CODE), 'cancelled');
      },
      /No registration/,
    ],
    [
      '404',
      'it was confirmed before',
      () => {
        plugin.world.end(plugin.world.add(SAMPLE_CODE), 'verified');
      },
      /already/,
    ],
    [
      '404',
      'it is another guild’s',
      () => plugin.world.add(SAMPLE_CODE, { guildId: '200' }),
      /No registration/,
    ],
    [
      '404',
      'it is another edition’s',
      () => plugin.world.add(SAMPLE_CODE, { edition: 'bedrock' }),
      /No registration/,
    ],
  ])('is answered with %s where %s', async (status, _what, prepare, message) => {
    prepare();
    const { answer, said } = await plugin.verify(typed(SAMPLE_CODE));
    expect(answer.status).toBe(Number(status));
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(said.message).toMatch(message);
    expect(said.detail).toBe(said.message);
  });

  it('is answered by what ended last, and by a lock for as long as it lasts', async () => {
    const locked = plugin.world.add(SAMPLE_CODE, { userId: '1' });
    for (let count = 0; count < 5; count += 1) await plugin.verify(typed('AAAA-AAAA'));
    plugin.now += 59 * 60_000;
    expect(await plugin.verify(typed(SAMPLE_CODE))).toMatchObject({
      status: 423,
      said: { message: expect.stringContaining('60 seconds') },
    });
    plugin.world.end(plugin.world.add(SAMPLE_CODE, { userId: '2' }), 'timed-out');
    expect((await plugin.verify(typed(SAMPLE_CODE))).status).toBe(410);
    plugin.now += 2 * 60 * 60_000;
    expect((await plugin.verify(typed(SAMPLE_CODE))).status).toBe(404);
    expect(plugin.world.guesses.every(({ registrationId }) => registrationId === locked)).toBe(
      true,
    );
  });

  it('tells nobody of another’s name or code', async () => {
    plugin.world.add(SAMPLE_CODE, { name: 'Alex' });
    const right = await plugin.verify(typed(SAMPLE_CODE, { name: 'Steve' }));
    const wrong = await plugin.verify(typed('AAAA-AAAA', { name: 'Steve' }));
    const guild = await plugin.verify(typed(SAMPLE_CODE, { name: 'Alex', server: 'other' }), {
      keys: plugin.keys.other,
    });
    expect(right.said).toEqual(wrong.said);
    expect(guild.said).toEqual(wrong.said);
    expect([right.status, wrong.status, guild.status]).toEqual([404, 404, 404]);
    expect(plugin.world.guesses).toEqual([]);
  });

  it('of one of two users who register one name is that user’s', async () => {
    plugin.world.add(SAMPLE_CODE, { userId: '1' });
    plugin.world.add('2222-2222', { userId: '2' });
    expect((await plugin.verify(typed('2222-2222'))).status).toBe(200);
    expect(plugin.world.guesses.map(({ registrationId }) => registrationId)).toEqual([
      'registration-100-2-java-steve',
    ]);
  });

  it('that is neither’s counts for both, and the answer promises neither too much', async () => {
    plugin.world.add(SAMPLE_CODE, { userId: '1' });
    await plugin.verify(typed('AAAA-AAAA'));
    plugin.world.add('2222-2222', { userId: '2' });
    const { status, said } = await plugin.verify(typed('AAAA-AAAA'));
    expect({ status, left: said.attemptsLeft }).toEqual({ status: 422, left: 3 });
    expect(plugin.world.guesses).toHaveLength(3);
  });
});

describe('a request that is sent again', () => {
  it('gets the first answer, and is no second attempt', async () => {
    plugin.world.add(SAMPLE_CODE);
    const id = randomUUID();
    const first = await plugin.verify(typed('AAAA-AAAA'), { id });
    plugin.now += 60_000;
    const second = await plugin.verify(typed('AAAA-AAAA'), { id });
    expect([second.status, second.said]).toEqual([first.status, first.said]);
    expect(plugin.world.guesses).toHaveLength(1);
    expect((await plugin.verify(typed('AAAA-AAAA'))).said.attemptsLeft).toBe(3);
  });

  it('gets the first answer also while that is made', async () => {
    plugin.world.add(SAMPLE_CODE);
    const id = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => plugin.verify(typed('AAAA-AAAA'), { id })),
    );
    expect(new Set(answers.map(({ said }) => said.attemptsLeft))).toEqual(new Set([4]));
    expect(plugin.world.guesses).toHaveLength(1);
  });

  it('gets the first answer where nobody was registering, too', async () => {
    const id = randomUUID();
    expect((await plugin.verify(typed(SAMPLE_CODE), { id })).status).toBe(404);
    plugin.world.add(SAMPLE_CODE);
    expect((await plugin.verify(typed(SAMPLE_CODE), { id })).status).toBe(404);
    expect((await plugin.verify(typed(SAMPLE_CODE))).status).toBe(200);
  });

  it('gets the workflow’s answer where another process gave the first one', async () => {
    const registrationId = plugin.world.add(SAMPLE_CODE);
    const id = randomUUID();
    const guess = {
      serverId: 'survival',
      player: { edition: 'java' as const, name: 'Steve', uuid: SAMPLE_UUID },
      codeHash: plugin.hashCode(registrationId, SAMPLE_CODE),
    };
    await plugin.world.guess(registrationId, guess, id);
    expect((await plugin.verify(typed(SAMPLE_CODE), { id })).status).toBe(200);
    expect(plugin.world.guesses).toHaveLength(1);
  });

  it('needs a name of its own where it is another one', async () => {
    const id = randomUUID();
    await plugin.verify(typed('AAAA-AAAA'), { id });
    const { status, said } = await plugin.verify(typed(SAMPLE_CODE), { id });
    expect({ status, detail: said.detail }).toEqual({
      status: 400,
      detail: expect.stringContaining('webhook-id'),
    });
    // Another server's requests have nothing to do with it.
    expect(
      (
        await plugin.verify(typed(SAMPLE_CODE, { server: 'creative' }), {
          id,
          keys: plugin.keys.creative,
        })
      ).status,
    ).toBe(404);
  });
});
