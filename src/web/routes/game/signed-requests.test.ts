import { randomBytes, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { SAMPLE_CODE, SAMPLE_UUID, SamplePlugin, typed } from '../../game/sample-plugin';
import { formatSecret } from '../../../config/webhook-secret';
import { sign } from '../../standard-webhooks/sign';

const REGISTRATIONS = '/v1/game/registrations?server=survival';
let plugin: SamplePlugin;
beforeEach(async () => {
  plugin = await SamplePlugin.start();
});
afterEach(() => plugin.stop());

describe('signatures', () => {
  it('of the reference library are taken', async () => {
    plugin.world.add(SAMPLE_CODE);
    const body = JSON.stringify(typed(SAMPLE_CODE));
    const at = new Date(plugin.now);
    const signature = new Webhook(formatSecret(plugin.keys.survival[0] ?? Buffer.alloc(0))).sign(
      'm1',
      at,
      body,
    );
    const headers = {
      'webhook-id': 'm1',
      'webhook-timestamp': String(Math.floor(plugin.now / 1_000)),
      'webhook-signature': `v1a,other ${signature}`,
    };
    expect((await plugin.verify(body, { headers })).status).toBe(200);
  });

  it('that are wrong look the same as servers that nobody knows', async () => {
    const said: unknown[] = [];
    for (const [server, own] of [
      ['survival', [randomBytes(32)]],
      ['survival', plugin.keys.creative],
      ['bare', plugin.keys.survival],
      ['nowhere', plugin.keys.survival],
      ['x'.repeat(5_000), plugin.keys.survival],
    ] as const) {
      const { answer, said: problem } = await plugin.verify(typed(SAMPLE_CODE, { server }), {
        keys: own,
      });
      expect(answer.headers.get('www-authenticate')).toBe('StandardWebhooks');
      said.push([answer.status, problem]);
    }
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(said[0]).toEqual([
      401,
      expect.objectContaining({ detail: expect.stringContaining('not signed') }),
    ]);
    const { status, ok } = await plugin.get('/v1/game/registrations?server=nowhere');
    expect([status, ok]).toEqual([401, false]);
  });

  it('are needed', async () => {
    const answer = await fetch(`${plugin.url}${REGISTRATIONS}`);
    expect(answer.status).toBe(401);
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
      expect((await plugin.verify(typed(SAMPLE_CODE), { headers: { [name]: '' } })).status).toBe(
        401,
      );
    }
  });

  it('of a whole body hold for no other', async () => {
    plugin.world.add(SAMPLE_CODE);
    const headers = {
      ...sign(plugin.keys.survival, {
        id: 'm',
        at: plugin.now,
        body: JSON.stringify(typed('AAAA')),
      }),
    };
    expect((await plugin.verify(typed(SAMPLE_CODE), { headers })).status).toBe(401);
    expect((await plugin.verify(`${JSON.stringify(typed('AAAA'))} `, { headers })).status).toBe(
      401,
    );
    expect(plugin.world.guesses).toEqual([]);
  });

  it('tell those who know the secret that the clocks differ', async () => {
    for (const at of [plugin.now - 302_000, plugin.now + 302_000]) {
      const { status, said } = await plugin.verify(typed(SAMPLE_CODE), { at });
      expect(status).toBe(401);
      expect(said.detail).toContain('clock');
    }
    expect((await plugin.verify(typed(SAMPLE_CODE), { at: plugin.now - 299_000 })).status).toBe(
      404,
    );
    expect((await plugin.verify(typed(SAMPLE_CODE), { at: plugin.now + 299_000 })).status).toBe(
      404,
    );
  });

  it('are noted when they are wrong, once a minute, without what was sent', async () => {
    for (let count = 0; count < 20; count += 1) {
      await plugin.verify(typed(SAMPLE_CODE), { keys: [randomBytes(32)] });
      await plugin.verify(typed(SAMPLE_CODE, { server: 'no\u202Ewhere\n' }));
    }
    const log = plugin.lines.join('');
    expect(log.match(/"reason":"wrong-signature"/g)).toHaveLength(1);
    expect(log.match(/"reason":"unknown-server"/g)).toHaveLength(1);
    expect(log).toContain('"server":"100/survival"');
    expect(log).toContain('"server":"nowhere"');
    expect(log).not.toMatch(/7KXM|Steve|whsec/i);
  });
});

describe('what is not understood', () => {
  it.each([
    ['400', '{', {}],
    ['400', '', {}],
    ['400', Buffer.from([0x22, 0xff, 0x22]), {}],
    ['401', '[]', {}],
    ['401', 'null', {}],
    ['401', '{"server":7}', {}],
    ['400', { server: 'survival' }, {}],
    ['400', { ...typed(SAMPLE_CODE), player: { name: 'Steve', uuid: 'none' } }, {}],
    ['400', { ...typed(SAMPLE_CODE), player: { name: '', uuid: SAMPLE_UUID } }, {}],
    ['400', typed(''), {}],
    ['400', typed('x'.repeat(65)), {}],
    ['400', { ...typed(SAMPLE_CODE), code: 7 }, {}],
    ['413', { ...typed(SAMPLE_CODE), more: 'x'.repeat(17_000) }, {}],
    ['415', typed(SAMPLE_CODE), { 'Content-Type': 'text/plain' }],
    ['415', typed(SAMPLE_CODE), { 'Content-Encoding': 'gzip' }],
  ])('is refused with %s: %j', async (status, body, headers) => {
    const { answer, said } = await plugin.verify(body, { headers });
    expect(answer.status).toBe(Number(status));
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(said.message).toContain('tell the staff');
    expect(JSON.stringify(said)).not.toMatch(/xxx|7KXM/);
    expect(plugin.world.guesses).toEqual([]);
  });

  it('is named where it is a parameter', async () => {
    for (const [query, parameter] of [
      ['', 'server'],
      [`server=${'x'.repeat(300)}`, 'server'],
      ['server=survival&wait=soon', 'wait'],
      ['server=survival&wait=31s', 'wait'],
    ]) {
      const answer = await plugin.get(`/v1/game/registrations?${query ?? ''}`);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ parameter });
    }
    const answer = await plugin.get('/v1/game/whitelist?server=survival&after=-1');
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({ parameter: 'after' }),
    ]);
  });

  it('is too long also where its length is not said before', async () => {
    const { port } = new URL(plugin.url);
    const socket = connect(Number(port), '127.0.0.1');
    const said = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (part) => (text += part.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        resolve(text);
      });
    });
    const chunk = `2000\r\n${'x'.repeat(0x2000)}\r\n`;
    socket.write(
      `POST /v1/game/verifications HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}${chunk}${chunk}`,
    );
    expect(await said).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe('limits', () => {
  it('are of one player, with a time to wait', async () => {
    plugin.world.add(SAMPLE_CODE);
    const statuses: number[] = [];
    for (let count = 0; count < 11; count += 1) {
      statuses.push((await plugin.verify(typed('AAAA-AAAA'))).status);
    }
    expect(statuses).toEqual([422, 422, 422, 422, ...Array<number>(6).fill(423), 429]);
    const { answer, said } = await plugin.verify(typed('AAAA-AAAA', { name: 'STEVE' }));
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(said.message).toContain('2 seconds');
    expect((await plugin.verify(typed(SAMPLE_CODE, { name: 'Alex' }))).status).toBe(404);
    plugin.now += 2_000;
    expect((await plugin.verify(typed('AAAA-AAAA'))).status).toBe(423);
  });

  it('are of one server, and strangers use nothing of it up', async () => {
    await plugin.stop();
    plugin = await SamplePlugin.start({ server: { burst: 3, perSecond: 1 } });
    for (let count = 0; count < 10; count += 1) {
      expect((await plugin.get(REGISTRATIONS, { keys: [randomBytes(32)] })).status).toBe(401);
    }
    for (let count = 0; count < 3; count += 1)
      expect((await plugin.get(REGISTRATIONS)).status).toBe(200);
    const answer = await plugin.get(REGISTRATIONS);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '1']);
    const { status, said } = await plugin.verify(typed(SAMPLE_CODE));
    expect([status, said.message]).toEqual([429, expect.stringContaining('in a minute')]);
    const creative = await plugin.get('/v1/game/registrations?server=creative', {
      keys: plugin.keys.creative,
    });
    expect(creative.status).toBe(200);
  });
});

describe('while something is away', () => {
  it.each(['database', 'temporal'] as const)('the code can be sent again: %s', async (part) => {
    plugin.world.add(SAMPLE_CODE);
    plugin.world.away = part;
    const id = randomUUID();
    const { answer, status, said } = await plugin.verify(typed(SAMPLE_CODE), { id });
    expect(status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(said.message).toContain('cannot be checked at the moment');
    expect(JSON.stringify(said)).not.toContain('10.0.0.7');
    await plugin.verify(typed(SAMPLE_CODE));
    const told = plugin.lines.filter((line) => line.includes('asked to come again'));
    expect(told).toHaveLength(1);
    expect(told[0]).not.toMatch(/7KXM|Steve/);
    plugin.world.away = null;
    expect((await plugin.verify(typed(SAMPLE_CODE), { id })).status).toBe(200);
  });

  it('lists are asked for again', async () => {
    plugin.world.away = 'database';
    for (const path of [REGISTRATIONS, '/v1/game/whitelist?server=survival&wait=25s']) {
      const answer = await plugin.get(path);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    }
    plugin.world.away = 'temporal';
    const applied = await plugin.post('/v1/game/whitelist/applied', {
      server: 'survival',
      applied: ['1-2'],
    });
    expect([applied.status, applied.headers.get('retry-after')]).toEqual([503, '5']);
  });
});
