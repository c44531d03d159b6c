import { z } from 'zod';

/** A fault that the driver asks for: which requests it hits, and what it does to them. */
export const faultForm = z.object({
  match: z
    .object({
      method: z.string().optional(),
      /** A regular expression over `/channels/:channelId/messages` and over the real path. */
      route: z.string().optional(),
      /** A regular expression over the request's JSON. */
      body: z.string().optional(),
      /** How many requests it hits before it is used up. */
      times: z.number().int().positive().optional(),
      /** How many matching requests it lets pass first. */
      skip: z.number().int().nonnegative().optional(),
      /** How likely it hits a matching request, from a seeded generator. */
      probability: z.number().min(0).max(1).optional(),
      seed: z.number().int().optional(),
    })
    .default({}),
  kind: z.enum(['status', 'delay', 'hang', 'drop']),
  /** Before: the request has no effect. After: it has, but the answer is spoilt. */
  when: z.enum(['before', 'after']).default('before'),
  /** For `status`. */
  status: z.number().int().min(100).max(599).default(500),
  body: z.unknown().optional(),
  /** For `status` 429 and 503, in seconds. */
  retryAfter: z.number().nonnegative().optional(),
  /** For a 429: whose limit it was. */
  scope: z.enum(['user', 'shared', 'global']).optional(),
  /** For `delay`, in milliseconds. */
  ms: z.number().nonnegative().default(0),
});

/** What `faults.add` takes. */
export type FaultSpec = z.input<typeof faultForm>;
/** The same with every default filled in. */
export type FullFaultSpec = z.output<typeof faultForm>;

/** A fault that is in force. */
export interface Fault {
  id: string;
  spec: FullFaultSpec;
  hits: number;
}

interface Armed extends Fault {
  route: RegExp | null;
  body: RegExp | null;
  skipped: number;
  random: () => number;
}

/** What of a request decides whether a fault hits it. */
export interface FaultTarget {
  method: string;
  route: string;
  path: string;
  body: unknown;
}

/** The faults in force, in the order in which they were added. */
export class Faults {
  private readonly armed = new Map<string, Armed>();
  private count = 0;

  add(spec: FullFaultSpec): Fault {
    this.count += 1;
    const { match } = spec;
    const fault: Armed = {
      id: `fault-${this.count}`,
      spec,
      hits: 0,
      skipped: 0,
      route: match.route === undefined ? null : new RegExp(match.route),
      body: match.body === undefined ? null : new RegExp(match.body),
      random: seeded(match.seed ?? this.count),
    };
    this.armed.set(fault.id, fault);
    return fault;
  }

  remove(id: string): void {
    this.armed.delete(id);
  }

  clear(): void {
    this.armed.clear();
  }

  list(): Fault[] {
    return [...this.armed.values()].map(({ id, spec, hits }) => ({ id, spec, hits }));
  }

  /** The first fault of that time that hits the request; it is counted as a hit. */
  hit(when: 'before' | 'after', target: FaultTarget): Fault | undefined {
    for (const fault of this.armed.values()) {
      if (fault.spec.when !== when || !matches(fault, target)) continue;
      const { match } = fault.spec;
      if (fault.skipped < (match.skip ?? 0)) {
        fault.skipped += 1;
        continue;
      }
      if (match.probability !== undefined && fault.random() >= match.probability) continue;
      fault.hits += 1;
      if (match.times !== undefined && fault.hits >= match.times) this.armed.delete(fault.id);
      return fault;
    }
    return undefined;
  }
}

function matches(fault: Armed, target: FaultTarget): boolean {
  const { method } = fault.spec.match;
  if (method !== undefined && method.toUpperCase() !== target.method) return false;
  if (fault.route !== null && !fault.route.test(target.route) && !fault.route.test(target.path)) {
    return false;
  }
  return fault.body === null || fault.body.test(JSON.stringify(target.body ?? null));
}

/** A small repeatable generator (mulberry32): the same seed hits the same requests. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
