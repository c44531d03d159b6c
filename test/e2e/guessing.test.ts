import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { connect } from '../../src/db/connection';
import { createRegistrationReader, type RegistrationReader } from '../../src/db/registration';
import { GAME_LIMITS } from '../../src/web/routes/game/limits';
import { Chance } from '../chaos/chance';
import { table } from '../chaos/evidence/report';
import { until } from '../workflow/until';
import { Stage } from './bot-stage/stage';
import { GameServers, type Typing } from './guessing/game-servers';
import {
  BUSY_SERVERS,
  configurationOf,
  GUILDS,
  HOME,
  LOUD_SERVER,
  neighbour,
  type GuessedGuild,
} from './guessing/guilds';
import { likelyCount } from './guessing/likely';
import { besiege, forAll, typing, type Bystander } from './guessing/siege';
import { GUESSES_OF_EACH, registrationIdOf, Town, type Registering } from './guessing/town';

/** GUESSES=10000 is the long run. GUESSES_SEED repeats what was guessed; the codes are new ones every time. */
const GUESSES = Number(process.env['GUESSES'] ?? 1_500);
const SEED = Number(process.env['GUESSES_SEED'] ?? Date.now() % 1_000_000);
const TARGETS = Math.ceil(GUESSES / GUESSES_OF_EACH);
/** Of one in so many targets nothing of the code is known. */
const BLIND_OF = 5;
/** To so many targets comes one of each kind of people who do not guess. */
const QUIET_OF = 8;
const REGISTERING_AT_ONCE = 12;

type Place = Pick<Typing, 'guildId' | 'server' | 'web'>;

describe(`guessing codes, GUESSES_SEED=${SEED}`, () => {
  const chance = new Chance(SEED);
  let stage: Stage;
  let games: GameServers;
  let town: Town;
  let knex: Knex;
  let records: RegistrationReader;

  beforeAll(async () => {
    const neighbours = GUILDS.filter((guild) => guild !== HOME).map(neighbour);
    stage = await Stage.set(configurationOf(HOME), neighbours);
    await stage.driver.limits('off');
    await Promise.all([stage.startBot(), stage.startWorker()]);
    games = await GameServers.start(stage.variables);
    town = new Town(stage.driver, chance.fork());
    knex = connect(stage.variables['DATABASE_URL'] ?? '', { applicationName: 'test', poolMax: 2 });
    records = createRegistrationReader(knex);
  });

  afterAll(async () => {
    await games.stop();
    await knex.destroy();
    await stage.strike();
  });

  /** What is on record, once it is over: how it ended, and how many wrong codes were counted. */
  const recorded = async (registering: Registering) => {
    const id = registrationIdOf(registering);
    const { status, wrong, lockedUntil } = await until(`the end of ${id}`, async () => {
      const row = await records.registration(id);
      return row?.endedAt === null ? undefined : row;
    });
    const events = await records.registrationEvents(id);
    const counted = events.filter(({ type }) => type === 'wrong-code').length;
    return { status, wrong, counted, locked: lockedUntil !== null };
  };
  const UNHARMED = { wrong: 0, counted: 0, locked: false };

  it(
    `hits no more often than the attempts allow with ${TARGETS * GUESSES_OF_EACH} guesses at once, and disturbs nobody else`,
    async () => {
      const guildOf = (index: number): GuessedGuild => GUILDS[index % GUILDS.length] ?? HOME;
      const targets = await forAll(Array(TARGETS).fill(0), REGISTERING_AT_ONCE, (_, index) =>
        index % BLIND_OF === 0 ? town.unknown(guildOf(index)) : town.known(guildOf(index)),
      );
      const some = targets.filter((_, index) => index % QUIET_OF === 0);
      // The same user has the same name guessed at in another guild; or another name in this one.
      const namesakes = await forAll(some, REGISTERING_AT_ONCE, ({ guild, userId, name }) =>
        town.register(guildOf(GUILDS.indexOf(guild) + 1), { userId, name }),
      );
      const siblings = await forAll(some, REGISTERING_AT_ONCE, ({ guild, userId }) =>
        town.register(guild, { userId }),
      );
      const bystanders: Bystander[] = [];
      const type = async ({ code, ...own }: (typeof siblings)[number]): Promise<void> => {
        bystanders.push({ ...own, answer: await games.type(typing(chance, own, code)) });
      };

      const begun = performance.now();
      await besiege(games, chance, targets, [
        ...namesakes.map((own) => () => type(own)),
        ...some.map(
          ({ guild }) =>
            async () =>
              type(await town.register(guild)),
        ),
      ]);
      const seconds = (performance.now() - begun) / 1_000;

      const hits = targets.filter(({ answers }) => answers.some(({ status }) => status === 200));
      const ends = await forAll(targets, REGISTERING_AT_ONCE, recorded);
      const answers = targets.flatMap((target) => target.answers);
      const count = (status: number): number =>
        answers.filter((answer) => answer.status === status).length;
      const likely = likelyCount(targets.map((target) => target.chance));
      if (process.env['GUESSES'] !== undefined) {
        process.stdout.write(
          table(`Guessing codes, seed ${SEED}`, [
            ['guesses', answers.length],
            ['registrations that were guessed at', targets.length],
            ['from the first to the last answer (s)', Math.round(seconds)],
            ['guesses that counted', ends.reduce((sum, end) => sum + end.counted, hits.length)],
            ['right ones', hits.length],
            ['expected', Math.round(targets.reduce((sum, target) => sum + target.chance, 0))],
            ['likely', `${likely.least}–${likely.most}`],
            ...[200, 404, 422, 423, 429].map(
              (status) => [`answers ${status}`, count(status)] as const,
            ),
            ['others who typed their codes meanwhile', bystanders.length],
          ]),
        );
      }

      targets.forEach((target, index) => {
        const { limit } = target.guild;
        const hit = hits.includes(target);
        const left = target.answers.flatMap(({ attemptsLeft }) => attemptsLeft ?? []);
        const counted = hit ? left.length : limit;
        // Every attempt that is used up is told once.
        expect(left.sort()).toEqual(Array.from(left, (_, used) => limit - left.length + used));
        expect(left.length).toBeLessThan(limit);
        expect(ends[index]).toEqual({
          status: hit ? 'verified' : 'locked',
          ...{ wrong: counted, counted, locked: !hit },
        });
      });
      expect(count(200)).toBe(hits.length);
      expect([200, 404, 422, 423, 429].reduce((sum, status) => sum + count(status), 0)).toBe(
        answers.length,
      );
      for (const { retryAfter } of answers.filter(({ status }) => status === 429)) {
        expect(retryAfter).toBeGreaterThanOrEqual(1);
      }
      expect(hits.length).toBeGreaterThanOrEqual(likely.least);
      expect(hits.length).toBeLessThanOrEqual(likely.most);

      await Promise.all(siblings.map(type));
      expect(bystanders.map(({ answer }) => answer.status)).toEqual(bystanders.map(() => 200));
      for (const bystander of bystanders) {
        expect(await recorded(bystander)).toEqual({ status: 'verified', ...UNHARMED });
      }
    },
    Math.max(120_000, 60 * GUESSES),
  );

  it('makes a server wait that asks too often, at nobody else’s cost', async () => {
    const [own, other] = [await town.register(HOME), await town.register(HOME)];
    const { guildId, limit } = HOME;
    const loud: Place = { guildId, server: LOUD_SERVER, web: 0 };
    let asked = 0;
    const flood = async (): Promise<number | null> => {
      for (;;) {
        const name = `Nobody_${(asked += 1)}`;
        const { status, retryAfter } = await games.type({ ...loud, name, code: '22222222' });
        if (status === 429) return retryAfter;
        expect(status).toBe(404);
      }
    };
    const waits = await Promise.all(Array.from({ length: 32 }, flood));
    expect(Math.min(...waits.map(Number))).toBeGreaterThanOrEqual(1);
    // What is refused is no attempt, and what is sent again is one.
    const wrong = { ...loud, name: own.name, code: '22222222' };
    const tries = await Promise.all(
      Array.from({ length: limit - 1 }, () => games.typeUntilDecided(wrong)),
    );
    expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 422));
    const elsewhere: Place = { ...loud, server: BUSY_SERVERS[0] };
    const answer = await games.type({ ...elsewhere, name: other.name, code: other.code });
    expect(answer.status).toBe(200);
    const last = await games.typeUntilDecided({ ...wrong, code: own.code });
    expect(last.status).toBe(200);
    expect(await recorded(own)).toMatchObject({ status: 'verified', counted: limit - 1 });
  });

  it('makes a player wait who types too fast, and costs them no attempt', async () => {
    const [one, another] = BUSY_SERVERS;
    const { guildId } = HOME;
    const typed: Omit<Typing, 'code'> = { guildId, server: one, web: 0, name: 'Hasty' };
    const guess = (more: Partial<Typing> = {}) =>
      games.type({ ...typed, code: '22222222', ...more });
    const begun = performance.now();
    const taken = [];
    let answer = await guess();
    for (; answer.status !== 429; answer = await guess({ server: another })) {
      taken.push(answer.status);
    }
    expect(answer.retryAfter).toBeGreaterThanOrEqual(1);
    // Nobody registers the name yet. The allowance is one for all of the guild's servers.
    const { burst, perSecond } = GAME_LIMITS.player;
    const allowed = burst + (perSecond * (performance.now() - begun)) / 1_000;
    expect(taken).toEqual(taken.map(() => 404));
    expect(taken.length).toBeLessThanOrEqual(allowed);
    // Another guild's player of that name is somebody else, and so is everybody else here.
    expect((await guess({ guildId: GUILDS[1]?.guildId ?? '' })).status).toBe(404);
    const other = await town.register(HOME);
    const { name, code } = other;
    expect((await games.type({ ...typed, name, code })).status).toBe(200);
    const own = await town.register(HOME, { name: 'Hasty' });
    expect((await games.typeUntilDecided({ ...typed, code: own.code })).status).toBe(200);
    expect(await recorded(own)).toEqual({ status: 'verified', ...UNHARMED });
  });
});
