import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { VanillaGame } from '../../../../test/peers/vanilla-game';
import {
  createLogBridge,
  type GameBridge,
  type LogBridgeOptions,
  type PendingName,
  type Typed,
} from '..';

const STEVE = '069a79f4-44e9-4726-a5be-fca90e38aaf5';
const ALEX = 'ec561538-f3fd-461d-aff5-086b22154bce';
const LOGIN = (name: string, uuid: string): string =>
  `[12:00:00] [User Authenticator #1/INFO]: UUID of player ${name} is ${uuid}\n`;
const SAID = (name: string, text: string): string =>
  `[12:34:56] [Server thread/INFO]: <${name}> ${text}\n`;

let folder: string;
let file: string;
const cleanUp: (() => Promise<unknown>)[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'castellan-log-'));
  mkdirSync(path.join(folder, 'logs'));
  file = path.join(folder, 'logs', 'latest.log');
});

afterEach(async () => {
  await Promise.all(cleanUp.splice(0).map((stop) => stop()));
  rmSync(folder, { recursive: true });
});

function follow(names: readonly PendingName[], options: Partial<LogBridgeOptions> = {}) {
  const troubles: unknown[] = [];
  const onTrouble = (error: unknown): void => void troubles.push(error);
  const given = { file, bedrockPrefix: '.', intervalMs: 2, firstPauseMs: 2, onTrouble };
  const bridge = createLogBridge({ ...given, ...options });
  const ending = new AbortController();
  const typed = bridge.watch(() => Promise.resolve(names), ending.signal);
  cleanUp.push(async () => {
    ending.abort();
    await typed.return();
    bridge.close();
  });
  return { bridge, typed, troubles, ending };
}

const java = (...names: readonly string[]): readonly PendingName[] =>
  names.map((name) => ({ edition: 'java', name }));

async function next(typed: ReturnType<GameBridge['watch']>): Promise<Typed> {
  const { value } = await typed.next();
  if (value === undefined) throw new Error('Nothing more was typed');
  return value;
}

/**
 * Starts to follow, and comes back when it does: the last word of an old log is read with the rest of it,
 * so what is written afterwards is new.
 */
async function following(
  names: readonly PendingName[],
  options: Partial<LogBridgeOptions> = {},
): Promise<ReturnType<typeof follow> & { readonly coming: Promise<Typed> }> {
  const begun = follow([...java('Starter'), ...names], options);
  const first = next(begun.typed);
  appendFileSync(file, LOGIN('Starter', ALEX));
  let number = 100_000;
  // Which of these is the first new one nobody can tell; all are the starter's.
  const writing = setInterval(() => {
    appendFileSync(file, SAID('Starter', String((number += 1))));
  }, 2);
  await first;
  clearInterval(writing);
  const coming = (async () => {
    for (;;) {
      const typed = await next(begun.typed);
      if (typed.player.name !== 'Starter') return typed;
    }
  })();
  coming.catch(() => undefined);
  return { ...begun, coming };
}

describe("a server's log that is followed", () => {
  it('brings what a pending player says, and nothing that was said before', async () => {
    writeFileSync(file, `${LOGIN('Steve', STEVE)}${SAID('Steve', '111111')}`);
    const { coming, typed } = await following(java('steve'));
    appendFileSync(file, `${SAID('Alex', '222222')}${SAID('Steve', 'anything')}`);
    appendFileSync(file, SAID('Steve', 'CDFH-2345'));
    const { player, text, answer, id } = await coming;
    expect({ player, text }).toEqual({
      player: { edition: 'java', name: 'Steve', uuid: STEVE },
      text: 'CDFH-2345',
    });
    expect(id).toMatch(/^[\w-]{22}$/);
    expect(await answer('Linked.')).toBe(false);
    appendFileSync(file, SAID('Steve', '333333'));
    expect((await next(typed)).text).toBe('333333');
  });

  it('is believed about UUIDs only, not players about others', async () => {
    writeFileSync(file, LOGIN('Steve', STEVE));
    const { coming } = await following(java('Steve'));
    const lie = LOGIN('Steve', ALEX).trim();
    appendFileSync(file, SAID('Alex', lie));
    appendFileSync(file, SAID('Alex', SAID('Steve', '111111').trim()));
    appendFileSync(file, SAID('Steve', '222222'));
    expect(await coming).toMatchObject({ text: '222222', player: { uuid: STEVE } });
  });

  it('may come in pieces, within a line, a character, a line end', async () => {
    writeFileSync(file, LOGIN('Steve', STEVE));
    const { coming, typed } = await following(java('Steve'));
    const bytes = Buffer.from(
      `${SAID('Älex', 'Grüße 🎮')}${SAID('Steve', '111111')}`.replaceAll('\n', '\r\n'),
    );
    for (const byte of bytes) {
      appendFileSync(file, Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await coming).text).toBe('111111');
    appendFileSync(file, `${'x'.repeat(200_000)}\n${SAID('Steve', '222222')}`);
    expect((await next(typed)).text).toBe('222222');
  });

  it('may be moved away for another one: neither loses a line', async () => {
    writeFileSync(file, LOGIN('Steve', STEVE));
    const { coming, typed } = await following(java('Steve'));
    renameSync(file, `${file}.1`);
    appendFileSync(`${file}.1`, SAID('Steve', '111111'));
    expect((await coming).text).toBe('111111');
    appendFileSync(`${file}.1`, `${SAID('Steve', '222222')}half a li`);
    writeFileSync(file, SAID('Steve', '333333'));
    expect((await next(typed)).text).toBe('222222');
    expect((await next(typed)).text).toBe('333333');
  });

  it('may be emptied and written anew, also to the same length or beyond', async () => {
    writeFileSync(file, LOGIN('Steve', STEVE));
    const { coming, typed } = await following(java('Steve'));
    truncateSync(file);
    appendFileSync(file, SAID('Steve', '111111'));
    expect((await coming).text).toBe('111111');
    writeFileSync(file, `# a new log\n${SAID('Alex', 'hi').repeat(200)}${SAID('Steve', '222222')}`);
    expect((await next(typed)).text).toBe('222222');
  });

  it('may not be there yet, and is new then from its beginning', async () => {
    const { typed, troubles } = follow(java('Steve'));
    const coming = next(typed);
    const made = path.join(folder, 'next.log');
    // The first of them may be there before it is looked for; each is another file.
    const making = setInterval(() => {
      writeFileSync(made, `${LOGIN('Steve', STEVE)}${SAID('Steve', '111111')}`);
      renameSync(made, file);
    }, 5);
    expect((await coming).text).toBe('111111');
    clearInterval(making);
    expect(troubles).toEqual([]);
  });

  it('that cannot be read makes trouble, until it can', async () => {
    mkdirSync(file);
    const { typed, troubles } = follow(java('Steve'));
    const coming = next(typed);
    while (troubles.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(troubles[0]).toMatchObject({ code: 'EISDIR' });
    rmSync(file, { recursive: true });
    writeFileSync(file, LOGIN('Steve', STEVE));
    const said = setInterval(() => {
      appendFileSync(file, SAID('Steve', '111111'));
    }, 5);
    expect((await coming).text).toBe('111111');
    clearInterval(said);
  });

  it("tells a UUID, or usercache.json does; else a player's code is worth nothing", async () => {
    writeFileSync(file, '');
    const { coming, troubles } = await following(java('Steve', 'Alex'));
    appendFileSync(file, SAID('Steve', '111111'));
    while (troubles.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(troubles[0]).toMatchObject({ code: 'uuid-unknown' });
    expect(String(troubles[0])).not.toContain('111111');
    const cache = path.join(folder, 'usercache.json');
    writeFileSync(cache, JSON.stringify([{ name: 'Alex', uuid: ALEX, expiresOn: 'later' }]));
    appendFileSync(file, SAID('Alex', '222222'));
    expect((await coming).player).toEqual({ edition: 'java', name: 'Alex', uuid: ALEX });
  });

  it('brings the same again when no verdict could be reached', async () => {
    writeFileSync(file, LOGIN('Steve', STEVE));
    const { coming, typed } = await following(java('Steve'));
    appendFileSync(file, SAID('Steve', '111111'));
    const first = await coming;
    first.again();
    expect(await next(typed)).toMatchObject({ id: first.id, text: '111111' });
  });

  it('ends with the signal', async () => {
    writeFileSync(file, '');
    const { typed, ending } = follow(java('Steve'));
    const over = typed.next();
    ending.abort();
    expect(await over).toEqual({ done: true, value: undefined });
  });
});

describe("a server's log together with RCON", () => {
  it('has a whitelist, tells the verdict in the game, and asks the game who a player is', async () => {
    const game = new VanillaGame();
    game.join('Steve', STEVE);
    let isThere = true;
    const console = {
      run: (command: string) =>
        isThere ? Promise.resolve(game.run(command)) : Promise.reject(new Error('away')),
      close: () => undefined,
    };
    writeFileSync(file, '');
    const { bridge, coming, typed, troubles } = await following(java('Steve'), { console });
    appendFileSync(file, SAID('Steve', '111111'));
    const { player, answer } = await coming;
    expect(player.uuid).toBe(STEVE);
    expect(await answer('Linked.')).toBe(true);
    expect(game.heard('Steve')).toEqual(['Linked.']);
    expect(await bridge.whitelist?.add(player)).toBe('done');
    isThere = false;
    appendFileSync(file, `${LOGIN('Steve', STEVE)}${SAID('Steve', '222222')}`);
    const second = await next(typed);
    expect(second.text).toBe('222222');
    expect(await second.answer('Linked.')).toBe(false);
    expect(troubles).toEqual([]);
  });

  it('is a log alone without it', () => {
    expect(follow([]).bridge.whitelist).toBeNull();
  });
});
