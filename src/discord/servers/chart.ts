import type { RawFile } from '@discordjs/rest';
import { chartPng, type ChartInput, type ChartShade } from '../../charts';
import type { ServerOverview, SeriesQuery } from '../../db/watching';
import { label } from '../../domain/text';
import { maintenanceAt, nextMaintenance } from '../../domain/watching/maintenance';
import type { MaintenanceWindow } from '../../domain/watching/server';
import type { Call } from '../interactions/call';
import { PERIOD_WORDS } from '../views/server-card';
import type { ChartPeriod } from './ids';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The file's name in the answer. */
export const CHART_FILE = 'chart.png';

/** Discord shows a picture about this wide beside text. */
const WIDTH = 760;
const HEIGHT = 440;

/** More of one kind would not be told apart in a picture. */
const MOST_SHADES = 200;

interface Period {
  readonly lengthMs: number;
  readonly stepMs: number;
  readonly step: SeriesQuery['step'];
}

/** Single checks are kept 48 hours, hours 90 days, days for ever; a picture shows some hundred points well. */
const PERIODS: Readonly<Record<ChartPeriod, Period>> = {
  '24h': { lengthMs: DAY, stepMs: 5 * MINUTE, step: 5 * MINUTE },
  '7d': { lengthMs: 7 * DAY, stepMs: HOUR, step: 'hour' },
  '30d': { lengthMs: 30 * DAY, stepMs: HOUR, step: 'hour' },
  '90d': { lengthMs: 90 * DAY, stepMs: DAY, step: 'day' },
};

/**
 * A server's players and response times as a picture.
 *
 * @param now milliseconds since the epoch
 * @throws DatabaseUnavailable
 */
export async function serverChart(
  call: Call,
  overview: ServerOverview,
  period: ChartPeriod,
  now: number,
): Promise<RawFile> {
  const data = await chartPng(await chartInput(call, overview, period, now));
  return { name: CHART_FILE, data, contentType: 'image/png' };
}

async function chartInput(
  call: Call,
  { server }: ServerOverview,
  period: ChartPeriod,
  now: number,
): Promise<ChartInput> {
  const { watching } = call.parts;
  const { lengthMs, stepMs, step } = PERIODS[period];
  const from = now - lengthMs;
  const [points, { incidents }] = await Promise.all([
    watching.series({ serverKeys: [server.key], from: from - stepMs, to: now, step }),
    watching.incidents({ guildId: call.guildId, serverKey: server.key, limit: MOST_SHADES }),
  ]);
  const outages = incidents
    .flatMap(({ servers }) => servers)
    .filter(({ serverKey }) => serverKey === server.key)
    .map(({ since, until }): ChartShade => ({ kind: 'down', from: since, until: until ?? now }));
  const plays = points.some(({ players }) => players !== null);
  return {
    panels: plays ? ['players', 'latency'] : ['latency'],
    from,
    until: now,
    stepMs,
    points,
    shades: [...maintenanceShades(server.maintenance, from, now), ...outages],
    theme: 'dark',
    width: WIDTH,
    height: plays ? HEIGHT : HEIGHT / 2,
    description: `${label(server.name, { max: 100, empty: server.id })}: ${PERIOD_WORDS[period]}`,
    idPrefix: 'chart',
  };
}

/** When planned maintenance was on, in order; no more than can be told apart. */
function maintenanceShades(
  windows: readonly MaintenanceWindow[],
  from: number,
  until: number,
): ChartShade[] {
  const shades: ChartShade[] = [];
  let time = maintenanceAt(windows, from) ?? nextMaintenance(windows, from);
  while (time !== null && time.from < until && shades.length < MOST_SHADES) {
    shades.push({ kind: 'maintenance', from: time.from, until: Math.min(time.to, until) });
    time = maintenanceAt(windows, time.to) ?? nextMaintenance(windows, time.to);
  }
  return shades;
}
