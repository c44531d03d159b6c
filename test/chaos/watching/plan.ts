import type { GameServerState } from '../../../sandbox';
import type { Thresholds } from '../../../src/domain/watching/server';
import type { Chance } from '../chance';

/** How a game server is: it answers, nobody listens, or it accepts connections and never answers. */
export type Condition = GameServerState['condition'];
type Away = Exclude<Condition, 'running'>;

/** Something that happens to a game server, so many milliseconds after the beginning. */
export type Act =
  | { readonly atMs: number; readonly become: Condition }
  | { readonly atMs: number; readonly fill: number };

/** A channel that shows the server. */
export interface PlannedChannel {
  readonly name: string;
  readonly type: 'voice' | 'text' | 'category';
  readonly template: string;
  /** The name that it has to have at the end, by how many players there are then. */
  readonly finally: (players: number) => string;
}

/** A game server of the run, and all that will happen to it. */
export interface PlannedServer {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly thresholds: Thresholds;
  readonly channel: PlannedChannel | null;
  /** Before anything happens. */
  readonly players: number;
  /** In the order of time; at the end it runs. */
  readonly acts: readonly Act[];
}

/** Servers are asked so often, and have so long to answer. */
export const INTERVAL_MS = 10_000;
export const TIMEOUT_MS = 1_000;
/** As the game server says it. */
export const MOST_PLAYERS = 100;

const THOROUGH: Thresholds = {
  downAfter: 3,
  upAfter: 2,
  flapChanges: 100,
  flapWithinMs: 3_600_000,
};
const QUICK: Thresholds = { ...THOROUGH, downAfter: 2, upAfter: 1 };
const NERVOUS: Thresholds = { ...QUICK, flapChanges: 4, flapWithinMs: 300_000 };

const SECOND = 1_000;

/**
 * Twelve minutes: outages of hosts and of single servers, one that falls again and again, one that only
 * hiccups, and one that never falls. What a channel shows changes for the last time in the eighth minute, so
 * that Discord's limit lets the last name through in the eleventh.
 */
export function fullPlan(chance: Chance): PlannedServer[] {
  const alpha = hostOutages(chance, [
    [40, 60, 75, 110],
    [270, 300, 80, 120],
  ]);
  const long = 70 + chance.between(0, 10);
  return [
    server(chance, 'alpha-1', 'alpha', THOROUGH, alpha(), voice('alpha-1')),
    server(chance, 'alpha-2', 'alpha', QUICK, alpha(), text('alpha-2')),
    server(chance, 'alpha-3', 'alpha', THOROUGH, alpha()),
    server(chance, 'beta-1', 'beta', THOROUGH, outage(chance, long + 40, long + 150)),
    server(
      chance,
      'beta-2',
      'beta',
      THOROUGH,
      outage(chance, long, long + 420),
      category('beta-2'),
    ),
    // So much later than the one before that it is another outage's beginning, on the same host.
    server(chance, 'beta-3', 'beta', QUICK, outage(chance, long + 355, long + 440)),
    server(chance, 'gamma', 'gamma', THOROUGH, again(chance, 480), voice('gamma')),
    server(chance, 'delta', 'delta', QUICK, again(chance, 700)),
    server(chance, 'epsilon', 'epsilon', THOROUGH, again(chance, 700)),
    server(chance, 'zeta', 'zeta', THOROUGH, again(chance, 700)),
    server(chance, 'flapper', 'eta', NERVOUS, upAndDown(chance, 420)),
    server(chance, 'hiccup', 'theta', THOROUGH, hiccups(chance, 700)),
    server(chance, 'steady', 'iota', THOROUGH, [], voice('steady')),
  ].map((one) => withPlayers(one, chance, one.channel === null ? 700 : 200));
}

/** Half a minute with a little of it. */
export function smallPlan(chance: Chance): PlannedServer[] {
  const alpha = hostOutages(chance, [[2, 4, 36, 40]]);
  return [
    server(chance, 'alpha-1', 'alpha', QUICK, alpha(), voice('alpha-1')),
    server(chance, 'alpha-2', 'alpha', QUICK, alpha()),
    server(chance, 'gamma', 'gamma', QUICK, outage(chance, 6, 40), text('gamma')),
    withPlayers(server(chance, 'hiccup', 'theta', THOROUGH, hiccups(chance, 40)), chance, 40),
    server(chance, 'steady', 'iota', THOROUGH, [], category('steady')),
  ];
}

/** When the last thing happens, in milliseconds after the beginning. */
export function endOf(plan: readonly PlannedServer[]): number {
  return Math.max(...plan.flatMap(({ acts }) => acts.map(({ atMs }) => atMs)));
}

function server(
  chance: Chance,
  id: string,
  host: string,
  thresholds: Thresholds,
  acts: readonly Act[],
  channel: PlannedChannel | null = null,
): PlannedServer {
  const name = `Server ${id}`;
  return { id, name, host, thresholds, channel, players: chance.between(1, 60), acts };
}

function voice(id: string): PlannedChannel {
  return {
    name: `${id} soon`,
    type: 'voice',
    template: '{emoji} {name} {players}/{max}',
    finally: (players) => `🟢 Server ${id} ${players}/${MOST_PLAYERS}`,
  };
}

function text(id: string): PlannedChannel {
  return {
    name: `${id}-soon`,
    type: 'text',
    template: '{emoji} {name} {players}',
    finally: (players) => `🟢-server-${id}-${players}`,
  };
}

function category(id: string): PlannedChannel {
  return {
    name: `${id} soon`,
    type: 'category',
    template: '{name}: {status}',
    finally: () => `Server ${id}: up`,
  };
}

function away(chance: Chance): Away {
  return chance.pick(['stopped', 'frozen'] as const);
}

/** One outage, from and to a second after the beginning; now and then its cause changes in the middle. */
function outage(chance: Chance, from: number, to: number): Act[] {
  const first = away(chance);
  const fromMs = from * SECOND + chance.between(0, 900);
  const toMs = to * SECOND + chance.between(0, 900);
  const changes = toMs - fromMs > 70_000 && chance.happens(0.4);
  const other = first === 'stopped' ? 'frozen' : 'stopped';
  return [
    { atMs: fromMs, become: first },
    ...(changes ? [{ atMs: (fromMs + toMs) / 2, become: other } as const] : []),
    { atMs: toMs, become: 'running' },
  ];
}

/**
 * Outages of a whole host, each beginning and lasting between so many seconds: whoever asks gets one server's
 * part in them, which differs by some seconds from the others'.
 */
function hostOutages(
  chance: Chance,
  times: readonly (readonly [earliest: number, latest: number, least: number, most: number])[],
): () => Act[] {
  const outages = times.map(([earliest, latest, least, most]) => {
    const from = chance.between(earliest, latest);
    return { from, to: from + chance.between(least, most) };
  });
  return () =>
    outages.flatMap(({ from, to }) =>
      outage(chance, from + chance.between(0, 3), to + chance.between(0, 4)),
    );
}

/** One outage after another, the last one over at `until` seconds. */
function again(chance: Chance, until: number): Act[] {
  const acts: Act[] = [];
  for (let from = chance.between(20, 70); ;) {
    const to = from + chance.between(45, 110);
    if (to > until) return acts;
    acts.push(...outage(chance, from, to));
    from = to + chance.between(40, 100);
  }
}

function upAndDown(chance: Chance, until: number): Act[] {
  const acts: Act[] = [];
  for (let from = 60; ;) {
    const to = from + chance.between(30, 42);
    if (to > until) return acts;
    acts.push(...outage(chance, from, to));
    from = to + chance.between(30, 45);
  }
}

/** Too short for an alarm: the next try, four seconds later, is answered. */
function hiccups(chance: Chance, until: number): Act[] {
  const acts: Act[] = [];
  for (let at = 5; at < until; at += chance.between(15, 40)) {
    const atMs = at * SECOND + chance.between(0, 900);
    acts.push({ atMs, become: away(chance) });
    acts.push({ atMs: atMs + chance.between(500, 2_500), become: 'running' });
  }
  return acts;
}

/** Players come and go until so many seconds after the beginning. */
function withPlayers(planned: PlannedServer, chance: Chance, until: number): PlannedServer {
  const fills: Act[] = [];
  for (let at = chance.between(3, 20); at < until; at += chance.between(8, 40)) {
    fills.push({
      atMs: at * SECOND + chance.between(0, 900),
      fill: chance.between(0, MOST_PLAYERS),
    });
  }
  const acts = [...planned.acts, ...fills].sort((one, other) => one.atMs - other.atMs);
  return { ...planned, acts };
}
