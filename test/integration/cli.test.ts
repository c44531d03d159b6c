import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { Connection } from '@temporalio/client';
import { z } from 'zod';
import { missingSearchAttributes } from '../../src/temporal/search-attributes';
import { databaseUrl, freshNamespace, temporal } from '../parts';
import {
  castellan,
  until,
  untilTrue,
  type CastellanProcess,
  type Ending,
} from './castellan-process';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'castellan-cli-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Nobody listens there: port 9 is "discard". */
const nowhere = {
  DISCORD_TOKEN: 'test',
  DISCORD_API_URL: 'http://127.0.0.1:9/api',
  DATABASE_URL: 'postgres://castellan:hunter2@127.0.0.1:9/castellan',
  TEMPORAL_ADDRESS: '127.0.0.1:9',
};

function ran(args: readonly string[], settings: Record<string, string> = {}): Promise<Ending> {
  return castellan(args, settings, folder).ended;
}

describe('castellan', () => {
  it('explains itself', async () => {
    const [help, version] = await Promise.all([ran(['--help']), ran(['--version'])]);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('castellan check-config FILE');
    expect(version.code).toBe(0);
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    { args: [], problem: 'Say what to start.' },
    { args: ['bots'], problem: 'There is no subcommand "bots".' },
    { args: ['web', '--port', '1'], problem: '"--port 1" is not understood here.' },
    { args: ['check-config'], problem: 'check-config takes one file.' },
    { args: ['doctor', '--only=pets'], problem: 'doctor takes --only=PART' },
  ])('shows its usage after $args', async ({ args, problem }) => {
    const { code, stderr } = await ran(args);
    expect(code).toBe(64);
    expect(stderr).toContain(problem);
    expect(stderr).toContain('castellan all');
  });

  it.each(['all', 'bot', 'web', 'worker', 'migrate', 'doctor'])(
    'does nothing in "%s" before the environment is right, and names all that is wrong',
    async (subcommand) => {
      const dataDir = path.join(folder, `untouched-${subcommand}`);
      const { code, stdout, stderr } = await ran([subcommand], {
        ...nowhere,
        HTTP_PORT: 'http',
        DATABASE_URL: 'mysql://root:hunter2@db/castellan',
        CASTELLAN_DATA_DIR: dataDir,
      });
      expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
      expect(stderr).toContain('HTTP_PORT: "http" is not a port');
      expect(stderr).toContain('DATABASE_URL: it begins with "mysql:"');
      expect(stderr).toContain('for example: HTTP_PORT=3000');
      expect(stderr).not.toContain('hunter2');
      expect(existsSync(dataDir)).toBe(false);
    },
  );

  it.each(['bot', 'web', 'worker'])('embeds nothing in "%s" alone', async (subcommand) => {
    const { code, stderr } = await ran([subcommand]);
    expect(code).toBe(78);
    for (const variable of ['DISCORD_TOKEN', 'DATABASE_URL', 'TEMPORAL_ADDRESS']) {
      expect(stderr).toContain(`${variable}: it is not set`);
    }
  });

  it('reads a .env file, which never overrides what is set', async () => {
    const cwd = path.join(folder, 'with-env');
    mkdirSync(cwd);
    writeFileSync(path.join(cwd, '.env'), 'HTTP_PORT=one\nLOG_LEVEL=loud\n');
    const { stderr } = await castellan(['doctor'], { LOG_LEVEL: 'info' }, cwd).ended;
    expect(stderr).toContain('HTTP_PORT: "one"');
    expect(stderr).not.toContain('LOG_LEVEL');
  });
});

describe('castellan check-config', () => {
  it('accepts the demo guild', async () => {
    const file = path.resolve('sandbox', 'demo', 'castellan.yaml');
    expect(await ran(['check-config', file])).toMatchObject({ code: 0, stderr: '' });
  });

  it('invites the bot to each guild with what the file uses, and not more', async () => {
    const file = path.join(folder, 'invites.yaml');
    const guild = (name: string, more: string): string =>
      `  - guild: ${name}\n    teams: { helpers: { name: Helpers, members: [Mod] } }\n` +
      `    categories:\n      - { id: a, title: A, description: A, team: helpers }\n${more}`;
    writeFileSync(
      file,
      `guilds:\n${guild('Plain', '')}${guild(
        'Keep',
        `    mirrors:
      - { id: here, from: one, to: two, style: plain }
      - { id: there, from: one, to: { guild: plain, channel: two } }
      - { id: far, from: one, to: { guild: Far, channel: two } }
    announcements:
      sources:
        - id: code
          provider: github
          routes: [{ channel: one, thread: true }, { channel: talks, tags: [News] }]
`,
      )}`,
    );
    const { code, stdout, stderr } = await ran(['check-config', file]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const base = 268692560n;
    const invitations = [
      ...stdout.matchAll(/^To invite the bot to "(\w+)": .*permissions=(\d+)$/gm),
    ];
    expect(invitations.map(([, name, bits]) => [name, BigInt(bits ?? 0) ^ base])).toEqual([
      ['Plain', P.ManageWebhooks],
      ['Keep', P.CreatePublicThreads | P.SendMessagesInThreads],
      ['Far', P.ManageWebhooks],
    ]);
  });

  it('stops castellan all before anything is started', async () => {
    const file = path.join(folder, 'wrong.yaml');
    writeFileSync(file, 'guilds:\n  - guild: Kestrel Keep\n    rolez: 1\n');
    const dataDir = path.join(folder, 'never-made');
    const { code, stdout, stderr } = await ran(['all'], {
      CASTELLAN_CONFIG: file,
      CASTELLAN_DATA_DIR: dataDir,
    });
    expect(code).toBe(78);
    expect(stderr).toContain('guilds[0].rolez: there is no such key; did you mean roles?');
    expect(stdout).not.toContain('ready');
    expect(existsSync(path.join(dataDir, 'postgres'))).toBe(false);
  });

  it('names every problem with its path', async () => {
    const file = path.join(folder, 'wrong.yaml');
    writeFileSync(file, 'guilds:\n  - guild: Keep\n    rolls: {}\n    categories: 7\n');
    const { code, stderr } = await ran(['check-config', file]);
    expect(code).toBe(78);
    expect(stderr).toContain('guilds[0].rolls');
    expect(stderr).toContain('guilds[0].categories');
  });
});

describe('castellan migrate', () => {
  it('brings database and namespace up to date, and finds nothing to do the second time', async () => {
    const { address, namespace } = await freshNamespace();
    const settings = {
      DATABASE_URL: await databaseUrl(),
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
    };
    const first = await ran(['migrate'], settings);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^The database now has 0001_/);
    const connection = await Connection.connect({ address });
    expect(await missingSearchAttributes(connection, namespace)).toEqual([]);
    await connection.close();
    const second = await ran(['migrate'], settings);
    expect(second.stdout).toBe(
      `The database was up to date.\nThe Temporal namespace "${namespace}" was up to date.\n`,
    );
  });

  it('says when the database is not reached', async () => {
    const { code, stderr } = await ran(['migrate'], { DATABASE_URL: nowhere.DATABASE_URL });
    expect(code).toBe(1);
    expect(stderr).toContain('The database cannot be reached');
    expect(stderr).not.toContain('hunter2');
  });
});

describe('castellan doctor', () => {
  it('finds nothing wrong before the first start', async () => {
    const { code, stdout } = await ran(['doctor'], {
      CASTELLAN_DATA_DIR: path.join(folder, 'fresh'),
    });
    expect(code).toBe(0);
    expect(stdout).toContain('ok   database: DATABASE_URL is not set');
    expect(stdout).not.toContain('ILL');
  });

  it('says what is wrong with each part and how to mend it', async () => {
    const { address } = temporal();
    const { code, stdout } = await ran(['doctor'], {
      ...nowhere,
      CASTELLAN_DATA_DIR: path.join(folder, 'ill'),
      DATABASE_URL: await databaseUrl(),
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: 'nobody-made-it',
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ILL {2}database: .* lacks 0001_.*Run "castellan migrate"/m);
    expect(stdout).toMatch(/^ILL {2}temporal: .*"nobody-made-it".*namespace create/m);
    expect(stdout).toMatch(/^ILL {2}discord: Discord is not reached at http:\/\/127.0.0.1:9/m);
    expect(stdout).toMatch(/^ok {3}storage:/m);
  });

  it('finds no part that does not answer', async () => {
    const { code, stdout } = await ran(['doctor'], {
      ...nowhere,
      CASTELLAN_DATA_DIR: path.join(folder, 'alone'),
    });
    expect(code).toBe(1);
    for (const part of ['database', 'temporal', 'discord']) {
      expect(stdout).toMatch(new RegExp(`^ILL {2}${part}: .* is not reached`, 'm'));
    }
    expect(stdout).not.toContain('hunter2');
  });

  it('is the health check of a process without a port', async () => {
    const settings = { CASTELLAN_DATA_DIR: path.join(folder, 'health') };
    const { code, stdout } = await ran(['doctor', '--only=worker'], settings);
    expect(code).toBe(1);
    expect(stdout).toContain('ILL  worker: The worker does not run on this host');
  });
});

describe('castellan web', () => {
  it('starts without anything that it depends on, on a free port, and says what is missing', async () => {
    const settings = { ...nowhere, CASTELLAN_DATA_DIR: path.join(folder, 'web') };
    const occupant = await occupy(3000);
    const web = castellan(['web'], settings, folder);
    const url = await addressOf(web);
    expect(new URL(url).port).not.toBe('3000');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const readiness = await fetch(`${url}/readyz`);
    expect(readiness.status).toBe(503);
    expect(await readiness.json()).toMatchObject({
      unreachable: ['postgres', 'temporal', 'discord'],
    });
    await untilTrue('its sign of life', async () => {
      const { code } = await ran(['doctor', '--only=web'], settings);
      return code === 0;
    });
    web.child.kill('SIGTERM');
    expect(await web.ended).toMatchObject({ code: 0 });
    occupant?.close();
  });

  it('does not take another port than the one that was asked for', async () => {
    const occupant = await occupy(0);
    const { port } = z.object({ port: z.number() }).parse(occupant?.address());
    const { code, stderr } = await ran(['web'], { ...nowhere, HTTP_PORT: String(port) });
    occupant?.close();
    expect(code).toBe(78);
    expect(stderr).toContain(`HTTP_PORT: port ${port} is taken`);
  });
});

/** Listens on a port; undefined if another program already does. */
async function occupy(port: number): Promise<ReturnType<typeof createServer> | undefined> {
  const server = createServer();
  server.listen({ port, host: '127.0.0.1' });
  return once(server, 'listening').then(
    () => server,
    () => undefined,
  );
}

/** Where a web server that was started alone listens: its log tells. */
function addressOf(web: CastellanProcess): Promise<string> {
  return until('its address', () => /"http":"(http:[^"]+)"/.exec(web.printed())?.[1]);
}
