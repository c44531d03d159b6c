import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client as Temporal, Connection } from '@temporalio/client';
import { Client as Postgres } from 'pg';
import type { LocalDiscord } from '../../../sandbox';
import {
  castellan,
  lives,
  pidOf,
  run,
  until,
  untilReady,
  untilTrue,
  type CastellanProcess,
} from '../../integration/castellan-process';
import { configuration } from './configuration';
import { Guard } from './guard';
import { processesOn } from './processes';

/** What is killed. */
export const PARTS = ['bot', 'worker', 'postgres', 'temporal'] as const;
/** Also what only those need who come by HTTP. */
export const PARTS_AND_WEB = [...PARTS, 'web'] as const;
export type PartName = (typeof PARTS_AND_WEB)[number];

/** A process that was killed. */
export interface Kill {
  readonly part: PartName;
  readonly pid: number;
  readonly at: number;
}

/**
 * `castellan all` of the built product on a data directory of its own, against a Discord that
 * belongs to the test and outlives it. Bot, worker, Postgres and Temporal are processes that the
 * product itself watches and restarts.
 */
export class Castle {
  readonly kills: Kill[] = [];
  private running: CastellanProcess | undefined;
  private printedBefore = '';

  private constructor(
    private readonly folder: string,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly guard: Guard,
  ) {}

  /**
   * Lays out the folders; nothing is started yet.
   *
   * @param guilds the guilds' configuration, in YAML
   * @param variables which that configuration names
   */
  static plan(
    discord: Pick<LocalDiscord, 'token' | 'api'>,
    guilds = configuration,
    variables: Readonly<Record<string, string>> = {},
  ): Castle {
    const folder = mkdtempSync(path.join(tmpdir(), 'castellan-chaos-'));
    // As root, PostgreSQL runs as another user, who must get through to its folder in here.
    chmodSync(folder, 0o755);
    const file = path.join(folder, 'castellan.yaml');
    writeFileSync(file, guilds);
    const settings = {
      ...variables,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.api,
      CASTELLAN_CONFIG: file,
      CASTELLAN_DATA_DIR: path.join(folder, 'data'),
      TEMPORAL_CLI_PATH: temporalCli(),
      LOG_LEVEL: 'info',
    };
    return new Castle(folder, settings, new Guard(folder));
  }

  get dataDir(): string {
    return path.join(this.folder, 'data');
  }

  get storageDir(): string {
    return path.join(this.dataDir, 'storage');
  }

  /** Where the web server is reached. */
  get web(): string {
    return this.address('PUBLIC_URL');
  }

  /** What it has printed since the first start. */
  get log(): string {
    return `${this.printedBefore}${this.running?.printed() ?? ''}`;
  }

  /** Starts everything, or starts it again on the same data; resolves when it is ready. */
  async start(): Promise<void> {
    this.printedBefore = this.log;
    const running = castellan(['all'], this.settings, this.folder);
    this.running = running;
    this.guard.start(() => [
      running.child.pid,
      ...Object.values(run(this.dataDir).processes).map(({ pid }) => pid),
    ]);
    await untilReady(running);
  }

  /** Kills a part as a crash does. If it is just being restarted, that is waited for. */
  async kill(part: PartName): Promise<Kill> {
    const pid = await until(
      `a ${part} to kill`,
      () => {
        const found = pidOf(this.dataDir, part);
        return found !== undefined && lives(found) ? found : undefined;
      },
      120_000,
    );
    return this.killNow(part, pid);
  }

  /** Kills the part that runs right now, at this very moment. */
  killNow(part: PartName, pid = pidOf(this.dataDir, part)): Kill {
    if (pid === undefined) throw new Error(`No ${part} runs that could be killed.`);
    process.kill(pid, 'SIGKILL');
    const kill: Kill = { part, pid, at: Date.now() };
    this.kills.push(kill);
    return kill;
  }

  /** Waits until another process stands in the place of the killed one. */
  async untilReplaced({ part, pid }: Kill): Promise<void> {
    await untilTrue(`another ${part}`, () => {
      const now = pidOf(this.dataDir, part);
      return now !== undefined && now !== pid && lives(now);
    });
  }

  /** Kills every process at once, the one that watches over the others first. */
  async killEverything(): Promise<void> {
    const left = Object.values(run(this.dataDir).processes);
    this.running?.child.kill('SIGKILL');
    for (const { pid } of left) if (lives(pid)) process.kill(pid, 'SIGKILL');
    await this.running?.ended;
    await untilTrue('the end of everything', () => left.every(({ pid }) => !lives(pid)));
  }

  /** Stops it as an operator does. */
  async stop(): Promise<number | null> {
    if (this.running === undefined) return null;
    this.running.child.kill('SIGTERM');
    return (await this.running.ended).code;
  }

  /** What is still running on its data; some time is allowed for what is ending. */
  async leftBehind(): Promise<string[]> {
    for (let round = 0; round < 40 && processesOn(this.folder).length > 0; round += 1) {
      await pause(100);
    }
    return processesOn(this.folder).map(({ pid, command }) => `${pid} ${command}`);
  }

  /** Ends whatever is left of it and removes its data. */
  async raze(): Promise<void> {
    const { child } = this.running ?? {};
    if (child?.exitCode === null && child.signalCode === null) {
      await Promise.race([this.stop(), pause(15_000, undefined, { ref: false })]);
    }
    for (const { pid } of processesOn(this.folder)) {
      if (lives(pid)) process.kill(pid, 'SIGKILL');
    }
    await this.leftBehind();
    rmSync(this.folder, { recursive: true, force: true });
    await this.guard.close();
  }

  /** Asks the database. */
  async query<Row extends Record<string, unknown>>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    return this.database(async (client) => (await client.query<Row>(sql, [...values])).rows);
  }

  /** Works with a connection to the database. */
  async database<Result>(work: (client: Postgres) => Promise<Result>): Promise<Result> {
    const client = new Postgres({ connectionString: this.address('DATABASE_URL') });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  /** Works with a client of the Temporal server. */
  async temporal<Result>(work: (client: Temporal) => Promise<Result>): Promise<Result> {
    // A server that was killed often is started again after a growing pause.
    const connectTimeout = '1 minute';
    const address = this.address('TEMPORAL_ADDRESS');
    const connection = await Connection.connect({ address, connectTimeout });
    try {
      return await work(new Temporal({ connection }));
    } finally {
      await connection.close();
    }
  }

  private address(name: string): string {
    const found = run(this.dataDir).variables[name];
    if (found === undefined) throw new Error(`The run's record names no ${name}.`);
    return found;
  }
}

function temporalCli(): string {
  const given = process.env['TEMPORAL_CLI_PATH'];
  if (given !== undefined && given !== '') return given;
  const finder = path.resolve(__dirname, '..', '..', '..', 'tools', 'temporal', 'find-cli.mjs');
  const printed = execFileSync(process.execPath, [finder], { encoding: 'utf8' });
  return String(printed.trim().split('\n').at(-1));
}
