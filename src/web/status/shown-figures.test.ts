import { describe, expect, it } from '@jest/globals';
import type { ServerFigures } from './figures';
import {
  SAMPLE_NOW,
  sampleEvening,
  sampleGuild,
  sampleIncident,
  sampleServer,
} from './sample-figures';
import { shownFigures } from './shown-figures';

const of = (server: Partial<ServerFigures>, readAt = SAMPLE_NOW): string =>
  shownFigures(sampleGuild({ servers: [sampleServer(server)], readAt }));
const plain = of({});
const { days, uptime } = sampleServer();

describe('what pages show of figures', () => {
  it('is the same while only time goes by', () => {
    const later = days.map((day, index) =>
      index === days.length - 1 ? { ...day, upMs: day.upMs + 9_000 } : day,
    );
    expect(of({ days: later }, SAMPLE_NOW + 9_000)).toBe(plain);
    const almost = { ...uptime, '24h': { uptime: 0.99871, coverage: 1 } };
    const more = { ...uptime, '24h': { uptime: 0.998712, coverage: 1 } };
    expect(of({ uptime: almost })).toBe(of({ uptime: more }));
  });

  it.each<[string, Partial<ServerFigures>]>([
    ['players', { players: 13 }],
    ['a check', { checkedAt: SAMPLE_NOW }],
    ['the status', { status: 'suspect' }],
    ['the name', { name: 'Other' }],
    ['an uptime', { uptime: { ...uptime, '7d': { uptime: 0.9999, coverage: 1 } } }],
    ['a coverage', { uptime: { ...uptime, '7d': { uptime: 1, coverage: 0.9999 } } }],
    [
      'a second of an outage',
      { days: days.map((day, at) => (at === 89 ? { ...day, downMs: 1_000 } : day)) },
    ],
    ['an old day', { days: days.map((day, at) => (at === 3 ? { ...day, unknownMs: 1 } : day)) }],
    ['fewer days', { days: days.slice(1) }],
  ])('is another with %s', (_, change) => {
    expect(of(change)).not.toBe(plain);
  });

  it('is another the next day, and every minute of an outage', () => {
    expect(of({}, SAMPLE_NOW + 86_400_000)).not.toBe(plain);
    const evening = sampleEvening();
    const shown = shownFigures(evening);
    expect(shownFigures({ ...evening, readAt: SAMPLE_NOW + 1_000 })).toBe(shown);
    expect(shownFigures({ ...evening, readAt: SAMPLE_NOW + 60_000 })).not.toBe(shown);
    const recovered = sampleIncident({ number: 44, openedAt: SAMPLE_NOW, minutes: 1 });
    const past = { ...evening.past, incidents: [recovered, ...evening.past.incidents] };
    expect(shownFigures({ ...evening, past })).not.toBe(shown);
  });
});
