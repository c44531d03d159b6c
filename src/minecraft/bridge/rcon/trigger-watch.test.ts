import { afterEach, describe, expect, it } from '@jest/globals';
import { RCON_PASSWORD, startRconPeer, type RconPeer } from '../../../../test/peers/rcon-peer';
import { VanillaGame, type VanillaGameOptions } from '../../../../test/peers/vanilla-game';
import { RconClient } from '../../rcon';
import {
  createRconBridge,
  type GameBridge,
  type PendingName,
  type RconBridgeOptions,
  type Typed,
} from '..';

const STEVE = '069a79f4-44e9-4726-a5be-fca90e38aaf5';
const ALEX = 'ec561538-f3fd-461d-aff5-086b22154bce';

const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((stop) => stop()));
});

/** A game, its RCON, and a bridge that watches it; the faults are the test's to set. */
async function watched(
  names: readonly string[],
  {
    game: gameOptions = {},
    ...options
  }: Partial<RconBridgeOptions> & {
    readonly game?: VanillaGameOptions;
  } = {},
) {
  const game = new VanillaGame(gameOptions);
  const faults: { instead: (command: string) => string | undefined } = {
    instead: () => undefined,
  };
  const server = await startRconPeer({
    run: (command) => faults.instead(command) ?? game.run(command),
  });
  const place = { address: '127.0.0.1', port: server.port, password: RCON_PASSWORD };
  const console = new RconClient({ ...place, allowInternal: true });
  const troubles: unknown[] = [];
  const bridge = createRconBridge({
    console,
    bedrockPrefix: '.',
    intervalMs: 5,
    firstPauseMs: 5,
    onTrouble: (error) => {
      troubles.push(error);
      game.look();
    },
    ...options,
  });
  const pending = new Set<PendingName>(names.map((name) => ({ edition: 'java', name })));
  const ending = new AbortController();
  const asked = { times: 0 };
  const typed = bridge.watch(() => {
    asked.times += 1;
    game.look();
    return Promise.resolve([...pending]);
  }, ending.signal);
  cleanUp.push(async () => {
    ending.abort();
    await typed.return();
    bridge.close();
    await server.stop();
    expect(game.surprises).toEqual([]);
    expect(server.hungUp).toBe(0);
  });
  return { game, server, faults, troubles, pending, asked, typed, ending };
}

async function next(typed: ReturnType<GameBridge['watch']>): Promise<Typed> {
  const { value } = await typed.next();
  if (value === undefined) throw new Error('Nothing more was typed');
  return value;
}

/** Lets the watch go on while the test waits for something else. */
function goOn(typed: ReturnType<GameBridge['watch']>): Promise<Typed> {
  const coming = next(typed);
  coming.catch(() => undefined);
  return coming;
}

function commandsOf({ commands }: RconPeer, start: string): readonly string[] {
  return commands.filter((command) => command.startsWith(start));
}

describe('a trigger that is watched by RCON', () => {
  it('is enabled for a player who comes, who is told how to use it, and brings what they type', async () => {
    const { game, typed, pending } = await watched(['steve']);
    const coming = goOn(typed);
    game.join('Alex', ALEX);
    game.join('Steve', STEVE);
    await game.until(() => game.heard('Steve').length === 1);
    expect(game.heard('Steve')).toEqual([
      'To link your account, type /trigger castellan set and the six digits that Discord shows you, for example: /trigger castellan set 123456',
    ]);
    expect(game.trigger('Steve', 424_242)).toBe(true);
    const { id, player, text, answer } = await coming;
    expect(id).not.toBe('');
    expect({ player, text }).toEqual({
      player: { edition: 'java', name: 'Steve', uuid: STEVE },
      text: '424242',
    });
    expect(await answer('Linked. "Have" fun, \u00fc@a {x}!\nBye')).toBe(true);
    expect(game.heard('Steve')[1]).toBe('Linked. "Have" fun, ü@a {x}! Bye');
    expect(game.objectives.get('castellan')?.scores.has('Steve')).toBe(false);
    expect(game.heard('Alex')).toEqual([]);
    pending.clear();
  });

  it('can be used again after a wrong code, and not before the verdict', async () => {
    const { game, typed, server } = await watched(['Steve']);
    game.join('Steve', STEVE);
    let coming = goOn(typed);
    await game.until(() => game.mayTrigger('Steve'));
    game.trigger('Steve', 111_111);
    const first = await coming;
    coming = goOn(typed);
    expect(game.trigger('Steve', 222_222)).toBe(false);
    await first.answer('That code is wrong.');
    await game.until(() => game.mayTrigger('Steve'));
    game.trigger('Steve', 333_333);
    // A second verdict on the same changes nothing of what was typed since.
    await first.answer('Still wrong.');
    const second = await coming;
    expect([first.text, second.text]).toEqual(['111111', '333333']);
    expect(game.heard('Steve').slice(1)).toEqual(['That code is wrong.', 'Still wrong.']);
    expect(second.id).not.toBe(first.id);
    expect(commandsOf(server, 'scoreboard objectives')).toHaveLength(1);
  });

  it('brings the same again when no verdict could be reached', async () => {
    const { game, typed } = await watched(['Steve']);
    game.join('Steve', STEVE);
    const coming = goOn(typed);
    await game.until(() => game.mayTrigger('Steve'));
    game.trigger('Steve', 111_111);
    const first = await coming;
    first.again();
    expect(await next(typed)).toMatchObject({ text: '111111', id: first.id });
  });

  it('takes no number for a code that is none', async () => {
    const { game, typed } = await watched(['Steve']);
    game.join('Steve', STEVE);
    const coming = goOn(typed);
    for (const [count, number] of [1, -123_456, 1_000_000, 99_999].entries()) {
      await game.until(() => game.mayTrigger('Steve'));
      game.trigger('Steve', number);
      await game.until(() => game.heard('Steve').length === count + 2);
    }
    await game.until(() => game.mayTrigger('Steve'));
    game.trigger('Steve', 100_000);
    expect((await coming).text).toBe('100000');
    expect(game.heard('Steve')[1]).toMatch(/^That is no code\./);
  });

  it('reads what was typed while nobody watched', async () => {
    const { game, typed } = await watched(['Steve']);
    game.run('scoreboard objectives add castellan trigger');
    game.run('scoreboard players enable Steve castellan');
    game.trigger('Steve', 555_555);
    game.join('Steve', STEVE);
    expect((await next(typed)).text).toBe('555555');
  });

  it('is taken away from whoever is no longer registering', async () => {
    const { game, typed, pending } = await watched(['Steve']);
    game.join('Steve', STEVE);
    void goOn(typed);
    await game.until(() => game.mayTrigger('Steve'));
    pending.clear();
    await game.until(() => !game.mayTrigger('Steve'));
    expect(game.trigger('Steve', 111_111)).toBe(false);
  });

  it('comes back with a world that lost it', async () => {
    const { game, typed } = await watched(['Steve']);
    game.join('Steve', STEVE);
    const coming = goOn(typed);
    await game.until(() => game.mayTrigger('Steve'));
    game.objectives.clear();
    await game.until(() => game.mayTrigger('Steve'));
    game.trigger('Steve', 111_111);
    expect((await coming).text).toBe('111111');
  });

  it.each<VanillaGameOptions>([
    { wording: '1.15' },
    { wording: '1.12' },
    { wording: '1.12', lineEnd: '\n' },
    { lineEnd: '\n' },
    { wording: '1.15', lineEnd: '\n' },
  ])('is read in other words: %j', async (options) => {
    const { game, typed } = await watched(['STEVE'], { game: options });
    game.join('Steve', STEVE);
    const other = game.run('scoreboard objectives add deaths dummy');
    expect(other).toContain('new objective');
    let coming = goOn(typed);
    for (const code of [111_111, 222_222]) {
      await game.until(() => game.mayTrigger('Steve'));
      game.trigger('Steve', code);
      const { player, text, answer } = await coming;
      expect({ player, text }).toEqual({
        player: { edition: 'java', name: 'Steve', uuid: STEVE },
        text: String(code),
      });
      await answer('That code is wrong.');
      coming = goOn(typed);
    }
  });

  it('asks for many by one question, unless the list is another command’s', async () => {
    const names = Array.from({ length: 200 }, (_, number) => `Player_${number}`);
    for (const list of [undefined, '§6There are §c2§6 out of maximum §c20§6 players online.']) {
      const { game, typed, server, faults, asked } = await watched(names);
      faults.instead = (command) => (command.startsWith('list') ? list : undefined);
      game.join('PLAYER_77', STEVE);
      const coming = goOn(typed);
      await game.until(() => game.mayTrigger('PLAYER_77'));
      game.trigger('PLAYER_77', 111_111);
      expect((await coming).player.name).toBe('PLAYER_77');
      const questions = commandsOf(server, 'data');
      expect(questions.length).toBeGreaterThanOrEqual(list === undefined ? 1 : 200);
      expect(list === undefined ? questions.length : 1).toBe(1);
      expect(asked.times).toBeGreaterThan(0);
    }
  });

  it('knows players who are shown by other names, and such as are words of the answer', async () => {
    const { game, typed } = await watched(['steve', 'DATA', 'Nick_Real']);
    game.join('Steve', STEVE, '[VIP] Steve the entity');
    game.join('data', ALEX);
    game.join('nick_real', 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee', '~Somebody');
    const found: unknown[] = [];
    for (const name of ['Steve', 'data', 'nick_real']) {
      const coming = goOn(typed);
      await game.until(() => game.mayTrigger(name));
      game.trigger(name, 111_111);
      found.push((await coming).player.name);
    }
    expect(found).toEqual(['Steve', 'data', 'nick_real']);
  });

  it('watches Bedrock players by the name that the game gives them', async () => {
    const { game, typed, pending } = await watched([]);
    pending.add({ edition: 'bedrock', name: 'Red Fox' });
    const uuid = '00000000-0000-0000-0009-01f64f65c7c3';
    game.join('.Red_Fox', uuid);
    const coming = goOn(typed);
    await game.until(() => game.mayTrigger('.Red_Fox'));
    game.trigger('.Red_Fox', 111_111);
    expect((await coming).player).toEqual({ edition: 'bedrock', name: 'Red Fox', uuid });
  });

  it('takes no player of Bedrock for one of Java, nor the other way round', async () => {
    const fox = '00000000-0000-0000-0009-01f64f65c7c3';
    const { game, typed, pending } = await watched(['Red_Fox', 'Alex'], { bedrockPrefix: '' });
    game.join('Red_Fox', fox);
    game.join('Alex', ALEX);
    let coming = goOn(typed);
    await game.until(() => game.mayTrigger('Alex'));
    expect(game.mayTrigger('Red_Fox')).toBe(false);
    game.trigger('Alex', 111_111);
    await coming;
    pending.add({ edition: 'bedrock', name: 'Red Fox' });
    coming = goOn(typed);
    await game.until(() => game.mayTrigger('Red_Fox'));
    game.trigger('Red_Fox', 222_222);
    expect((await coming).player).toEqual({ edition: 'bedrock', name: 'Red Fox', uuid: fox });
  });

  it('asks nothing while nobody registers', async () => {
    const { typed, server, asked, game } = await watched([]);
    void goOn(typed);
    await game.until(() => asked.times >= 5);
    expect(server.connections).toBe(0);
    expect(game.objectives.size).toBe(0);
  });
});

describe('what makes trouble for a watch by RCON', () => {
  it('is a name that is none: it becomes no command, and is told once', async () => {
    const bad = [
      '@a',
      'Steve" ',
      'Steve\nstop',
      '*',
      'a b',
      '',
      'x'.repeat(17),
      '@e[limit=1]',
      'Stève',
    ];
    const { game, typed, troubles, server } = await watched([...bad, 'Steve']);
    game.join('Steve', STEVE);
    const coming = goOn(typed);
    await game.until(() => game.mayTrigger('Steve'));
    game.trigger('Steve', 111_111);
    await coming;
    expect(troubles).toHaveLength(bad.length);
    expect(new Set(troubles.map(String))).toEqual(
      new Set(['BridgeFailure: The name cannot be used in a command.']),
    );
    expect(server.commands.filter((command) => /[@*\n]/.test(command))).toEqual([]);
  });

  it('is a server that goes away, also between two commands; nothing is lost', async () => {
    const { game, typed, faults, troubles, server } = await watched(['Steve']);
    game.join('Steve', STEVE);
    let coming = goOn(typed);
    await game.until(() => game.mayTrigger('Steve'));
    const back = server.commands.length + 4;
    faults.instead = () => (server.commands.length < back ? 'x'.repeat(1_100_000) : undefined);
    game.trigger('Steve', 111_111);
    const first = await coming;
    expect(first.text).toBe('111111');
    expect(troubles).toContainEqual(expect.objectContaining({ code: 'too-large' }));
    // The verdict cannot be told, and is one all the same: what was typed is taken away later.
    faults.instead = (command) =>
      /^tellraw|reset/.test(command) ? 'x'.repeat(1_100_000) : undefined;
    coming = goOn(typed);
    expect(await first.answer('Linked.')).toBe(false);
    faults.instead = () => undefined;
    await game.until(() => game.mayTrigger('Steve'));
    game.trigger('Steve', 222_222);
    expect((await coming).text).toBe('222222');
  });

  it('is an objective of that name that is no trigger', async () => {
    const { game, typed, troubles } = await watched(['Steve']);
    game.run('scoreboard objectives add castellan dummy');
    game.join('Steve', STEVE);
    const coming = goOn(typed);
    await game.until(() => troubles.length > 0);
    expect(troubles[0]).toMatchObject({ code: 'objective-taken' });
    game.objectives.clear();
    await game.until(() => game.mayTrigger('Steve'));
    game.trigger('Steve', 111_111);
    await coming;
  });

  it('is a server without these commands, and one that answers something else', async () => {
    for (const [answer, code] of [
      ['Unknown command. Type "/help" for help.', 'unsupported'],
      ['\u202E<b>@everyone', 'not-understood'],
    ] as const) {
      const { game, typed, troubles, faults } = await watched(['Steve']);
      faults.instead = (command) => (command.startsWith('list') ? undefined : answer);
      game.join('Steve', STEVE);
      void goOn(typed);
      await game.until(() => troubles.length > 0);
      expect(troubles[0]).toMatchObject({ code });
      expect(String(troubles[0])).not.toMatch(/\u202E/);
    }
  });

  it('is one player’s trouble only', async () => {
    const { game, typed, faults, troubles } = await watched(['Alex', 'Steve']);
    faults.instead = (command) => (/alex/i.test(command) ? 'Who?' : undefined);
    game.join('Steve', STEVE);
    const coming = goOn(typed);
    await game.until(() => game.mayTrigger('Steve'));
    game.trigger('Steve', 111_111);
    expect((await coming).player.name).toBe('Steve');
    expect(troubles[0]).toMatchObject({ code: 'not-understood' });
  });

  it('ends with the signal, whatever goes on', async () => {
    const { game, typed, ending, troubles } = await watched(['Steve']);
    game.join('Steve', STEVE);
    const over = typed.next();
    await game.until(() => game.mayTrigger('Steve'));
    ending.abort();
    expect(await over).toEqual({ done: true, value: undefined });
    expect(troubles).toEqual([]);
  });
});
