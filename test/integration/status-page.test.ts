import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { z } from 'zod';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import { createWatchReader, createWatchRecorder, type WatchReader } from '../../src/db/watching';
import { SampleApp } from '../../src/web/sample-app';
import { createStatusSource } from '../../src/web/status/records';
import { COMMUNITY_GUILD, seedCommunity } from '../../bench/status/community';
import { TcpProxy } from '../e2e/bot-stage/tcp-proxy';
import { databaseUrl } from '../parts';

/** Over the wire, without pictures. */
const MOST_BYTES = 200_000;
const SERVERS = 200;
const NOW = Date.UTC(2026, 10, 23, 12, 0, 30);

let url: string;
let knex: Knex;
let app: SampleApp;
let reads = 0;

beforeAll(async () => {
  url = await databaseUrl();
  await migrate(url);
  knex = connect(url, { applicationName: 'test', statementTimeoutMs: 60_000 });
  await seedCommunity(knex, { servers: SERVERS, now: NOW, name: 'Kestrel Keep', withFigures: 3 });
  app = await serve(knex);
});
afterAll(async () => {
  await app.stop();
  await knex.destroy();
});

function serve(database: Knex): Promise<SampleApp> {
  const reader = createWatchReader(database);
  const counting: WatchReader = {
    ...reader,
    servers: (guildId, now) => {
      reads += 1;
      return reader.servers(guildId, now);
    },
  };
  const guilds = createGuildRepository(database);
  const source = createStatusSource({
    reader: counting,
    configuration: (guildId) => guilds.get(guildId),
  });
  return SampleApp.start({ status: source, now: () => NOW });
}

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${app.url}${path}`, { headers: { Accept: 'text/html', ...headers } });

describe('the status page of 200 servers with 90 days', () => {
  it.each(['br', 'gzip'])('needs less than 200 KB over the wire, with %s', async (encoding) => {
    const answer = await get('/status/kestrel-keep', { 'Accept-Encoding': encoding });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    let bytes = Number(answer.headers.get('content-length'));
    const page = await answer.text();
    expect(page.match(/<li\s+class="card" id="server-/g)).toHaveLength(SERVERS - 1);
    expect(page.match(/<i class="[a-z]" title="/g)).toHaveLength((SERVERS - 1) * 90);
    for (const [, path = ''] of page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)) {
      const asset = await get(path, { 'Accept-Encoding': encoding });
      bytes += Number(asset.headers.get('content-length'));
    }
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });

  it('shows public servers only, everywhere', async () => {
    for (const form of ['', '.json', '.rss']) {
      const text = await (await get(`/status/kestrel-keep${form}`)).text();
      expect(text).toContain('Survival 1');
      expect(text).not.toContain('Creative 2<');
      expect(text).not.toContain('server-2"');
    }
    expect((await get('/status/kestrel-keep/server-2')).status).toBe(404);
    expect((await get('/status/kestrel-keep/server-2.csv')).status).toBe(404);
  });

  it('tells what is down, since when, and why', async () => {
    const page = await (await get('/status/kestrel-keep')).text();
    expect(page).toContain('1 of 199 servers is down');
    expect(page).toContain('Survival 1 is down. It refuses connections.');
  });

  it('costs one reading for a hundred visitors at once', async () => {
    const fresh = await serve(knex);
    const before = reads;
    const tags = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const answer = await fetch(`${fresh.url}/status/kestrel-keep`, { method: 'HEAD' });
        return answer.headers.get('etag');
      }),
    );
    await fresh.stop();
    expect(new Set(tags).size).toBe(1);
    expect(reads - before).toBe(1);
  });

  it('gives the figures that the records have', async () => {
    const data = documentSchema.parse(await (await get('/status/kestrel-keep.json')).json());
    const first = data.servers.at(0);
    const days = (first?.days ?? []).map(({ downMs }) => downMs);
    expect(days).toHaveLength(90);
    expect(days.at(-1)).toBe(14 * 60_000);
    expect(first?.uptime['24h'].uptime).toBeCloseTo(1 - (14 * 60) / 86_400, 10);
    const table = await (
      await get('/status/kestrel-keep/server-1.csv?step=day&from=2026-11-20&to=2026-11-22')
    ).text();
    expect(table).toMatch(/^2026-11-20T00:00:00\.000Z,120,\d,/m);
    expect(table.trim().split('\r\n')).toHaveLength(3);
    const hours = await (await get('/status/kestrel-keep/server-1.csv')).text();
    expect(hours.trim().split('\r\n').length).toBeGreaterThan(7 * 24 - 2);
  });

  it('goes on with old incidents, page after page, to the first one', async () => {
    const seen: string[] = [];
    let path: string | undefined = '/status/kestrel-keep';
    while (path !== undefined) {
      const page: string = await (await get(path)).text();
      const numbers = [...page.matchAll(/id="incident-(\d+)"/g)].map(([, number = '']) => number);
      seen.push(...numbers);
      path = /<a rel="next" href="([^"]+)"/.exec(page)?.[1];
    }
    const expected = await knex('incident_servers')
      .join('game_servers', 'key', 'server_key')
      .where('is_public', true)
      .distinct('incident_number')
      .pluck<number[]>('incident_number');
    expect(new Set(seen)).toEqual(new Set(expected.map(String)));
    expect(seen).toHaveLength(expected.length);
  });
});

describe('a public page while Postgres is away', () => {
  const OLD = 'These figures are from';

  it('shows what it saw last and from when that is, and new figures when Postgres is back', async () => {
    const address = new URL(url);
    const wire = await TcpProxy.to(address.host);
    address.host = wire.address;
    const own = connect(address.href, { applicationName: 'away', acquireTimeoutMs: 1_000 });
    const page = await serve(own);
    const look = async (): Promise<string> => {
      const answer = await fetch(`${page.url}/status/kestrel-keep`);
      expect(answer.status).toBe(200);
      return answer.text();
    };
    const until = async (wanted: (text: string) => boolean): Promise<string> => {
      for (;;) {
        const text = await look();
        if (wanted(text)) return text;
        await pause(100);
      }
    };
    try {
      expect(await look()).not.toContain(OLD);
      wire.cut();
      const old = await until((text) => text.includes(OLD));
      expect(old).toContain('12:00 UTC');
      expect(old).toContain('Survival 1 is down');
      expect((await fetch(`${page.url}/status/other.json`)).status).toBe(503);
      wire.mend();
      await until((text) => !text.includes(OLD));
    } finally {
      await page.stop();
      await own.destroy();
      await wire.close();
    }
  });
});

describe('what users are told of an incident', () => {
  it('is its course, without anybody’s name and without notes', async () => {
    const reader = createWatchReader(knex);
    const [incident] = (await reader.incidents({ guildId: COMMUNITY_GUILD, open: true, limit: 1 }))
      .incidents;
    const state = {
      status: 'acknowledged',
      seq: 3,
      openedAt: incident?.openedAt ?? 0,
      servers: [],
      acknowledged: { by: '200000000000000001', at: NOW - 60_000 },
      raisedAt: null,
      reminders: 0,
      remindedAt: null,
      flapping: false,
      flappingKeys: [],
      recoveredAt: null,
    } as const;
    const policy = {
      alertChannelId: null,
      pingRoleIds: [],
      seniorRoleIds: [],
      raiseAfterMs: null,
      remindAfterMs: [],
      publicChannelId: null,
    };
    const [server] = incident?.servers ?? [];
    await createWatchRecorder(knex).recordIncident({
      incidentId: incident?.incidentId ?? '',
      state: { ...state, policy },
      notes: new Map([[3, 'The machine of our friend Rue burns.']]),
      events: [
        {
          seq: 1,
          at: NOW - 13 * 60_000,
          event: {
            type: 'server-down',
            server: {
              serverKey: server?.serverKey ?? 0,
              name: 'x',
              since: server?.since ?? 0,
              cause: 'refused',
              until: null,
              unknownMs: 0,
            },
          },
        },
        { seq: 2, at: NOW - 60_000, event: { type: 'acknowledged', by: '200000000000000001' } },
        { seq: 3, at: NOW - 30_000, event: { type: 'noted', by: '200000000000000001', note: '' } },
      ],
    });
    const fresh = await serve(knex);
    const pages = await Promise.all(
      ['', '.json', '.rss', '/server-1'].map(async (form) =>
        (await fetch(`${fresh.url}/status/kestrel-keep${form}`)).text(),
      ),
    );
    await fresh.stop();
    expect(pages[0]).toContain('The team knows of it and is looking into it.');
    for (const page of pages) {
      expect(page).not.toContain('200000000000000001');
      expect(page).not.toContain('Rue');
    }
  });
});

const documentSchema = z.object({
  servers: z.array(
    z.object({
      days: z.array(z.object({ downMs: z.number() })),
      uptime: z.object({ '24h': z.object({ uptime: z.number().nullable() }) }),
    }),
  ),
});
