import type { FailureCause } from '../../../src/domain/watching/check';

/** What a status check of a server has to say, known from how the server behaves. */
export type Truth =
  | {
      readonly up: true;
      /** `null`: it does not tell, or more than anybody has to read. */
      readonly players: number | null;
    }
  | { readonly up: false; readonly cause: FailureCause };

interface Kind {
  readonly truth: (players: number) => Truth;
  /** How many of 1,000 servers. */
  readonly share: number;
}

const tells = (players: number): Truth => ({ up: true, players });
const tellsNothing = (): Truth => ({ up: true, players: null });
const down = (cause: FailureCause) => (): Truth => ({ up: false, cause });

/**
 * The servers of the fleet, after what they do when they are asked for their status. Those that hang
 * until the timeout make a tenth; of each other kind there are 40 to 80 in 1,000.
 */
export const KINDS = {
  'answers at once': { truth: tells, share: 80 },
  'answers after 0.2 to 2 s': { truth: tells, share: 59 },
  'drips just fast enough': { truth: tells, share: 59 },
  'has no players': { truth: tellsNothing, share: 58 },
  'sends no pong': { truth: tells, share: 59 },
  'answers 4 MiB': { truth: tellsNothing, share: 58 },
  'never answers': { truth: down('timed-out'), share: 50 },
  'drips for ever': { truth: down('timed-out'), share: 50 },
  refuses: { truth: down('refused'), share: 59 },
  resets: { truth: down('closed-early'), share: 58 },
  'closes early': { truth: down('closed-early'), share: 59 },
  'closes half-way': { truth: down('closed-early'), share: 58 },
  'is not JSON': { truth: down('protocol-error'), share: 59 },
  'speaks HTML': { truth: down('protocol-error'), share: 59 },
  'has the wrong packet id': { truth: down('protocol-error'), share: 58 },
  'lies about its length': { truth: down('closed-early'), share: 59 },
  'claims 2 GiB': { truth: down('protocol-error'), share: 58 },
} as const satisfies Record<string, Kind>;

export type PeerKind = keyof typeof KINDS;

export const PEER_KINDS = Object.keys(KINDS).filter((kind): kind is PeerKind => kind in KINDS);

/** Those that keep a probe waiting until its timeout. */
export const HANGING: ReadonlySet<PeerKind> = new Set(['never answers', 'drips for ever']);

/**
 * The kinds of so many servers: each in its share, a tenth of all of them hanging.
 *
 * @param random draws what the shares leave open
 */
export function composition(size: number, random: () => number): PeerKind[] {
  const hanging = Math.round(size / 10);
  const rest = PEER_KINDS.filter((kind) => !HANGING.has(kind));
  return [
    ...apportioned([...HANGING], hanging, random),
    ...apportioned(rest, size - hanging, random),
  ];
}

/** Largest remainders; equal ones by lot. */
function apportioned(kinds: readonly PeerKind[], count: number, random: () => number): PeerKind[] {
  const total = kinds.reduce((sum, kind) => sum + KINDS[kind].share, 0);
  const quotas = kinds.map((kind) => {
    const quota = (KINDS[kind].share * count) / total;
    return { kind, whole: Math.floor(quota), rest: quota % 1, lot: random() };
  });
  const missing = count - quotas.reduce((sum, { whole }) => sum + whole, 0);
  const extra = new Set(
    [...quotas]
      .sort((a, b) => b.rest - a.rest || a.lot - b.lot)
      .slice(0, missing)
      .map(({ kind }) => kind),
  );
  return quotas.flatMap(({ kind, whole }) =>
    Array.from({ length: whole + (extra.has(kind) ? 1 : 0) }, () => kind),
  );
}
