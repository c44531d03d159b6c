import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { SampleApp } from '../../src/web/sample-app';
import {
  sampleEvening,
  sampleGuild,
  sampleIncident,
  SAMPLE_NOW,
  SampleSource,
  sampleServer,
} from '../../src/web/status/sample-figures';
import { hindrances } from './status-page/accessibility';
import {
  findChromium,
  startChromium,
  skippedWithoutChromium,
  type Browser,
} from './web-ui/chromium';

const PAGE = '/status/kestrel-keep';
const MINUTE_MS = 60_000;

const program = findChromium();
if (program === undefined) skippedWithoutChromium('the status page');
else suite(program);

function suite(chromium: string): void {
  /** Where pictures go that nobody asked to keep. */
  const aside = mkdtempSync(path.join(tmpdir(), 'castellan-status-'));
  /** STATUS_PICTURES names a folder: the documentation's, or one to look at. */
  const pictures = process.env.STATUS_PICTURES ?? aside;
  let browser: Browser;
  let source: SampleSource;
  let app: SampleApp;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await startChromium(chromium);
  });
  afterAll(async () => {
    await browser.close();
    rmSync(aside, { recursive: true, force: true });
  });
  beforeEach(async () => {
    source = new SampleSource(sampleEvening());
    app = await SampleApp.start({ status: source });
    page = await browser.context.newPage();
  });
  afterEach(async () => {
    await page.close();
    await app.stop();
  });

  const open = async (address: string): Promise<void> => {
    await page.goto(`${app.url}${address}`, { waitUntil: 'load' });
  };
  const withoutScript = () => page.route('**/assets/status.js*', (route) => route.abort());
  const read = () => page.locator('body').innerText();

  describe.each(['light', 'dark'] as const)('on a %s screen, the public pages', (colorScheme) => {
    beforeEach(() => page.emulateMedia({ colorScheme }));

    it.each([
      ['evening', PAGE],
      ['german', `${PAGE}?lang=de`],
      ['past', `${PAGE}?before=43`],
      ['server', `${PAGE}/creative?range=7d`],
      ['nothing', '/status/nowhere'],
    ])('hinder nobody: %s', async (name, address) => {
      await open(address);
      for (const details of await page.locator('summary').all()) await details.click();
      expect(await hindrances(page)).toEqual([]);
      const picture = path.join(pictures, `${name}-${colorScheme}.png`);
      await page.screenshot({ path: picture, fullPage: true });
    });

    it('hinder nobody without script, or without a server', async () => {
      await withoutScript();
      await open(PAGE);
      expect(await hindrances(page)).toEqual([]);
      source.figures = sampleGuild({
        page: { slug: 'new', guildId: '2', name: 'New', language: null },
        servers: [],
      });
      await open('/status/new');
      expect(await hindrances(page)).toEqual([]);
      await page.screenshot({ path: path.join(pictures, `empty-${colorScheme}.png`) });
    });
  });

  it('is whole without script', async () => {
    await withoutScript();
    await open(PAGE);
    const text = await read();
    for (const said of [
      '1 of 5 servers is down',
      'Creative is down. It does not answer in time.',
      '23 Nov 2026, 11:46 UTC',
      '12 of 100 players',
      'Moving to a bigger machine',
    ]) {
      expect(text).toContain(said);
    }
    // What promises to be live is not.
    expect(text).not.toContain('keeps itself up to date');
  });

  it('fits on small screens', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const [name, address] of [
      ['evening', `${PAGE}?lang=de`],
      ['server', `${PAGE}/creative?lang=de`],
    ] as const) {
      await open(address);
      await page.screenshot({ path: path.join(pictures, `${name}-small.png`), fullPage: true });
      expect(await page.evaluate('document.scrollingElement.scrollWidth')).toBe(320);
    }
  });

  it('can be walked with the keyboard', async () => {
    await open(PAGE);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${PAGE}/survival`);
    expect(await page.locator('h1').innerText()).toBe('Survival');
  });

  it('looks as the documentation shows it', async () => {
    // The machine that takes the picture may have no font for the sample's rare characters.
    const { servers, ...evening } = sampleEvening();
    const plain = servers.map((server) => ({
      ...server,
      name: server.name.replaceAll(/[^A-Za-z ]/g, '').trim(),
    }));
    source.figures = { ...evening, servers: plain };
    await page.setViewportSize({ width: 1_100, height: 1_130 });
    await open(PAGE);
    expect(await read()).toContain('Bedrock');
    await page.screenshot({ path: path.join(pictures, 'status-page.png') });
  });

  it('takes nothing from elsewhere, and the browser has nothing to complain of', async () => {
    const hosts = new Set<string>();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await open(PAGE);
    await open(`${PAGE}/creative`);
    expect([...hosts]).toEqual([new URL(app.url).host]);
    expect(complaints).toEqual([]);
  });

  describe('with script', () => {
    /** Time in the page goes by, until it says something; each step is one look at the server. */
    const until = async (said: string): Promise<void> => {
      while (!(await read()).includes(said)) {
        const looked = page.waitForResponse((answer) => answer.url().endsWith(PAGE));
        await page.clock.fastForward(40_000);
        await (await looked).finished();
      }
    };

    /** What was just put in is drawn, and only then read, some frames later: `content-visibility` in the stylesheet. */
    const untilDrawn = async (said: string): Promise<void> => {
      while (!(await read()).includes(said));
    };

    it('shows what happens by itself, and leaves the reader where he is', async () => {
      source.figures = sampleGuild({
        servers: [sampleServer(), sampleServer({ key: 2, id: 'creative', name: 'Creative' })],
        past: {
          incidents: [sampleIncident({ number: 1, openedAt: SAMPLE_NOW - 1e9, minutes: 5 })],
          next: null,
        },
      });
      await page.clock.install({ time: SAMPLE_NOW });
      await open(PAGE);
      expect(await read()).toContain('All 2 servers are up');
      await page.locator('summary').click();
      await page.getByRole('link', { name: 'Creative' }).focus();

      const down = {
        key: 2,
        id: 'creative',
        name: 'Creative',
        status: 'down',
        cause: 'refused',
      } as const;
      source.figures = {
        ...source.figures,
        servers: [sampleServer({ players: 13 }), sampleServer({ ...down, since: SAMPLE_NOW })],
        open: [
          sampleIncident({
            number: 2,
            openedAt: SAMPLE_NOW - MINUTE_MS,
            minutes: null,
            key: 2,
            name: 'Creative',
          }),
        ],
      };
      await until('1 of 2 servers is down');
      await untilDrawn('13 of 100 players');
      expect(await read()).toContain('Outage: Creative');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Creative');
      expect(await page.locator('details').getAttribute('open')).not.toBeNull();
    });

    it('says when it cannot refresh itself, and when it can again', async () => {
      await page.clock.install({ time: SAMPLE_NOW });
      await open(PAGE);
      const note = page.locator('#offline');
      expect(await note.isVisible()).toBe(false);
      await page.route(`**${PAGE}`, (route) => route.abort());
      while (!(await note.isVisible())) await page.clock.fastForward(70_000);
      expect(await read()).toContain('1 of 5 servers is down');
      await page.unroute(`**${PAGE}`);
      while (await note.isVisible()) await page.clock.fastForward(310_000);
    });

    it('shows times of the reader’s own zone', async () => {
      await open(PAGE);
      const time = page.locator('.incident time').first();
      expect(await time.innerText()).toBe('23 Nov 2026, 11:46');
      expect(await time.getAttribute('title')).toBe('23 Nov 2026, 11:46 UTC');
    });
  });
}
