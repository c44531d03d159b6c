import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { DatabaseUnavailable } from '../../../db/connection';
import { SampleApp } from '../../sample-app';
import {
  sampleEvening,
  sampleGuild,
  SampleSource,
  sampleServer,
} from '../../status/sample-figures';

const PAGE = '/status/kestrel-keep';
const HTML = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

let source: SampleSource;
let app: SampleApp;
beforeEach(async () => {
  source = new SampleSource(sampleEvening());
  app = await SampleApp.start({ status: source });
});
afterEach(() => app.stop());

const get = (path: string, headers: Record<string, string> = HTML): Promise<Response> =>
  fetch(`${app.url}${path}`, { headers });

const problem = z.object({
  status: z.number(),
  detail: z.string(),
  parameter: z.string().optional(),
  example: z.string().optional(),
});

describe('the status page', () => {
  it('is read without script, and allows none but its own', async () => {
    const answer = await get(PAGE);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    const page = await answer.text();
    expect(page).toContain('1 of 5 servers is down');
    expect(page).toContain('Creative is down. It does not answer in time.');
    expect(page).toContain('12 of 100 players');
    expect(page.match(/<i class=/g)).toHaveLength(5 * 90 + 5);
    // No script and no style in the page itself: the policy would not let them.
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style| style=| on[a-z]+=/);
  });

  it('loads what it names', async () => {
    const page = await (await get(PAGE)).text();
    const assets = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
    expect(assets).toHaveLength(3);
    for (const path of assets) {
      const answer = await get(path ?? '');
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toContain('immutable');
    }
    const other = await get('/assets/status.css?v=other');
    expect(other.headers.get('cache-control')).not.toContain('immutable');
    expect((await get('/assets/passwd')).status).toBe(404);
  });

  it('tells Discord what to embed', async () => {
    const page = await (await get(PAGE)).text();
    const meta = (name: string) =>
      new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`).exec(page)?.[1];
    expect(meta('og:title')).toBe('Kestrel Keep: server status');
    expect(meta('og:description')).toBe('1 of 5 servers is down.');
    expect(meta('og:image')).toBe('https://castellan.example.org/status/kestrel-keep/card.png');
    expect(meta('theme-color')).toMatch(/^#[0-9a-f]{6}$/);
    const picture = await get(`${PAGE}/card.png`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    const bytes = Buffer.from(await picture.arrayBuffer());
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
  });

  it.each([
    [{ 'Accept-Language': 'de-AT,de;q=0.9,en;q=0.5' }, '', 'de'],
    [{ 'Accept-Language': 'fr, en;q=0.4, de;q=0.6' }, '', 'de'],
    [{ 'Accept-Language': 'de' }, '?lang=en', 'en'],
    [{ 'Accept-Language': 'fr' }, '', 'en'],
    [{ 'Accept-Language': 'de;q=0, *;q=0.1' }, '', 'en'],
    [{ 'Accept-Language': ';;q=,,' }, '?lang=xx', 'en'],
  ])('speaks the reader’s language: %j %s', async (headers, query, language) => {
    const answer = await get(`${PAGE}${query}`, headers);
    expect(await answer.text()).toContain(`<html lang="${language}"`);
    expect(answer.headers.get('vary')).toContain('Accept-Language');
  });

  it('speaks the configured language to readers of none', async () => {
    source.figures = sampleGuild({ page: { ...source.figures.page, language: 'de-DE' } });
    expect(await (await get(PAGE, { 'Accept-Language': 'fr' })).text()).toContain('lang="de"');
    expect(await (await get(PAGE, { 'Accept-Language': 'en' })).text()).toContain('lang="en"');
  });

  it('is not sent again to those who have it', async () => {
    const tag = (await get(PAGE)).headers.get('etag') ?? '';
    const again = await get(PAGE, { ...HTML, 'If-None-Match': tag });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect((await get(PAGE, { ...HTML, 'If-None-Match': '"other"' })).status).toBe(200);
  });

  it('says what to do where there is nothing, in the form that was asked for', async () => {
    const page = await get('/status/nowhere', { ...HTML, 'Accept-Language': 'de' });
    expect(page.status).toBe(404);
    expect(await page.text()).toContain('Es gibt keine Statusseite mit dem Namen „nowhere“.');
    for (const path of ['/status/nowhere', '/status/NO%00WHERE', `/status/${'a'.repeat(3_000)}`]) {
      const answer = await get(path, { Accept: '*/*' });
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(problem.parse(await answer.json())).toMatchObject({ status: 404 });
    }
    expect((await get('/status/nowhere.json')).status).toBe(404);
    expect((await get('/status/nowhere.rss')).status).toBe(404);
    expect((await get(`${PAGE}/nothing`)).status).toBe(404);
    expect((await get(`${PAGE}/nothing.csv`)).status).toBe(404);
    const badge = await get(`${PAGE}/badge/nothing.svg`);
    expect([badge.status, badge.headers.get('content-type')]).toEqual([
      404,
      'image/svg+xml; charset=utf-8',
    ]);
  });

  it('shows no text from outside as markup, in no form', async () => {
    const name = '"><script>alert(1)</script>&\u202e[x](javascript:1)';
    const named = { name, motd: name, version: name };
    source.figures = sampleGuild({
      servers: [sampleServer(named)],
      page: { ...source.figures.page, name },
    });
    const forms = ['', '.rss', '/survival', '/badge/survival.svg', '/survival/charts/players.svg'];
    for (const form of forms) {
      expect(await (await get(`${PAGE}${form}`)).text()).not.toContain('<script>');
    }
  });

  it('says that it cannot be shown while nothing can be read', async () => {
    source.failure = new DatabaseUnavailable(new Error('at 10.0.0.7'));
    const page = await get(PAGE);
    expect(page.status).toBe(503);
    expect(page.headers.get('retry-after')).toBe('60');
    expect(await page.text()).toContain('One moment, please');
    const data = await get(`${PAGE}.json`);
    expect(data.status).toBe(503);
    expect(await data.text()).not.toContain('10.0.0.7');
  });
});

describe('a server’s page', () => {
  it('shows charts for every screen, and what can be taken away', async () => {
    const page = await (await get(`${PAGE}/survival?range=7d`)).text();
    const charts = [...page.matchAll(/(?:src|srcset)="([^"]*\/charts\/[^"]*)"/g)].map(
      ([, path = '']) => path.replaceAll('&amp;', '&'),
    );
    expect(charts).toHaveLength(8);
    for (const path of charts) {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(await answer.text()).toMatch(/^<svg /);
    }
    expect(page).toContain('p99');
    expect((await get(`${PAGE}/survival/charts/other.svg`)).status).toBe(404);
  });
});

describe('figures for programs', () => {
  it('are as /openapi.json describes them', async () => {
    const description = z
      .object({
        components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
      })
      .parse(await (await get('/openapi.json')).json());
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    ajv.addSchema({ ...description, $id: 'openapi' });
    for (const [path, name] of [
      [`${PAGE}.json`, 'Status'],
      [`${PAGE}/survival.json?step=day`, 'ServerHistory'],
    ]) {
      const answer = await get(path ?? '');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      const check = ajv.compile({ $ref: `openapi#/components/schemas/${name ?? ''}` });
      check(await answer.json());
      expect(check.errors).toBeNull();
    }
  });

  it('come as a table with nothing that a spreadsheet computes', async () => {
    const answer = await get(`${PAGE}/survival.csv?from=2026-11-20&to=2026-11-21T00:00:00Z`);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="kestrel-keep-survival-hours.csv"',
    );
    const [header, first, ...rest] = (await answer.text()).split('\r\n');
    expect(header).toMatch(/^at,checks,failures,latencyP50Ms,/);
    expect(first).toMatch(/^2026-11-20T00:00:00\.000Z,120,0,20,40,70,/);
    expect(rest).toHaveLength(23 + 1);
    expect(rest.at(-1)).toBe('');
  });

  it.each([
    ['from=yesterday', 'from'],
    ['from=2026-02-30', 'from'],
    ['to=2026-11-20T10:00:00', 'to'],
    ['from=2026-11-22&to=2026-11-21', 'from'],
    ['from=2026-01-01&step=hour', 'from'],
    ['from=1990-01-01&step=day', 'from'],
    ['step=minute', 'step'],
  ])('say which parameter is wrong, with a right one: %s', async (query, parameter) => {
    for (const form of ['csv', 'json']) {
      const answer = await get(`${PAGE}/survival.${form}?${query}`);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      const said = problem.parse(await answer.json());
      expect(said).toMatchObject({ status: 400, parameter });
      const right = new URLSearchParams(query);
      right.set(parameter, said.example ?? '');
      expect((await get(`${PAGE}/survival.${form}?${right.toString()}`)).status).toBe(200);
    }
  });

  it('come as a feed whose items have steady names', async () => {
    const feed = await (await get(`${PAGE}.rss`)).text();
    expect(feed).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<rss version="2.0"/);
    const guids = [...feed.matchAll(/<guid isPermaLink="false">([^<]+)<\/guid>/g)].map(
      ([, id]) => id,
    );
    expect(guids).toEqual(
      [
        ['43', 'open'],
        ['42', 'over'],
        ['41', 'over'],
        ['40', 'over'],
      ].map(
        ([number, state]) =>
          `https://castellan.example.org/status/kestrel-keep#incident-${number ?? ''}-${state ?? ''}`,
      ),
    );
    for (const [, date = ''] of feed.matchAll(/<pubDate>([^<]+)<\/pubDate>/g)) {
      expect(new Date(date).toUTCString()).toBe(date);
    }
  });
});
