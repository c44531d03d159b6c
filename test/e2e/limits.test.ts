import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Stage } from './bot-stage/stage';
import { demoConfiguration } from './bot-stage/configuration';

const AT_ONCE = 50;

describe('the limits for openers', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.set(
      demoConfiguration({ limits: { mostOpen: 1, cooldownMs: null, mostPerDay: 2 } }),
    );
    await Promise.all([stage.startBot(), stage.startWorker()]);
  });

  afterAll(async () => {
    await stage.strike();
  });

  it('let one of 50 openings at once through, and tell the other 49 why not', async () => {
    const pip = stage.driver.person('pip');
    const asked = await Promise.all(
      Array.from({ length: AT_ONCE }, () => pip.runCommand('ticket open', { category: 'quick' })),
    );
    const answers = await Promise.all(asked.map((handle) => handle.reply(60_000)));
    const texts = answers.map(({ content }) => content);
    expect(texts.filter((text) => text.includes('is open: <#'))).toHaveLength(1);
    const refusals = texts.filter((text) => text.includes('You already have 1 open ticket'));
    expect(refusals).toHaveLength(AT_ONCE - 1);
    for (const text of refusals) expect(text).toContain('/ticket close');

    const { channels } = await stage.driver.guild();
    expect(channels.filter(({ topic }) => topic?.startsWith('Ticket #'))).toHaveLength(1);
    const rue = await stage.driver.person('rue').runCommand('ticket open', { category: 'quick' });
    expect((await rue.reply()).content).toContain('**#2**');
  });

  it('say when one may open the next ticket of the day', async () => {
    const tom = stage.driver.person('player20');
    for (const number of [3, 4]) {
      const opened = await tom.runCommand('ticket open', { category: 'quick' });
      expect((await opened.reply()).content).toContain(`**#${number}**`);
      const closed = await tom.runCommand('ticket close', { number });
      expect((await closed.reply()).content).toContain('closing');
      await stage.driver.waitFor(
        async () => {
          const shown = await tom.runCommand('ticket view', { number });
          return JSON.stringify((await shown.reply()).embeds).includes('Closed');
        },
        20_000,
        'the record of the closing',
      );
    }
    const refused = await tom.runCommand('ticket open', { category: 'quick' });
    expect((await refused.reply()).content).toMatch(/in the last 24 hours.*<t:\d+:R>/);
  });
});
