import type { Trial } from '../trial';
import { openScene, close, untilClosed } from './scene';

/** Channel, opening message, answer: each is made, and each is answered with 502. */
export async function spoilAnswersOfOpening(trial: Trial, name: string): Promise<void> {
  const { faults } = trial.driver;
  const spoil = (method: string, route: string, body?: string) =>
    faults.add({
      kind: 'status',
      status: 502,
      when: 'after',
      match: { method, route, times: 1, ...(body === undefined ? {} : { body }) },
    });
  const spoilt = await Promise.all([
    spoil('POST', '/guilds/:guildId/channels$'),
    spoil('POST', '/channels/:channelId/messages$', '1:case:'),
    spoil('PATCH', '/webhooks/.*/messages/[^/]*$', 'is open'),
  ]);
  await Promise.all([openScene(trial, name), ...spoilt.map((fault) => fault.hit())]);
}

/** A channel's deletion is answered 503 for a while; it is deleted as soon as that is over. */
export async function refuseDeletion(trial: Trial, name: string, forMs: number): Promise<void> {
  const { driver, people } = trial;
  const scene = await openScene(trial, name);
  const { channelId } = scene.ticket;
  const refusal = await driver.faults.add({
    kind: 'status',
    status: 503,
    match: { method: 'DELETE', route: `/channels/${channelId}$` },
  });
  await close(trial, scene);
  const { at, seq } = await refusal.hit();
  const refusedStill = (ms: number) =>
    driver.waitForEntry(
      (entry) => entry.kind === 'fault' && entry.id === refusal.id && entry.at - at >= ms,
      forMs + 60_000,
      seq,
    );
  await refusedStill(forMs / 2);
  // The conversation was stored already; what an administrator writes now must be stored, too.
  await people.write(driver.person('ada'), channelId, 'ada writes while it cannot be deleted');
  await refusedStill(forMs);
  await refusal.remove();
  await untilClosed(trial, scene);
}
