import { setTimeout as pause } from 'node:timers/promises';
import type { Driver, FaultSpec } from '../../../sandbox';
import type { Chance } from '../chance';

/** What Discord does to requests, and to how many of them. */
const FAULTS: readonly (readonly [share: number, fault: Omit<FaultSpec, 'match'>])[] = [
  [0.02, { kind: 'status', status: 429, retryAfter: 0.7 }],
  [0.02, { kind: 'status', status: 500 }],
  [0.02, { kind: 'status', status: 502, when: 'after' }],
  [0.005, { kind: 'hang', when: 'before' }],
  [0.005, { kind: 'hang', when: 'after' }],
  [0.02, { kind: 'delay', ms: 900, when: 'before' }],
  [0.01, { kind: 'delay', ms: 900, when: 'after' }],
  [0.01, { kind: 'drop', when: 'before' }],
  [0.01, { kind: 'drop', when: 'after' }],
];

/** Spoils some of all requests until `clear` is called. */
export async function spoilRequests(driver: Driver, chance: Chance): Promise<void> {
  for (const [probability, fault] of FAULTS) {
    await driver.faults.add({ ...fault, match: { probability, seed: chance.between(1, 1e9) } });
  }
}

/** Cuts the gateway's connections at random until the signal is aborted. */
export async function cutGateway(
  { driver, disturb }: { readonly driver: Driver; readonly disturb: () => void },
  chance: Chance,
  pauseMs: readonly [least: number, most: number],
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const wait = pause(chance.between(...pauseMs), 'on', { signal, ref: false });
    if ((await wait.catch(() => 'over')) === 'over') return;
    const how = chance.next();
    disturb();
    if (how < 0.5) await driver.gateway.dropAll();
    else if (how < 0.75) await driver.gateway.reconnect();
    else await driver.gateway.invalidate(how < 0.85);
  }
}
