import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { unpackDelivery } from '../../../storage/deliveries';
import { boundSource } from '../../sources/bound';
import { keptOf, requestOf } from '../../sources/kept';
import { posted } from '../../sources/requests';
import { samples } from '../../sources/samples';
import { isProvider } from '../../sources/sources';
import {
  SAMPLE_CHANNEL,
  SAMPLE_GUILD,
  SAMPLE_ORIGINS,
  sampleSettings,
  SampleWebhooks,
} from '../../webhooks/sample-webhooks';

let world: SampleWebhooks;
beforeEach(async () => {
  world = await SampleWebhooks.start();
});
afterEach(() => world.stop());

const told = async (answer: Response): Promise<Record<string, unknown>> =>
  (await answer.json()) as Record<string, unknown>;

/** Every sample that is announced. */
const SAMPLES = Object.entries(samples).flatMap(([provider, service]) =>
  service.samples
    .filter(({ event }) => event !== 'challenge')
    .filter(({ event }) => provider !== 'zapier' || event === 'plain')
    .map(({ event }) => [provider, event] as const),
);

describe('a delivery', () => {
  it.each(SAMPLES)('of %s, %s, is kept and announced', async (provider, event) => {
    if (!isProvider(provider)) throw new Error(provider);
    const answer = await world.deliver(provider, event);
    expect(answer.status).toBe(202);
    const { delivery } = await told(answer);
    const [input] = world.accepted;
    expect(input).toEqual({
      ...{ guildId: SAMPLE_GUILD, sourceId: provider, deliveryId: delivery },
      storageKey: `deliveries/${SAMPLE_GUILD}/${provider}/2026-11-18/${String(delivery)}`,
      bytes: expect.any(Number),
      receivedAt: world.now,
    });
    const kept = unpackDelivery(world.stored.get(input?.storageKey ?? '') ?? Buffer.alloc(0));
    expect(kept.body).toHaveLength(input?.bytes ?? 0);
    expect(JSON.stringify(kept)).not.toMatch(/signature|authorization|token|whsec|sha256=/i);
    // What is kept is read as what came.
    const source = boundSource(SAMPLE_GUILD, { id: provider, origin: SAMPLE_ORIGINS[provider] });
    const sample = samples[provider].samples.find((one) => one.event === event);
    const made = sample?.delivery({
      ...{ mark: 'a'.repeat(40), now: world.now, channelId: SAMPLE_CHANNEL },
    });
    const request = posted(made?.body ?? '', {
      'content-type': made?.contentType ?? '',
      ...made?.headers,
      ...(provider === 'twitch' && {
        'twitch-eventsub-message-id': 'delivery-1',
        'twitch-eventsub-message-timestamp': new Date(world.now).toISOString(),
      }),
    });
    expect(source.parse(requestOf(kept))).toEqual(source.parse(request));
    expect(keptOf(source, request)).toEqual(kept);
  });

  it.each(SAMPLES)(
    'of %s, %s, is refused when another secret signed it',
    async (provider, event) => {
      if (!isProvider(provider)) throw new Error(provider);
      const secret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
      const answer = await world.deliver(provider, event, { secret });
      // A hub is not told.
      const isHub = ['youtube', 'feed'].includes(provider);
      const type = answer.headers.get('content-type')?.split(';')[0] ?? null;
      expect([answer.status, type, answer.headers.get('www-authenticate')]).toEqual(
        isHub ? [204, null, null] : [401, 'application/problem+json', 'Webhook'],
      );
      expect(world.stored.size + world.accepted.length).toBe(0);
      expect(world.told).toEqual([
        [
          { guildId: SAMPLE_GUILD, sourceId: provider },
          { reason: 'wrong-signature', count: 1, at: world.now },
        ],
      ]);
    },
  );

  it('that is repeated is answered in the same way and started once', async () => {
    const first = await told(await world.deliver('github', 'push'));
    const again = await world.deliver('github', 'push');
    expect([again.status, await told(again)]).toEqual([202, first]);
    expect(world.accepted).toHaveLength(1);
  });

  it('is of its own source only', async () => {
    for (const to of [
      world.address('gitlab', 'github'),
      world.address('github', 'unknown'),
      world.address('smoke-signal', 'github'),
      `${world.url}/webhooks/github/github`,
      `${world.url}/webhooks/github/__proto__`,
      `${world.url}/webhooks/github/${SAMPLE_GUILD}-%E2%80%AE`,
    ]) {
      const answer = await world.deliver('github', 'push', { to });
      expect(answer.status).toBe(404);
      expect((await told(answer))['detail']).toContain('There is no such source');
    }
    expect(world.accepted).toEqual([]);
  });

  it('may be of a source that was added a moment ago', async () => {
    await world.deliver('github', 'push');
    world.add('castle-2', { provider: 'github' });
    const to = world.address('github', 'castle-2');
    world.now += 1_001;
    expect((await world.deliver('github', 'push', { to })).status).toBe(202);
  });
});

describe('signatures of others', () => {
  it('by @octokit/webhooks-methods are right', async () => {
    const body = JSON.stringify({ zen: 'ä', repository: { id: 1, full_name: 'a/b' } });
    // The package is an ES module, and asked in a process of its own.
    const signature = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { sign } from '@octokit/webhooks-methods';
         process.stdout.write(await sign(process.argv[1], process.argv[2]));`,
        world.secret,
        body,
      ],
      { encoding: 'utf8' },
    );
    const headers = { 'x-hub-signature-256': signature, 'x-github-event': 'ping' };
    expect((await world.deliver('github', 'ping', { body, headers })).status).toBe(202);
    expect((await world.deliver('github', 'ping', { body: `${body} `, headers })).status).toBe(401);
  });

  it('by standardwebhooks are right, and hold for five minutes', async () => {
    const body = JSON.stringify({ id: '1', title: 'Market day' });
    const sent = (at: number) =>
      world.deliver('generic', 'post', {
        body,
        headers: {
          'webhook-id': 'msg_1',
          'webhook-timestamp': String(Math.floor(at / 1_000)),
          'webhook-signature': new Webhook(world.secret).sign('msg_1', new Date(at), body),
        },
      });
    expect((await sent(world.now)).status).toBe(202);
    for (const [ms, words] of [
      [-301_000, 'too long ago'],
      [301_000, 'ahead of ours'],
    ] as const) {
      const answer = await sent(world.now + ms);
      expect(answer.status).toBe(401);
      expect((await told(answer))['detail']).toContain(words);
    }
  });
});

describe('secrets', () => {
  it('of the environment are all valid, and of the records until their time is over', async () => {
    const github = { provider: 'github' } as const;
    world.variables['WEBHOOK_SECRET_ONE'] = 'first';
    world.variables['WEBHOOK_SECRET_TWO'] = 'second';
    const secretVariables = ['WEBHOOK_SECRET_ONE', 'WEBHOOK_SECRET_TWO', 'WEBHOOK_SECRET_NONE'];
    world.add('env', github, {
      secrets: [],
      settings: { ...sampleSettings('env', github), secretVariables },
    });
    world.add('made', github, {
      secrets: [world.made('newest'), world.made('before', world.now + 60_000)],
    });
    world.add('none', github, { secrets: [] });
    const status = async (id: string, secret: string): Promise<number> =>
      (await world.deliver('github', 'push', { to: world.address('github', id), secret })).status;
    expect(await status('env', 'first')).toBe(202);
    expect(await status('env', 'second')).toBe(202);
    expect(await status('env', 'third')).toBe(401);
    expect(await status('env', world.secret)).toBe(401);
    expect(await status('made', 'before')).toBe(202);
    expect(await status('none', '')).toBe(401);
    world.now += 60_000;
    expect(await status('made', 'before')).toBe(401);
    expect(await status('made', 'newest')).toBe(202);
  });

  it('that cannot be opened verify nothing, and are no reason to fail', async () => {
    world.add(
      'foreign',
      { provider: 'github' },
      {
        secrets: [{ sealed: 'v1.AAAA', madeAt: 0, validUntil: null }],
      },
    );
    const to = world.address('github', 'foreign');
    expect((await world.deliver('github', 'push', { to })).status).toBe(401);
    expect(world.lines.join('')).toContain('cannot be opened');
  });
});

describe('what is not understood', () => {
  const signedBy = (body: string | Buffer) => ({
    body,
    headers: {
      'x-hub-signature-256': `sha256=${createHmac('sha256', world.secret).update(body).digest('hex')}`,
    },
  });

  it('is refused with what is wrong and what would be right', async () => {
    for (const [body, parameter] of [
      ['{', 'body'],
      ['null', 'body'],
      ['{"ref":7,"after":"a"}', 'repository'],
      ['{"repository":{"id":1,"full_name":"a/b"},"after":"a"}', 'ref'],
      [Buffer.from([0x22, 0xff]), 'body'],
    ] as const) {
      const answer = await world.deliver('github', 'push', signedBy(body));
      expect(answer.status).toBe(400);
      expect(await told(answer)).toMatchObject({
        parameter,
        detail: expect.any(String),
        example: expect.any(String),
      });
    }
    expect(world.stored.size).toBe(0);
    expect(world.told.map(([, { reason, count }]) => [reason, count])).toEqual([['malformed', 1]]);
    world.now += 60_000;
    await world.deliver('github', 'push', signedBy('{'));
    expect(world.told.map(([, { count }]) => count)).toEqual([1, 5]);
  });

  it('is of another type, or compressed', async () => {
    for (const headers of [{ 'content-type': 'text/plain' }, { 'content-encoding': 'gzip' }]) {
      expect((await world.deliver('github', 'push', { headers })).status).toBe(415);
    }
    const form = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
    expect(
      (await world.deliver('zapier', 'plain', { headers: form, body: 'title=Hi' })).status,
    ).toBe(202);
  });

  it('is too long, for its source', async () => {
    const longer = 'x'.repeat(1_100_000);
    expect((await world.deliver('gitlab', 'push', { body: longer })).status).toBe(413);
    expect((await world.deliver('github', 'push', { body: longer })).status).toBe(401);
    const most = Buffer.alloc(25 * 1_048_576 + 1, 0x20);
    expect((await world.deliver('github', 'push', { body: most })).status).toBe(413);
    expect((await world.deliver('github', 'push', signedBy(most.subarray(1)))).status).toBe(400);
  });

  it('breaks off, and is no delivery', async () => {
    const { port, pathname } = new URL(world.address('github'));
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      socket.write(
        `POST ${pathname} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
        () => {
          socket.destroy();
          resolve();
        },
      );
    });
    expect((await world.deliver('github', 'push')).status).toBe(202);
    expect(world.accepted).toHaveLength(1);
  });
});

describe('limits', () => {
  it('are of one source, and strangers use nothing of them up', async () => {
    await world.stop();
    world = await SampleWebhooks.start({ source: { burst: 2, perSecond: 1 } });
    const send = async (secret?: string): Promise<Response> =>
      world.deliver('github', 'push', secret === undefined ? {} : { secret });
    for (let count = 0; count < 5; count += 1) expect((await send('wrong')).status).toBe(401);
    expect((await send()).status).toBe(202);
    expect((await send()).status).toBe(202);
    const much = await send();
    expect([much.status, much.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await world.deliver('gitlab', 'push')).status).toBe(202);
    world.now += 1_000;
    expect((await send()).status).toBe(202);
  });

  it('are of the memory that all take together, and what was answered takes none', async () => {
    await world.stop();
    world = await SampleWebhooks.start({ bodies: 100_000 });
    const body = 'x'.repeat(120_000);
    const full = await world.deliver('github', 'push', { body });
    expect([full.status, full.headers.get('retry-after')]).toEqual([503, '5']);
    for (let count = 0; count < 5; count += 1) {
      expect((await world.deliver('github', 'push', { body: body.slice(50_000) })).status).toBe(
        401,
      );
    }
  });
});

describe('Twitch', () => {
  it('is answered its challenge', async () => {
    const answer = await world.deliver('twitch', 'challenge');
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'text/plain; charset=utf-8',
      'a'.repeat(40),
    ]);
    expect(world.stored.size + world.accepted.length).toBe(0);
  });

  it('may revoke what was subscribed to', async () => {
    const body = '{"subscription":{"type":"stream.online","status":"user_removed"}}';
    const at = new Date(world.now).toISOString();
    const signature = createHmac('sha256', world.secret).update(`m${at}${body}`).digest('hex');
    const answer = await world.deliver('twitch', 'online', {
      body,
      headers: {
        'twitch-eventsub-message-type': 'revocation',
        'twitch-eventsub-message-id': 'm',
        'twitch-eventsub-message-signature': `sha256=${signature}`,
      },
    });
    expect(answer.status).toBe(204);
    expect(world.revocations).toEqual([
      [
        { guildId: SAMPLE_GUILD, sourceId: 'twitch' },
        { reason: 'user_removed', at: world.now },
      ],
    ]);
  });
});

describe('the description', () => {
  it('names the route where it is, and nothing of it where it is not', async () => {
    const description = (await (await fetch(`${world.url}/openapi.json`)).json()) as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
      readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
    };
    expect(Object.keys(description.paths['/webhooks/{provider}/{source}'] ?? {})).toEqual([
      'post',
      'get',
    ]);
    const refs = [...JSON.stringify(description).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
    for (const [, name = ''] of refs) expect(description.components.schemas).toHaveProperty(name);
  });
});
