import { describe, expect, it } from '@jest/globals';
import { VanillaGame, type VanillaGameOptions } from '../../../../test/peers/vanilla-game';
import type { BedrockPrefix, Listable } from '..';
import { RconWhitelist } from './rcon-whitelist';
import { readWhitelist } from './whitelist-answers';

const STEVE: Listable = {
  edition: 'java',
  name: 'Steve',
  uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5',
};

/** @param instead answers a command in the game's place */
function whitelistOf(
  options: VanillaGameOptions = {},
  instead: (command: string) => string | undefined = () => undefined,
  bedrockPrefix: BedrockPrefix = '.',
) {
  const game = new VanillaGame(options);
  const commands: string[] = [];
  const run = (command: string): Promise<string> => {
    commands.push(command);
    return Promise.resolve(instead(command) ?? game.run(command));
  };
  return { game, commands, whitelist: new RconWhitelist({ run }, bedrockPrefix) };
}

describe('a whitelist by RCON', () => {
  it.each<VanillaGameOptions>([
    {},
    { lineEnd: '\n' },
    { wording: '1.15' },
    { wording: '1.12' },
    { wording: '1.12', lineEnd: '\n' },
  ])('is changed and read, in the words of every version: %j', async (options) => {
    const { whitelist, game } = whitelistOf(options);
    expect(await whitelist.list()).toEqual([]);
    expect(await whitelist.add(STEVE)).toBe('done');
    expect(await whitelist.add(STEVE)).toBe('already');
    expect(await whitelist.list()).toEqual(['Steve']);
    for (const name of ['Alex', 'Notch']) await whitelist.add({ ...STEVE, name, uuid: null });
    expect(await whitelist.list()).toEqual(['Steve', 'Alex', 'Notch']);
    expect(await whitelist.remove({ ...STEVE, name: 'STEVE' })).toBe('done');
    expect(await whitelist.remove(STEVE)).toBe('already');
    expect(await whitelist.list()).toEqual(['Alex', 'Notch']);
    expect(game.surprises).toEqual([]);
  });

  it('says when there is no such player', async () => {
    for (const wording of ['1.21', '1.12'] as const) {
      const { whitelist } = whitelistOf({ wording, known: ['Alex'] });
      expect(await whitelist.add(STEVE)).toBe('no-such-player');
    }
  });

  it('is not changed for whoever has the name by now', async () => {
    const { whitelist, game } = whitelistOf();
    game.join('steve', 'ec561538-f3fd-461d-aff5-086b22154bce');
    expect(await whitelist.add(STEVE)).toBe('name-of-another');
    expect(await whitelist.list()).toEqual([]);
    game.join('steve', STEVE.uuid ?? '');
    expect(await whitelist.add(STEVE)).toBe('done');
    game.join('steve', 'ec561538-f3fd-461d-aff5-086b22154bce');
    expect(await whitelist.remove(STEVE)).toBe('name-of-another');
    expect(await whitelist.list()).toEqual(['Steve']);
  });

  it('is looked at when the answer to a change tells nothing', async () => {
    let answer = 'Fertig!';
    const { whitelist, game } = whitelistOf({}, (command) => {
      if (!command.startsWith('whitelist add')) return undefined;
      if (answer === 'Fertig!') game.run(command);
      return answer;
    });
    expect(await whitelist.add(STEVE)).toBe('done');
    answer = 'Nein!';
    const refused = whitelist.add({ ...STEVE, name: 'Alex', uuid: null });
    await expect(refused).rejects.toMatchObject({ code: 'not-understood' });
  });

  it('is read of PowerNukkit, which says nothing about changes', async () => {
    const names = new Set<string>();
    const silent = new RconWhitelist(
      {
        run: (command) => {
          const [, change, name = ''] = /^whitelist (\w+)(?: "?([^"]+)"?)?$/.exec(command) ?? [];
          if (change === 'add') names.add(name.toLowerCase());
          if (change === 'remove') names.delete(name.toLowerCase());
          const list = `commands.allowlist.list\n${[...names].join(', ')}\n`;
          return Promise.resolve(change === 'list' ? list : '');
        },
      },
      null,
    );
    expect(await silent.list()).toEqual([]);
    for (const name of ['Steve', 'Red Fox']) {
      expect(await silent.add({ edition: 'bedrock', name, uuid: null })).toBe('done');
    }
    expect(await silent.list()).toEqual(['steve', 'red fox']);
    expect(await silent.remove({ edition: 'bedrock', name: 'Red Fox', uuid: null })).toBe('done');
    expect(await silent.list()).toEqual(['steve']);
  });

  it('takes Bedrock players by the name that the game gives them', async () => {
    const fox: Listable = { edition: 'bedrock', name: 'Red Fox', uuid: null };
    const floodgate = whitelistOf();
    await floodgate.whitelist.add(fox);
    expect(floodgate.commands).toContain('whitelist add .Red_Fox');
    const bedrock = whitelistOf({}, undefined, null);
    await bedrock.whitelist.add(fox);
    expect(bedrock.commands).toContain('whitelist add "Red Fox"');
    expect(await bedrock.whitelist.list()).toEqual(['Red Fox']);
  });

  it('gets no command by a name that is none', async () => {
    const { whitelist, commands } = whitelistOf();
    const names = ['@a', 'Steve\nstop', 'Steve stop', '"', '', 'Steve"', '*', '../x', 'ab'];
    for (const name of names) {
      const refused = whitelist.add({ edition: 'java', name, uuid: null });
      await expect(refused).rejects.toMatchObject({ code: 'unusable-name' });
      const bedrock = whitelist.remove({ edition: 'bedrock', name: `${name}@`, uuid: null });
      await expect(bedrock).rejects.toMatchObject({ code: 'unusable-name' });
    }
    expect(commands).toEqual([]);
  });

  it('is not believed when names are missing, or it is none', () => {
    for (const answer of [
      'There are 3 whitelisted player(s): Steve, Alex',
      'There are 2 whitelisted players: Steve',
      'There are 2 players online: Steve, Alex',
      '',
    ]) {
      expect(() => readWhitelist(answer)).toThrow('was not understood');
    }
    expect(() => readWhitelist('Unknown command. Try /help')).toThrow('does not know whitelists');
    expect(readWhitelist('There are 1 whitelisted players: Tom and Jerry')).toEqual([
      'Tom and Jerry',
    ]);
    expect(readWhitelist('There are 0 (out of 0 seen) whitelisted players:')).toEqual([]);
  });

  it('ends with the signal', async () => {
    const reason = new Error('enough');
    const signals: unknown[] = [];
    const run = (_command: string, limits?: { signal?: AbortSignal }): Promise<string> => {
      signals.push(limits?.signal);
      limits?.signal?.throwIfAborted();
      return Promise.resolve('');
    };
    const whitelist = new RconWhitelist({ run }, '');
    const aborted = AbortSignal.abort(reason);
    await expect(whitelist.list(aborted)).rejects.toBe(reason);
    await expect(whitelist.add(STEVE, aborted)).rejects.toBe(reason);
    expect(signals).toEqual([aborted, aborted]);
  });
});
