import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACCOUNT_WORKFLOW, departureWorkflowId } from '../../workflows/account/contract';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import { DEMO, type Person } from '../../sandbox';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage } from './bot-stage/stage';
import { SECRET_VARIABLE } from './registration/game-web';
import { register, REGISTRATION } from './registration/people';
import { PluginServer } from './registration/plugin-server';

describe('a departure that is handed over late, as after an outage', () => {
  let stage: Stage;
  let game: PluginServer;
  let person: Person;

  beforeAll(async () => {
    stage = await Stage.set(
      demoConfiguration({
        registration: { ...REGISTRATION, roleId: DEMO.roles.player, onLeave: 'unlink' },
        games: [{ serverId: 'survival', adapter: 'plugin', secretVariables: [SECRET_VARIABLE] }],
      }),
    );
    await stage.driver.limits('off');
    game = await PluginServer.start(stage.variables, 'survival');
    await Promise.all([stage.startBot(), stage.startWorker()]);
    person = await stage.driver.addPerson('newcomer');
  });

  afterAll(async () => {
    await game.stop();
    await stage.strike();
  });

  const type = (name: string, code: string) => game.type({ name, uuid: randomUUID() }, code);
  const link = async (name: string): Promise<void> => {
    const { asked, code } = await register(person, name);
    expect((await type(name, code)).status).toBe(200);
    await asked.settled(({ content }) => content.startsWith('✅'));
  };
  const accounts = async (): Promise<string> => {
    const shown = await (await person.runCommand('accounts')).reply();
    return JSON.stringify([shown.content, shown.embeds]).replaceAll('\\', '');
  };

  it('takes what they had then, and nothing of what they began after coming back', async () => {
    await link('Had_Before');
    const before = await register(person, 'Begun_Before');
    const at = Date.now();
    await person.leave();
    await person.join();
    await link('Had_After');
    const after = await register(person, 'Begun_After');
    const departure = { cause: 'left', guildId: DEMO.guild, userId: person.id, at } as const;
    await stage.client.workflow.execute(ACCOUNT_WORKFLOW, {
      workflowId: departureWorkflowId(departure),
      taskQueue: TASK_QUEUE,
      args: [
        {
          guildId: DEMO.guild,
          actorId: null,
          change: { type: 'left', userId: person.id, at },
          answerTo: null,
        },
      ],
    });
    await before.asked.settled(({ content }) => content.includes('is cancelled'));
    expect((await type('Begun_Before', before.code)).status).toBe(404);
    expect((await type('Begun_After', after.code)).status).toBe(200);
    await after.asked.settled(({ content }) => content.startsWith('✅'));
    const left = await accounts();
    expect(left).not.toContain('Before');
    expect(left).toContain('Had_After');
    expect(left).toContain('Begun_After');
  });
});
