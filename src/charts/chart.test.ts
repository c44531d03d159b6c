import { describe, expect, it } from '@jest/globals';
import { chartPng, chartSvg, type ChartInput, type ChartPoint } from '.';
import { panelLines } from './lines';
import { timeTicks } from './ticks';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 2026-01-06 00:00 UTC. */
const MIDNIGHT = Date.UTC(2026, 0, 6);

function point(at: number, players: number | null = 10): ChartPoint {
  return {
    at,
    players: players === null ? null : { min: players - 2, avg: players, max: players + 3 },
    latency: players === null ? null : { p50: 40, p95: 70 },
  };
}

function input(changes: Partial<ChartInput> = {}): ChartInput {
  return {
    panels: ['players', 'latency'],
    from: MIDNIGHT,
    until: MIDNIGHT + DAY,
    stepMs: HOUR,
    points: Array.from({ length: 24 }, (_, hour) => point(MIDNIGHT + hour * HOUR)),
    shades: [],
    theme: 'light',
    width: 700,
    height: 400,
    description: 'survival: 24 hours',
    idPrefix: 'chart',
    ...changes,
  };
}

describe('the lines of a panel', () => {
  it('stand in the middle of each stretch, with a band from the fewest to the most', () => {
    const lines = panelLines(input({ points: [point(MIDNIGHT)] }), 'players');
    expect(lines.line).toEqual([[MIDNIGHT + HOUR / 2, 10]]);
    expect(lines.low).toEqual([[MIDNIGHT + HOUR / 2, 8]]);
    expect(lines.height).toEqual([[MIDNIGHT + HOUR / 2, 5]]);
  });

  it('have a gap where a stretch is missing and where it told nothing', () => {
    const points = [0, 1, 4, 5].map((hour) => point(MIDNIGHT + hour * HOUR, hour === 5 ? null : 7));
    const { line, lone } = panelLines(input({ points }), 'latency');
    expect(line.map(([, value]) => value)).toEqual([40, 40, null, 40, null]);
    expect([...lone]).toEqual([MIDNIGHT + 4.5 * HOUR]);
  });

  it('leave out what lies outside, and show the stretch that is not over at the end', () => {
    const until = MIDNIGHT + 6 * HOUR;
    const points = [point(MIDNIGHT - 2 * DAY), point(MIDNIGHT), point(MIDNIGHT + DAY)];
    const { line } = panelLines(input({ points, until, stepMs: DAY }), 'players');
    expect(line).toEqual([[until, 10]]);
  });
});

describe('the marks of the time', () => {
  it('are at round hours of a day, and name the day where it changes', () => {
    const ticks = timeTicks(MIDNIGHT - 12 * HOUR + 60_000, MIDNIGHT + 12 * HOUR, 8);
    expect(ticks.at.map((at) => ticks.label(at))).toEqual([
      '15:00',
      '18:00',
      '21:00',
      '6 Jan',
      '03:00',
      '06:00',
      '09:00',
    ]);
  });

  it('are at midnights of a long time, never more than have room', () => {
    for (const days of [2, 7, 30, 90, 365]) {
      const { at } = timeTicks(MIDNIGHT, MIDNIGHT + days * DAY, 8);
      expect(at.length).toBeGreaterThan(0);
      expect(at.length).toBeLessThanOrEqual(9);
    }
    const week = timeTicks(MIDNIGHT, MIDNIGHT + 7 * DAY, 8);
    expect(week.at.every((tick) => tick % DAY === 0)).toBe(true);
  });
});

describe('a chart', () => {
  it('is the same text for the same input, whatever was drawn before', () => {
    const first = chartSvg(input());
    chartSvg(input({ theme: 'dark' }));
    expect(chartSvg(input())).toBe(first);
    expect(first).toMatch(
      /^<svg role="img" aria-label="survival: 24 hours" width="700" height="400"/,
    );
  });

  it('has ids of its own, so that several stand in one page, and nothing that a page must allow', () => {
    const svg = chartSvg(input({ idPrefix: 'server-7' }));
    const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.every((id) => id?.startsWith('server-7-'))).toBe(true);
    expect(svg).not.toMatch(/<script|<style|zr\d|href=|on\w+=/);
  });

  it('takes text from outside as text', () => {
    const svg = chartSvg(input({ description: "\"><script>alert(1)</script>\u202E & 'x'" }));
    expect(svg).not.toContain('<script');
    expect(svg).not.toContain('\u202E');
    expect(svg).toContain(
      'aria-label="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;x&#39;"',
    );
  });

  it('shades outages and maintenance and says what the colours mean', () => {
    const plain = chartSvg(input());
    expect(plain).not.toContain('down');
    const shaded = chartSvg(
      input({
        shades: [
          { kind: 'down', from: MIDNIGHT - HOUR, until: MIDNIGHT + HOUR },
          { kind: 'maintenance', from: MIDNIGHT + 2 * HOUR, until: MIDNIGHT + 2 * HOUR + 1_000 },
        ],
      }),
    );
    expect(shaded).toContain('#e5534b');
    expect(shaded).toContain('#8e7cc3');
    expect(shaded).toContain('maintenance');
  });

  it('can be drawn of nothing, and of one panel', () => {
    expect(chartSvg(input({ points: [] }))).toContain('<svg');
    expect(chartSvg(input({ panels: ['latency'] }))).not.toContain('Players');
  });

  it('is a picture with its words in it, in both themes', async () => {
    const [light, dark] = await Promise.all([
      chartPng(input()),
      chartPng(input({ theme: 'dark' })),
    ]);
    const size = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect(light.subarray(1, 4).toString()).toBe('PNG');
    expect(size(light)).toEqual([1_050, 600]);
    expect(size(dark)).toEqual([1_050, 600]);
    expect(light.equals(dark)).toBe(false);
  });
});
