import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverIsBack, whitelistWorkflowId } from '../../workflows/whitelist/contract';
import { DEMO } from '../../sandbox';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage } from './bot-stage/stage';
import { MinecraftConsole } from './registration/minecraft-console';
import { gameServer, REGISTRATION } from './registration/people';

const PASSWORD = 'RCON_PASSWORD_SURVIVAL';

describe('registrations on a server without a plugin, by RCON', () => {
  const minecraft = new MinecraftConsole('a secret of the server');
  let stage: Stage;

  beforeAll(async () => {
    await minecraft.start();
    stage = await Stage.set(
      demoConfiguration({
        servers: [gameServer('survival', 'Survival')],
        registration: { ...REGISTRATION, code: 'digits', mostAttempts: 3, whitelist: ['survival'] },
        games: [
          {
            serverId: 'survival',
            adapter: 'rcon',
            host: '127.0.0.1',
            port: minecraft.port,
            allowInternal: true,
            passwordVariable: PASSWORD,
            objective: 'verify',
          },
        ],
      }),
    );
    await Promise.all([stage.startBot(), stage.startWorker({ [PASSWORD]: minecraft.password })]);
  });

  afterAll(async () => {
    await stage.strike();
    await minecraft.stop();
  });

  const until = async (what: string, holds: () => boolean): Promise<void> => {
    const ends = performance.now() + 20_000;
    while (!holds()) {
      if (performance.now() > ends) throw new Error(`Waited for ${what} in vain.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('hears the trigger, tells the verdict in the game, and keeps the whitelist', async () => {
    minecraft.join('Digger', randomUUID());
    const person = await stage.driver.addPerson('digger');
    const asked = await person.runCommand('register', { name: 'digger' });
    const shown = await asked.settled(({ content }) => /```\n\d{6}\n```/.test(content));
    const code = Number(/```\n(\d{6})\n```/.exec(shown.content)?.[1]);
    await until('the trigger', () =>
      minecraft.trigger('Digger', code === 100_000 ? 100_001 : 100_000),
    );
    await until('the verdict', () =>
      minecraft.readBy('Digger').some((line) => line.includes('2 attempts left')),
    );
    await until('the trigger again', () => minecraft.trigger('Digger', code));
    await asked.settled(({ content }) => content.startsWith('✅'));
    await until('the success', () =>
      minecraft.readBy('Digger').some((line) => line.includes('Confirmed')),
    );
    await until('the whitelist', () => minecraft.whitelist.has('Digger'));
    // The trigger is taken away with the registration.
    expect(minecraft.trigger('Digger', code)).toBe(false);
  });

  it('tells a server that was off as soon as it is back', async () => {
    await minecraft.stop();
    const person = stage.driver.person('digger');
    const given = await person.runCommand('unregister', { name: 'Digger' });
    const gone = await given.settled(({ content }) => content.includes('no longer yours'));
    expect(gone.content).toContain('**Survival**');
    expect([...minecraft.whitelist]).toEqual(['Digger']);
    await minecraft.start();
    const handle = stage.client.workflow.getHandle(whitelistWorkflowId(DEMO.guild, 'survival'));
    await handle.signal(serverIsBack).catch(() => undefined);
    await handle.result();
    expect([...minecraft.whitelist]).toEqual([]);
  });

  it('shows administrators how the list differs, and repairs it', async () => {
    const person = await stage.driver.addPerson('builder');
    const ada = stage.driver.person('ada');
    const linked = await ada.runCommand('account link', {
      user: person,
      name: 'Builder',
      reason: 'Known for years',
    });
    await linked.settled(({ content }) => content.includes('belongs to'));
    await until('the whitelist', () => minecraft.whitelist.has('Builder'));
    minecraft.whitelist.clear();
    minecraft.whitelist.add('Stranger');
    const checked = await ada.runCommand('server whitelist check', { server: 'survival' });
    const shown = await checked.settled(({ content }) => content.includes('not as it should be'));
    expect(JSON.stringify(shown.embeds)).toContain('Builder');
    expect(JSON.stringify(shown.embeds)).toContain('Stranger');
    const repaired = await ada.click(shown, 'Repair');
    await repaired.settled(({ content }) => content.includes('is being told'));
    await until('the repair', () => minecraft.whitelist.has('Builder'));
    expect(minecraft.whitelist.has('Stranger')).toBe(true);
  });
});
