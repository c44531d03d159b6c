import type { Driver, DriverFault } from '../../../sandbox';
import type { Castle } from '../castle/castle';
import { ALERTS_ID, PUBLIC_ID } from './places';

type Effect = NonNullable<DriverFault['match']>;

const ALERT_POSTED: Effect = { method: 'POST', route: `^/channels/${ALERTS_ID}/messages$` };
const ALERT_EDITED: Effect = { method: 'PATCH', route: `^/channels/${ALERTS_ID}/messages/` };
const NOTICE_POSTED: Effect = { method: 'POST', route: `^/channels/${PUBLIC_ID}/messages$` };
const RENAMED: Effect = { method: 'PATCH', route: '^/channels/\\d+$' };

export const FEW_EFFECTS: readonly Effect[] = [ALERT_POSTED, RENAMED];
export const ALL_EFFECTS: readonly Effect[] = [
  ALERT_POSTED,
  RENAMED,
  NOTICE_POSTED,
  ALERT_EDITED,
  ALERT_POSTED,
  RENAMED,
];

/**
 * Kills the worker each time that Discord has done something, before the worker knows of it: one effect after
 * the other, until nothing happens any more.
 *
 * @param forMs how long it is waited for an effect
 */
export async function killAtEffects(
  driver: Driver,
  castle: Castle,
  effects: readonly Effect[],
  forMs: number,
): Promise<void> {
  const until = performance.now() + forMs;
  for (const effect of effects) {
    const left = until - performance.now();
    if (left <= 0) return;
    const fault = await driver.faults.add({
      kind: 'hang',
      when: 'after',
      match: { ...effect, times: 1 },
    });
    const hit = await fault.hit(left).catch(() => undefined);
    await fault.remove();
    if (hit !== undefined) await castle.kill('worker');
  }
}
