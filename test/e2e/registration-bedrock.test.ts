import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RCON_PASSWORD, startRconPeer, type RconPeer } from '../peers/rcon-peer';
import { until } from '../workflow/until';
import { demoConfiguration } from './bot-stage/configuration';
import { Stage } from './bot-stage/stage';
import { gameServer, REGISTRATION } from './registration/people';

const PASSWORD = 'RCON_PASSWORD_POCKET';

const configured = (ports: { readonly pocket: number; readonly survival: number }) =>
  demoConfiguration({
    servers: [
      { ...gameServer('pocket', 'Pocket'), probe: 'bedrock' },
      gameServer('survival', 'Survival'),
    ],
    registration: {
      ...REGISTRATION,
      editions: ['java', 'bedrock'],
      whitelist: ['pocket', 'survival'],
    },
    games: (['pocket', 'survival'] as const).map((serverId) => ({
      serverId,
      adapter: 'rcon',
      host: '127.0.0.1',
      port: ports[serverId],
      allowInternal: true,
      passwordVariable: PASSWORD,
      objective: 'castellan',
    })),
  });

describe('a whitelist on a server of Bedrock itself', () => {
  const added = (command: string): string => {
    const name = /^whitelist add "?([^"]+)"?$/.exec(command)?.[1];
    return name === undefined ? 'Unknown command' : `Added ${name} to the whitelist`;
  };
  let pocket: RconPeer;
  let survival: RconPeer;
  let stage: Stage;

  beforeAll(async () => {
    [pocket, survival] = await Promise.all([
      startRconPeer({ run: added }),
      startRconPeer({ run: added }),
    ]);
    stage = await Stage.set(configured({ pocket: pocket.port, survival: survival.port }));
    await Promise.all([stage.startBot(), stage.startWorker({ [PASSWORD]: RCON_PASSWORD })]);
  });

  afterAll(async () => {
    await stage.strike();
    await Promise.all([pocket.stop(), survival.stop()]);
  });

  it('has the players by their own names, and a server of Java by the names that it gives them', async () => {
    const options = {
      user: await stage.driver.addPerson('newcomer'),
      name: 'Two Words',
      edition: 'bedrock',
      reason: 'Known for years',
    };
    const linked = await stage.driver.person('ada').runCommand('account link', options);
    await linked.settled(({ content }) => content.includes('belongs to'));
    const told = (peer: RconPeer): Promise<string> =>
      until('the whitelist', () =>
        Promise.resolve(peer.commands.find((command) => command.startsWith('whitelist add'))),
      );
    expect(await told(survival)).toBe('whitelist add .Two_Words');
    expect(await told(pocket)).toBe('whitelist add "Two Words"');
  });
});
