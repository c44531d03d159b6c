import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { GUILD } from '../../contracts/case-fixtures';
import { uuid } from '../../contracts/registration-fixtures';
import { until } from '../../workflow/until';
import { GameStage, type WebProcess } from './game-stage';

const ADA = '300000000000000001';
const BEN = '300000000000000002';
const WRONG = 'AAAA-AAAA';

const answer = z.object({
  message: z.string(),
  verified: z.boolean().optional(),
  attemptsLeft: z.number().optional(),
});
const pending = z.object({
  version: z.string(),
  registrations: z.array(z.object({ name: z.string() })),
});
const changes = z.object({
  changes: z.array(
    z.object({ id: z.string(), sequence: z.number(), action: z.string(), name: z.string() }),
  ),
});

describe('the Game API over real parts', () => {
  let stage: GameStage;
  let web: WebProcess;
  let names = 0;
  /** A name that no other test has. */
  const freshName = (): string => `Player_${(names += 1)}`;

  beforeAll(async () => {
    stage = await GameStage.set();
  });
  afterAll(() => stage.strike());
  beforeEach(async () => {
    web = await stage.web();
  });
  afterEach(() => stage.clear());

  const type = async (
    code: string,
    name: string,
    { from = web, id = randomUUID() }: { readonly from?: WebProcess; readonly id?: string } = {},
  ) => {
    const number = Number(name.replace(/\D+/, ''));
    const sent = { player: { name, uuid: uuid(number) }, code };
    const response = await stage.post(from, '/v1/game/verifications', sent, id);
    const said = answer.parse(await response.json());
    return { status: response.status, retryAfter: response.headers.get('retry-after'), ...said };
  };
  const list = async (path: string) => (await stage.get(web, path)).json();

  it('records the account of whoever types the right code', async () => {
    const name = freshName();
    const code = await stage.register(ADA, name);
    expect(await type(code.toLowerCase(), name.toUpperCase())).toMatchObject({
      status: 200,
      verified: true,
    });
    const [account] = await stage.reader.accountsByName(GUILD, 'java', name);
    expect(account).toMatchObject({ userId: ADA, name: name.toUpperCase() });
    await stage.over(ADA, name);
    expect(await type(code, name)).toMatchObject({
      status: 404,
      message: expect.stringContaining('already'),
    });
  });

  it('gives a request that is repeated its first answer, in every process and after the end', async () => {
    const name = freshName();
    const code = await stage.register(ADA, name);
    const other = await stage.web();
    const [wrong, right] = [randomUUID(), randomUUID()];
    const both = await Promise.all(
      [web, other, web, other].map((from) => type(WRONG, name, { from, id: wrong })),
    );
    expect(both.map(({ status, attemptsLeft }) => [status, attemptsLeft])).toEqual(
      Array(4).fill([422, 4]),
    );
    expect(await stage.guesses(ADA, name)).toBe(1);
    const first = await type(code, name, { id: right });
    expect(first.status).toBe(200);
    await stage.over(ADA, name);
    expect(await type(code, name, { from: other, id: right })).toEqual(first);
    expect(await type(WRONG, name, { from: other, id: wrong })).toEqual(both[0]);
    const third = await stage.web();
    expect(await type(code, name, { from: third, id: right })).toEqual(first);
    expect(await stage.guesses(ADA, name)).toBe(2);
  });

  it('locks after five wrong codes, and the right one is then worth nothing', async () => {
    const name = freshName();
    const code = await stage.register(ADA, name);
    const said = [];
    for (let count = 0; count < 5; count += 1) said.push(await type(WRONG, name));
    expect(said.map(({ status, attemptsLeft }) => [status, attemptsLeft])).toEqual([
      ...[4, 3, 2, 1].map((left) => [422, left]),
      [423, undefined],
    ]);
    await stage.over(ADA, name);
    expect(await type(code, name)).toMatchObject({
      status: 423,
      message: expect.stringContaining('60 minutes'),
    });
    expect(await stage.reader.accountsByName(GUILD, 'java', name)).toEqual([]);
  });

  it('locks after five of many wrong codes at once', async () => {
    const name = freshName();
    await stage.register(ADA, name);
    const said = await Promise.all(Array.from({ length: 10 }, () => type(WRONG, name)));
    const statuses = said.map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 422)).toHaveLength(4);
    expect(statuses.filter((status) => status === 423).length).toBeGreaterThanOrEqual(1);
    expect(statuses.every((status) => [404, 422, 423].includes(status))).toBe(true);
  });

  it('says that a code came too late', async () => {
    const name = freshName();
    const code = await stage.register(ADA, name, { timeoutMs: 500 });
    await stage.over(ADA, name);
    expect((await type(code, name)).status).toBe(410);
  });

  it('tells two users who register one name apart by the code', async () => {
    const name = freshName();
    const [adas, bens] = [await stage.register(ADA, name), await stage.register(BEN, name)];
    expect(await type(WRONG, name)).toMatchObject({ status: 422, attemptsLeft: 4 });
    expect((await type(bens, name)).status).toBe(200);
    expect((await type(adas, name)).status).toBe(409);
    const accounts = await stage.reader.accountsByName(GUILD, 'java', name);
    expect(accounts.map(({ userId }) => userId)).toEqual([BEN]);
  });

  it('tells waiting servers of every name that comes and goes', async () => {
    const name = freshName();
    const { version } = pending.parse(await list('/v1/game/registrations?server=survival'));
    const path = (known: string) =>
      `/v1/game/registrations?server=survival&wait=25s&known=${known}`;
    const waiting = list(path(version));
    const code = await stage.register(ADA, name);
    const there = pending.parse(await waiting);
    expect(there.registrations.map((one) => one.name)).toContain(name);
    const gone = list(path(there.version));
    expect((await type(code, name)).status).toBe(200);
    expect(pending.parse(await gone).registrations.map((one) => one.name)).not.toContain(name);
  });

  it('gives changes of the whitelist until they are confirmed', async () => {
    const name = freshName();
    const code = await stage.register(BEN, name);
    const path = '/v1/game/whitelist?server=survival';
    const before = changes.parse(await list(path)).changes.at(-1)?.sequence ?? 0;
    const waiting = list(`${path}&wait=25s&after=${before}`);
    expect((await type(code, name)).status).toBe(200);
    const [change] = changes.parse(await waiting).changes;
    expect(change).toMatchObject({ action: 'add', name });
    for (let count = 0; count < 2; count += 1) {
      const told = await stage.post(web, '/v1/game/whitelist/applied', { applied: [change?.id] });
      expect(told.status).toBe(204);
    }
    await until('the confirmation', async () => {
      const left = changes.parse(await list(path)).changes;
      return left.every(({ id }) => id !== change?.id);
    });
  });

  it('asks to come again while Temporal or Postgres is away', async () => {
    const name = freshName();
    const code = await stage.register(ADA, name);
    const nowhere = '127.0.0.1:9';
    const withoutTemporal = await stage.web({ temporalAddress: nowhere });
    const withoutPostgres = await stage.web({ databaseUrl: `postgres://a:b@${nowhere}/castellan` });
    const id = randomUUID();
    for (const from of [withoutTemporal, withoutPostgres]) {
      expect(await type(code, name, { from, id })).toMatchObject({
        status: 503,
        retryAfter: '5',
        message: expect.stringContaining('cannot be checked at the moment'),
      });
    }
    expect((await type(code, name, { id })).status).toBe(200);
  });
});
