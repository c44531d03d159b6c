import { createServer, connect as connectSocket, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { createCaseRepository, type CaseRepository } from '../../src/db/cases';
import { connect, DatabaseUnavailable, isUnavailable } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate, pendingMigrations } from '../../src/db/migrate';
import { GUILD, guildNamed, opening } from '../contracts/case-fixtures';
import { databaseUrl } from '../parts';

/** The way to Postgres, which a test can cut, block and mend. */
class Line {
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private port = 0;
  private blocked = false;

  constructor(private readonly target: URL) {}

  /** The target's URL by way of this line. */
  get url(): string {
    const url = new URL(this.target);
    url.host = `127.0.0.1:${this.port}`;
    return url.href;
  }

  async mend(): Promise<void> {
    this.blocked = false;
    if (this.server !== undefined) {
      for (const socket of this.sockets) socket.resume();
      return;
    }
    const server = createServer((near) => {
      const far = connectSocket(Number(this.target.port), this.target.hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(one);
        one.on('data', (bytes) => other.write(bytes));
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.sockets.delete(one);
          other.destroy();
        });
        if (this.blocked) one.pause();
      }
    });
    await new Promise<void>((listening) => {
      server.listen(this.port, '127.0.0.1', listening);
    });
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.port = address.port;
    this.server = server;
  }

  /** Connections break, new ones are refused. */
  async cut(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    const closed = new Promise((done) => server.close(done));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Connections stay, and new ones are made, but nothing passes any more. */
  block(): void {
    this.blocked = true;
    for (const socket of this.sockets) socket.pause();
  }
}

const IMPATIENT = { applicationName: 'test', statementTimeoutMs: 300, acquireTimeoutMs: 1_000 };

let line: Line;
let knex: Knex;
let cases: CaseRepository;
beforeAll(async () => {
  const url = await databaseUrl();
  await migrate(url);
  line = new Line(new URL(url));
  await line.mend();
  knex = connect(line.url, { ...IMPATIENT, poolMax: 4 });
  cases = createCaseRepository(knex);
  await createGuildRepository(knex).apply(guildNamed('Anvil'), 'a');
});
afterAll(async () => {
  await knex.destroy();
  await line.cut();
});

/** One of each kind of operation; the outcomes of those that were refused. */
async function tryEverything(): Promise<unknown[]> {
  const outcomes = await Promise.allSettled([
    cases.get('ticket-1'),
    cases.list({ guildId: GUILD, limit: 5 }),
    cases.accept(opening('ticket-1')),
    cases.rememberLastMessage('ticket-1', '1'),
    createGuildRepository(knex).get(GUILD),
    pendingMigrations(knex),
  ]);
  return outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  );
}

async function expectOutage(): Promise<void> {
  const errors = await tryEverything();
  expect(errors).toHaveLength(6);
  for (const error of errors) {
    expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(isUnavailable(error)).toBe(true);
  }
}

describe('while Postgres is away', () => {
  it.each(['refuses connections', 'answers nothing'])(
    'every operation says so when it %s, and works again afterwards on the same pool',
    async (how) => {
      await cases.accept(opening('ticket-1'));
      expect(await tryEverything()).toEqual([]);
      if (how === 'refuses connections') await line.cut();
      else line.block();
      await expectOutage();
      // A second time with a pool whose connections are all gone.
      await expectOutage();
      await line.mend();
      await expect(cases.accept(opening('ticket-1'))).resolves.toMatchObject({ number: 1 });
      expect(await tryEverything()).toEqual([]);
    },
  );

  it('says so when there are more connections wanted than there are', async () => {
    const other = connect(line.url, { ...IMPATIENT, poolMax: 1 });
    try {
      await other.transaction(async (transaction) => {
        await transaction.raw('select 1');
        // The only connection is busy with this transaction.
        await expect(createCaseRepository(other).get('ticket-1')).rejects.toThrow(
          DatabaseUnavailable,
        );
      });
    } finally {
      await other.destroy();
    }
  });

  it('says so when a statement takes too long', async () => {
    await knex.transaction(async (transaction) => {
      await transaction('cases').where('id', 'ticket-1').forUpdate().first();
      await expect(cases.rememberLastMessage('ticket-1', '9')).rejects.toThrow(DatabaseUnavailable);
    });
    await cases.rememberLastMessage('ticket-1', '9');
  });

  it('migrating says so too', async () => {
    await expect(migrate('postgres://nobody:x@127.0.0.1:1/none')).rejects.toThrow(
      DatabaseUnavailable,
    );
  });
});
