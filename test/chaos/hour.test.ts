import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConversationRepository } from '../../src/db/conversations';
import { DEMO } from '../../sandbox';
import { TicketDesk } from '../workflow/ticket-desk';
import { until } from '../workflow/until';
import { table } from './evidence/report';
import { scaleOf } from './scale';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const scale = scaleOf(process.env);

/** The real workflow and its real effects, on a server whose time can be skipped. */
describe('an hour without deletions', () => {
  let desk: TicketDesk;

  beforeAll(async () => {
    desk = await TicketDesk.set();
  });

  afterAll(async () => {
    await desk.strike();
  });

  it(
    'keeps the channel and everything in it, tells staff once, and deletes it afterwards',
    async () => {
      const refusals: number[] = [];
      for (let round = 1; round <= scale.rounds; round += 1) refusals.push(await hour(round));
      // It never waits longer than half a minute for the next try.
      expect(Math.min(...refusals)).toBeGreaterThanOrEqual(100);
      process.stdout.write(
        table('The deletion answered 503 for an hour', [
          ['hours', scale.rounds],
          ['tries that were refused, fewest in an hour', Math.min(...refusals)],
          ['tries that were refused, most in an hour', Math.max(...refusals)],
        ]),
      );
    },
    scale.rounds * 2 * MINUTE,
  );

  /** @returns how many tries were refused */
  async function hour(round: number): Promise<number> {
    const { driver } = desk.discord;
    const name = `player${50 + round}`;
    const ticket = await desk.open(name);
    const channelId = await desk.channel(ticket);
    await driver.person(name).write(channelId, 'Before the outage');
    const refusal = await driver.faults.add({
      match: { method: 'DELETE', route: `/channels/${channelId}$` },
      kind: 'status',
      status: 503,
    });
    await desk.command(ticket, 'close', name);
    await until('the delay', async () => (await desk.history(ticket)).includes('closing-delayed'));
    const before = await desk.env.currentTimeMs();
    await desk.env.sleep(HOUR);
    expect((await desk.env.currentTimeMs()) - before).toBeGreaterThanOrEqual(HOUR);
    expect(await desk.contents(channelId)).toContain('Before the outage');
    await driver.person('ada').write(channelId, 'After an hour');
    const refused = (await driver.journal({ kind: 'fault', route: channelId })).length;
    await refusal.remove();
    await desk.env.sleep(MINUTE);
    await until('the closing', async () => (await desk.history(ticket)).includes('closed'));

    expect(await desk.contents(channelId)).toBeNull();
    const kept = await createConversationRepository(desk.knex).get(ticket.workflowId, 1);
    const stored = await readFile(path.join(desk.storageFolder, kept?.storageKey ?? ''), 'utf8');
    expect(stored).toContain('Before the outage');
    expect(stored).toContain('After an hour');
    const { number } = (await desk.cases.get(ticket.workflowId)) ?? {};
    const told = (await driver.messages(DEMO.channels.deskLog)).filter(
      ({ content }) => content.includes(`**#${number ?? 0}**`) && content.includes('delayed'),
    );
    expect(told).toHaveLength(1);
    return refused;
  }
});
