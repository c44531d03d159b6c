import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConversationRepository } from '../../src/db/conversations';
import { channelGoneSignal, messagesSignal } from '../../workflows/ticket/contract';
import { keepHistory } from './kept-history';
import { TicketDesk } from './ticket-desk';
import { until } from './until';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('a ticket', () => {
  let desk: TicketDesk;

  beforeAll(async () => {
    desk = await TicketDesk.set();
  });

  afterAll(async () => {
    await desk.strike();
  });

  it('is refused by a limit, and leaves no number behind', async () => {
    const first = await desk.open('player11');
    const second = await desk.open('player11');
    await Promise.all([desk.channel(first), desk.channel(second)]);
    const third = await desk.open('player11');
    await desk.ended(third);
    await keepHistory('refused-by-a-limit', third);
    expect(await desk.cases.get(third.workflowId)).toBeNull();
    for (const ticket of [first, second]) await desk.command(ticket, 'close', 'player11');
    await Promise.all([desk.closed(first), desk.closed(second)]);
  });

  it('is claimed, resolved and closed, and ends after its reopen window', async () => {
    const ticket = await desk.open('pip');
    const channelId = await desk.channel(ticket);
    expect(await desk.command(ticket, 'claim', 'rue')).toMatchObject({
      done: false,
      refusal: { refused: 'not-staff' },
    });
    expect(await desk.command(ticket, 'claim', 'mira')).toMatchObject({ done: true });
    expect(await desk.command(ticket, 'resolve', 'mira', 'Rolled back')).toMatchObject({
      done: true,
      case: { status: 'resolved' },
    });
    await until('the resolution', async () =>
      (await desk.contents(channelId))?.some((text) => text.includes('Rolled back')),
    );
    await desk.discord.driver.person('pip').write(channelId, 'Thank you!');
    expect(await desk.command(ticket, 'close', 'pip')).toMatchObject({ done: true });
    await desk.finish(ticket);
    await keepHistory('claimed-resolved-closed', ticket);

    expect(await desk.contents(channelId)).toBeNull();
    expect(await desk.history(ticket)).toEqual([
      'accepted',
      'channel-created',
      'claimed',
      'resolved',
      'closing',
      'closed',
    ]);
    const row = await desk.cases.get(ticket.workflowId);
    expect(row).toMatchObject({
      status: 'closed',
      resolvedBy: desk.discord.driver.person('mira').id,
      resolution: 'Rolled back',
      closedBy: desk.discord.driver.person('pip').id,
      closeCause: 'opener',
    });
    const conversation = await createConversationRepository(desk.knex).get(ticket.workflowId, 1);
    const stored = await readFile(join(desk.storageFolder, conversation?.storageKey ?? ''));
    expect(createHash('sha256').update(stored).digest('hex')).toBe(conversation?.sha256);
    expect(stored.toString()).toContain('Thank you!');
    const { closeTime, startTime } = await ticket.describe();
    expect((closeTime?.getTime() ?? 0) - startTime.getTime()).toBeGreaterThanOrEqual(7 * DAY);
  });

  it('is raised by a person to the senior team, which alone handles it then', async () => {
    const ticket = await desk.open('rue');
    const channelId = await desk.channel(ticket);
    await desk.command(ticket, 'claim', 'mira');
    await desk.command(ticket, 'raise', 'mira');
    expect(await desk.command(ticket, 'claim', 'tom')).toMatchObject({
      refusal: { refused: 'not-staff' },
    });
    expect(await desk.command(ticket, 'claim', 'sol')).toMatchObject({ done: true });
    const { driver } = desk.discord;
    await until('the senior to be let in', async () =>
      (await driver.person('sol').visibleChannels()).some(({ id }) => id === channelId),
    );
    await desk.command(ticket, 'close', 'sol', 'Banned the griefer');
    await desk.finish(ticket);
    await keepHistory('raised-by-a-person', ticket);
    expect(await desk.cases.get(ticket.workflowId)).toMatchObject({
      raisedBy: driver.person('mira').id,
      raisedToTeam: 'seniors',
      closeReason: 'Banned the griefer',
    });
  });

  it('warns of inactivity, and closes when nobody writes', async () => {
    const ticket = await desk.open('player12');
    const channelId = await desk.channel(ticket);
    await desk.env.sleep(DAY);
    const lastAt = await desk.env.currentTimeMs();
    await ticket.signal(messagesSignal, { lastAt, staff: null });
    await desk.env.sleep(1.5 * DAY);
    const warned = async () =>
      (await desk.contents(channelId))?.some((text) => text.includes('nobody has written here'));
    expect(await warned()).toBe(false);
    await desk.env.sleep(0.6 * DAY);
    await until('the warning', warned);
    await desk.env.sleep(DAY);
    await desk.finish(ticket);
    await keepHistory('inactivity-warned-and-closed', ticket);
    expect(await desk.history(ticket)).toEqual([
      'accepted',
      'channel-created',
      'inactivity-warned',
      'closing',
      'closed',
    ]);
    expect(await desk.cases.get(ticket.workflowId)).toMatchObject({ closeCause: 'inactivity' });
  });

  it('gets a new channel when it is reopened within the window, and not after', async () => {
    const ticket = await desk.open('player13');
    const first = await desk.channel(ticket);
    await desk.command(ticket, 'close', 'mira');
    await desk.closed(ticket);
    expect(await desk.contents(first)).toBeNull();
    // It is on record a moment before the workflow knows, which refuses until then.
    await until(
      'the ticket to open again',
      async () => (await desk.command(ticket, 'reopen', 'player13')).done,
    );
    const second = await desk.channel(ticket);
    expect(second).not.toBe(first);
    await desk.command(ticket, 'close', 'player13');
    await desk.finish(ticket);
    await keepHistory('reopened', ticket);
    expect(await desk.history(ticket)).toEqual([
      'accepted',
      'channel-created',
      'closing',
      'closed',
      'reopened',
      'channel-created',
      'closing',
      'closed',
    ]);
    await expect(desk.command(ticket, 'reopen', 'player13')).rejects.toThrow();
  });

  it('closes although Discord answers 503 to the deletion for an hour', async () => {
    const ticket = await desk.open('player14');
    const channelId = await desk.channel(ticket);
    const fault = await desk.discord.driver.faults.add({
      match: { method: 'DELETE', route: `/channels/${channelId}$`, times: 60 },
      kind: 'status',
      status: 503,
    });
    await desk.discord.driver.person('player14').write(channelId, 'Before the outage');
    await desk.command(ticket, 'close', 'mira');
    await fault.hit();
    await until('the delay', async () => (await desk.history(ticket)).includes('closing-delayed'));
    await desk.env.sleep(2 * HOUR);
    await desk.finish(ticket);
    await keepHistory('closed-with-discord-failing', ticket);
    expect(await desk.contents(channelId)).toBeNull();
    expect(await desk.history(ticket)).toEqual([
      'accepted',
      'channel-created',
      'closing',
      'closing-delayed',
      'closed',
    ]);
    const log = await desk.discord.driver.messages('1100000000000000131').catch(() => []);
    expect(log.filter(({ content }) => content.includes('closing is delayed')).length).toBeLessThan(
      2,
    );
  });

  it('keeps its channel until its conversation is stored', async () => {
    const ticket = await desk.open('player15');
    const channelId = await desk.channel(ticket);
    const aside = `${desk.storageFolder}.aside`;
    await rename(desk.storageFolder, aside);
    await writeFile(desk.storageFolder, 'in the way');
    await desk.command(ticket, 'close', 'mira');
    await until('the delay', async () => (await desk.history(ticket)).includes('closing-delayed'));
    await desk.env.sleep(HOUR);
    expect(await desk.contents(channelId)).not.toBeNull();
    await rename(desk.storageFolder, `${desk.storageFolder}.wrong`);
    await rename(aside, desk.storageFolder);
    await chmod(desk.storageFolder, 0o700);
    await desk.env.sleep(HOUR);
    await desk.finish(ticket);
    await keepHistory('closed-with-storage-failing', ticket);
    expect(await desk.contents(channelId)).toBeNull();
  });

  it('closes when its channel was deleted by hand', async () => {
    const ticket = await desk.open('player16');
    const channelId = await desk.channel(ticket);
    const { driver } = desk.discord;
    await driver.person('player16').write(channelId, 'Seen before');
    await ticket.signal(messagesSignal, { lastAt: await desk.env.currentTimeMs(), staff: null });
    await until('the message to be stored', async () => {
      const row = await desk.cases.get(ticket.workflowId);
      return row?.lastMessageId != null;
    });
    await driver.person('ada').deleteChannel(channelId);
    await ticket.signal(channelGoneSignal, { channelId });
    await desk.finish(ticket);
    await keepHistory('channel-deleted-by-hand', ticket);
    expect(await desk.cases.get(ticket.workflowId)).toMatchObject({ closeCause: 'channel-gone' });
    const conversation = await createConversationRepository(desk.knex).get(ticket.workflowId, 1);
    expect(conversation?.complete).toBe(false);
    const stored = await readFile(join(desk.storageFolder, conversation?.storageKey ?? ''), 'utf8');
    expect(stored).toContain('Seen before');
  });

  it('leaves no channel behind when its opening message is refused', async () => {
    const fault = await desk.discord.driver.faults.add({
      match: { method: 'POST', route: '/channels/:channelId/messages$', times: 1 },
      kind: 'status',
      status: 403,
      body: { message: 'Missing Permissions', code: 50_013 },
    });
    const ticket = await desk.open('player17');
    await desk.ended(ticket);
    await fault.remove();
    const row = await desk.cases.get(ticket.workflowId);
    expect(row?.status).toBe('failed');
    const { channels } = await desk.discord.driver.guild();
    expect(channels.filter(({ topic }) => topic?.includes(ticket.workflowId))).toEqual([]);
  });

  it('stands by the channel that an earlier try recorded, also when it was deleted since', async () => {
    const ticket = await desk.open('player18');
    const channelId = await desk.channel(ticket);
    await desk.discord.driver.person('ada').deleteChannel(channelId);
    expect(await desk.openAgain(ticket, 'player18')).toMatchObject({
      outcome: 'opened',
      channelId,
    });
    await ticket.signal(channelGoneSignal, { channelId });
    await desk.finish(ticket);
    const { channels } = await desk.discord.driver.guild();
    expect(channels.filter(({ topic }) => topic?.includes(ticket.workflowId))).toEqual([]);
  });

  it('does not call a closing delayed that was done by tries that died before they could say so', async () => {
    const ticket = await desk.open('player19');
    await desk.channel(ticket);
    desk.deaths.afterClosing = 4;
    await desk.command(ticket, 'close', 'mira');
    await until('the reopening', async () => (await desk.command(ticket, 'reopen', 'mira')).done);
    await desk.channel(ticket);
    const numbers = (await desk.cases.events(ticket.workflowId)).map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(await desk.history(ticket)).not.toContain('closing-delayed');
    await desk.command(ticket, 'close', 'mira');
    await desk.finish(ticket);
  });
});
