import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WorkflowsUnreachable } from '../../temporal/unreachable';
import { SampleWebhooks } from '../../webhooks/sample-webhooks';

let world: SampleWebhooks;
beforeEach(async () => {
  world = await SampleWebhooks.start();
});
afterEach(() => world.stop());

describe('while something is away', () => {
  it.each(['database', 'temporal', 'storage'] as const)(
    'the service is asked to deliver again: %s',
    async (part) => {
      world.away = part;
      const answer = await world.deliver('github', 'push');
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await answer.text()).not.toMatch(/10\.0\.0\.7|castellan-storage/);
      await world.deliver('github', 'push');
      expect(world.lines.filter((line) => line.includes('deliver again'))).toHaveLength(1);
      expect(world.accepted).toEqual([]);
      world.away = null;
      expect((await world.deliver('github', 'push')).status).toBe(202);
    },
  );

  it('what was kept for Temporal is taken up once, in the order in which it came', async () => {
    world.away = 'temporal';
    for (const id of ['one', 'two', 'three']) {
      world.now += 1_000;
      const answer = await world.deliver('github', 'push', { id });
      expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('is kept') });
    }
    // A service that tries again, and one that tries again when Temporal is back.
    await world.deliver('github', 'push', { id: 'one' });
    await expect(world.waiting.takeUp()).rejects.toThrow(WorkflowsUnreachable);
    world.away = null;
    expect((await world.deliver('github', 'push', { id: 'two' })).status).toBe(202);
    await world.waiting.takeUp();
    expect(world.accepted.map(({ deliveryId }) => deliveryId)).toEqual(['two', 'one', 'three']);
    expect([...world.stored.keys()].filter((key) => key.startsWith('waiting/'))).toEqual([]);
    for (const { storageKey } of world.accepted) expect(world.stored.has(storageKey)).toBe(true);
    await world.waiting.takeUp();
    expect(world.accepted).toHaveLength(3);
  });

  it('only what was verified waits', async () => {
    world.away = 'temporal';
    await world.deliver('github', 'push', { secret: 'another' });
    expect(world.stored.size).toBe(0);
  });

  it('what is no delivery does not keep the others waiting', async () => {
    world.away = 'temporal';
    await world.deliver('github', 'push');
    world.away = null;
    await world.storage.put('waiting/000-broken', Buffer.from('{'), { contentType: 'text/plain' });
    await world.waiting.takeUp();
    expect(world.accepted).toHaveLength(1);
    expect(world.lines.filter((line) => line.includes('is no delivery'))).toHaveLength(1);
  });
});
