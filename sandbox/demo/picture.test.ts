import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEMO, startLocalDiscord, type LocalDiscord } from '../index';
import { dateTime, Painter } from './picture';

describe('a picture of what people see', () => {
  const now = Date.UTC(2026, 10, 23, 6, 0);
  const seconds = now / 1_000;
  let discord: LocalDiscord;
  let painter: Painter;

  beforeAll(async () => {
    discord = await startLocalDiscord();
    painter = new Painter(await discord.driver.guild(), now);
  });

  afterAll(async () => {
    await discord.stop();
  });

  it.each([
    [`<@${DEMO.people.pip}> asks <@&${DEMO.roles.senior}>`, '@Pip asks @Senior'],
    [`<#${DEMO.channels.general}>`, '#general'],
    ['<#1> by <@2> for <@&3>', '#deleted-channel by @somebody for @deleted-role'],
    [`<t:${seconds}:f>`, '2026-11-23 06:00 UTC'],
    [`<t:${seconds + 172_800}:R>`, 'in 2 days'],
    [`<t:${seconds - 60}:R>`, '1 minute ago'],
    ['**bold** and \\*not\\*', 'bold and *not*'],
    ['>>> quoted', '  quoted'],
  ])('puts names and times into %s', (source, text) => {
    expect(painter.text(source)).toBe(text);
  });

  it('shows who wrote', async () => {
    const pip = discord.driver.person('pip');
    const message = await pip.write(DEMO.channels.general, 'Hello\nthere');
    expect(painter.written(message)).toEqual(['Pip: Hello', '  there']);
  });

  it('gives dates in UTC', () => {
    expect(dateTime(now)).toBe('2026-11-23 06:00 UTC');
  });
});
