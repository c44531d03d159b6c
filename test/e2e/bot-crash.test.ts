import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ticketWorkflowId } from '../../workflows/ticket/contract';
import { CastellanProcess } from '../stage/castellan-process';
import { Stage } from './bot-stage/stage';

describe('the bot, killed', () => {
  let stage: Stage;
  let bot: CastellanProcess;

  beforeAll(async () => {
    stage = await Stage.set();
    bot = new CastellanProcess('bot', stage.variables);
    await Promise.all([bot.start(), stage.startWorker()]);
    await stage.driver.waitFor(
      async (driver) => (await driver.world()).commands.length > 0,
      20_000,
      'the commands',
    );
  });

  afterAll(async () => {
    await bot.stop();
    await stage.strike();
  });

  it('hands over after its restart what it had acknowledged before', async () => {
    const pip = stage.driver.person('pip');
    stage.wires.temporal.cut('silent');
    const asked = await pip.runCommand('ticket open', { category: 'quick' });
    expect((await asked.acknowledged).kind).toBe('deferred');
    await bot.kill();
    stage.wires.temporal.mend();
    await bot.start();
    const answer = await asked.settled(({ content }) => content.includes('is open'), 30_000);
    expect(answer.content).toContain('#1');
    const { status } = await stage.client.workflow.getHandle(ticketWorkflowId(asked.id)).describe();
    expect(status.name).toBe('RUNNING');
  });

  it('answers what it had acknowledged also when Discord has given up its session', async () => {
    const sol = stage.driver.person('sol');
    stage.wires.temporal.cut('silent');
    const asked = await sol.runCommand('ticket open', { category: 'quick' });
    expect((await asked.acknowledged).kind).toBe('deferred');
    await bot.kill();
    await stage.driver.gateway.invalidate(false);
    stage.wires.temporal.mend();
    await bot.start();
    const answer = await asked.settled(({ content }) => content.includes('is open'), 30_000);
    const { status } = await stage.client.workflow.getHandle(ticketWorkflowId(asked.id)).describe();
    expect([answer.content, status.name]).toEqual([expect.stringContaining('#2'), 'RUNNING']);
  });

  it('answers it also when another process, with a session of its own, died over it', async () => {
    const wren = stage.driver.person('wren');
    stage.wires.temporal.cut('silent');
    const asked = await wren.runCommand('ticket open', { category: 'quick' });
    expect((await asked.acknowledged).kind).toBe('deferred');
    await bot.kill();
    await stage.driver.gateway.invalidate(false);
    await bot.start();
    await bot.kill();
    stage.wires.temporal.mend();
    await bot.start();
    const answer = await asked.settled(({ content }) => content.includes('is open'), 30_000);
    expect(answer.content).toContain('#3');
  });

  it('does not say that nothing was opened when the process that died had seen to it', async () => {
    const asked = await stage.driver.person('tom').runCommand('ticket open', { category: 'quick' });
    await asked.acknowledged;
    await bot.kill();
    // Whatever it had handed over, the next one cannot know: the configuration is out of reach, too.
    stage.wires.postgres.cut();
    await bot.start();
    const answer = await asked.settled(({ content }) => content !== '', 30_000);
    stage.wires.postgres.mend();
    expect(answer.content).not.toContain('Nothing was opened');
  });

  it('does nothing twice when events are replayed', async () => {
    const rue = stage.driver.person('rue');
    const asked = await rue.runCommand('ticket open', { category: 'quick' });
    const { content } = await asked.settled((message) => message.content.includes('is open'));
    const channelId = /<#(\d+)>/.exec(content)?.[1] ?? '';
    // This is not told before fifteen seconds have passed: everything after it is replayed.
    await rue.write(channelId, 'Hello?');
    const more = await rue.runCommand('ticket open', { category: 'quick' });
    await more.settled((message) => message.content.includes('is open'));
    const before = (await stage.driver.guild()).channels.length;
    await bot.kill();
    // Not even when the file that knows what was answered is lost.
    await rm(join(stage.variables.CASTELLAN_DATA_DIR ?? '', 'interactions.ndjson'));
    await bot.start();
    const list = await rue.runCommand('ticket list');
    await list.reply();
    expect((await stage.driver.guild()).channels).toHaveLength(before);
    const again = (await stage.driver.journal({ kind: 'rest' })).filter(
      (entry) => entry.kind === 'rest' && entry.code === 40_060,
    );
    expect(again.length).toBeGreaterThan(0);
  });

  it('does not do later what it said it had not done', async () => {
    const somebody = stage.driver.person('player02');
    const opened = await somebody.runCommand('ticket open', { category: 'quick' });
    const { content } = await opened.settled((message) => message.content.includes('is open'));
    // This is not told before fifteen seconds have passed: everything after it is replayed.
    await somebody.write(/<#(\d+)>/.exec(content)?.[1] ?? '', 'Hello?');
    stage.wires.temporal.cut();
    // It was there a moment ago: this one may have arrived. The next one is certain.
    await (await somebody.runCommand('ticket open', { category: 'quick' })).reply();
    const asked = await somebody.runCommand('ticket open', { category: 'quick' });
    await asked.settled((message) => message.content.includes('Nothing was opened'));
    await bot.kill();
    stage.wires.temporal.mend();
    await bot.start();
    // What the next process repeats, it repeats at once.
    const afterwards = asked.settled((message) => message.content.includes('is open'), 4_000);
    await expect(afterwards).rejects.toThrow('waited 4000 ms');
    const started = stage.client.workflow.getHandle(ticketWorkflowId(asked.id)).describe();
    await expect(started).rejects.toThrow('not found');
    expect(asked.state.reply?.content).toContain('Nothing was opened');
  });

  it('goes on where it was after an orderly stop', async () => {
    const asked = await stage.driver
      .person('player01')
      .runCommand('ticket open', { category: 'quick' });
    const { content } = await asked.settled((message) => message.content.includes('is open'));
    await bot.stop();
    await stage.driver.person('ada').deleteChannel(/<#(\d+)>/.exec(content)?.[1] ?? '');
    await bot.start();
    const handle = stage.client.workflow.getHandle(ticketWorkflowId(asked.id));
    const closed = await stage.driver.waitFor(
      async () => {
        const { events } = await handle.fetchHistory();
        return events?.some((event) => event.workflowExecutionSignaledEventAttributes);
      },
      30_000,
      'the news of the deleted channel',
    );
    expect(closed).toBe(true);
    expect(bot.output).toContain('the earlier session goes on');
  });

  it('has registered its commands once, whatever the number of starts', async () => {
    const writes = (await stage.driver.journal({ kind: 'rest', method: 'PUT' })).filter(
      (entry) => entry.kind === 'rest' && entry.route.includes('/commands'),
    );
    expect(writes).toHaveLength(1);
  });
});
