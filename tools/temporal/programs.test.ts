import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

// Starting processes takes its time on a busy machine.
jest.setTimeout(60_000);

const NEW = 'temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)';
const OLD = 'temporal version 0.9.0 (Server 1.20.4, UI 2.9.0)';
/** What the test's own scripts need of the system. */
const SYSTEM = '/usr/bin:/bin';

let folder: string;
let bin: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'castellan-programs-'));
  bin = path.join(folder, 'bin');
  mkdirSync(bin);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function script(file: string, body: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\nPATH=${SYSTEM}\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

interface Outcome {
  readonly code: number;
  readonly path: string;
  readonly said: string;
}

/** Runs a finder on a machine that has nothing but what the test put there. */
function find(name: string, env: Record<string, string> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [path.join(__dirname, `find-${name}.mjs`)],
      {
        env: {
          PATH: bin,
          HOME: folder,
          XDG_CACHE_HOME: path.join(folder, 'cache'),
          CASTELLAN_DATA_DIR: path.join(folder, 'data'),
          TMPDIR: folder,
          // The SDK's own download ends at once, also on a machine that is on the internet.
          HTTPS_PROXY: 'http://127.0.0.1:9',
          HTTP_PROXY: 'http://127.0.0.1:9',
          ...env,
        },
      },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, path: stdout.trim(), said: stderr });
      },
    );
  });
}

describe('the Temporal CLI', () => {
  it('is the one that the variable names', async () => {
    script(path.join(bin, 'temporal'), `echo '${NEW}'`);
    const given = script(path.join(folder, 'mine'), `echo '${NEW}'`);
    expect(await find('cli', { TEMPORAL_CLI_PATH: given })).toEqual({
      code: 0,
      path: given,
      said: '',
    });
  });

  it.each([
    ['names nothing', '/nowhere/temporal', 'there is no program at that path'],
    ['names a folder', '/usr', 'there is no program at that path'],
    ['names another program', '/bin/false', 'it does not answer to --version'],
  ])('is an error when the variable %s', async (_case, given, reason) => {
    const outcome = await find('cli', { TEMPORAL_CLI_PATH: given });
    expect(outcome.code).toBe(1);
    expect(outcome.path).toBe('');
    expect(outcome.said).toBe(
      `castellan: TEMPORAL_CLI_PATH is set to ${given}, but ${reason}. Set it to the path of the ` +
        'Temporal CLI, for example /usr/local/bin/temporal, or remove it to have one found.\n',
    );
  });

  it('is an error when the variable names one that is too old', async () => {
    const given = script(path.join(folder, 'mine'), `echo '${OLD}'`);
    const { code, said } = await find('cli', { TEMPORAL_CLI_PATH: given });
    expect(code).toBe(1);
    expect(said).toContain('its server 1.20.4 is older than 1.28.0');
  });

  it('is the one on PATH, with nothing prepared', async () => {
    const installed = script(path.join(bin, 'temporal'), `echo '${NEW}'`);
    expect(await find('cli')).toEqual({ code: 0, path: installed, said: '' });
    expect(existsSync(path.join(folder, 'cache'))).toBe(false);
  });

  const fakeGo = () =>
    script(
      path.join(bin, 'go'),
      `echo run >> ${folder}/runs
       sleep 0.3
       while [ "$1" != -o ]; do shift; done
       printf '#!/bin/sh\\necho "${NEW}"\\n' > "$2" && chmod +x "$2"`,
    );

  it('is built with Go when the one on PATH is too old, and found again', async () => {
    script(path.join(bin, 'temporal'), `echo '${OLD}'`);
    fakeGo();
    const first = await find('cli');
    expect(first.code).toBe(0);
    expect(first.said).toContain('its server 1.20.4 is older than 1.28.0');
    expect(first.said).toContain('building the Temporal CLI 1.8.2 with Go');
    expect(first.path).toContain(path.join(folder, 'cache', 'castellan', 'temporal-cli', '1.8.2-'));
    const second = await find('cli');
    expect(second.path).toBe(first.path);
    expect(second.said).not.toContain('building');
  });

  it('is built once by two commands at the same time', async () => {
    fakeGo();
    const [one, two] = await Promise.all([find('cli'), find('cli')]);
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(two.path).toBe(one.path);
    expect(readFileSync(path.join(folder, 'runs'), 'utf8')).toBe('run\n');
  });

  it('is built into the data directory when the cache cannot be written to', async () => {
    fakeGo();
    writeFileSync(path.join(folder, 'file'), '');
    const { path: found } = await find('cli', { XDG_CACHE_HOME: path.join(folder, 'file') });
    expect(found).toContain(path.join(folder, 'data', 'programs', 'temporal-cli'));
  });

  it('leaves nothing half done when the build fails, and says where its output is', async () => {
    script(path.join(bin, 'go'), 'echo no such module >&2; exit 1');
    const { code, said } = await find('cli');
    expect(code).toBe(1);
    expect(said).toContain('no such module');
    const log = /The whole output is in (.+)/.exec(said)?.[1] ?? '';
    expect(readFileSync(log, 'utf8')).toBe('no such module\n');
    expect(existsSync(log.replace(/\.log$/, ''))).toBe(false);
  });
});

describe('the time-skipping test server', () => {
  it('is fetched with Maven when Java is there, and found again', async () => {
    script(path.join(bin, 'java'), `echo "java $*"`);
    script(
      path.join(bin, 'mvn'),
      `for word; do case $word in -DoutputDirectory=*) mkdir -p "\${word#*=}";; esac; done`,
    );
    const first = await find('test-server');
    expect(first.code).toBe(0);
    expect((await find('test-server')).path).toBe(first.path);
    const ran = await new Promise<string>((resolve) => {
      execFile(first.path, ['7777'], { env: { PATH: `${bin}:${SYSTEM}` } }, (_error, stdout) => {
        resolve(stdout);
      });
    });
    expect(ran).toMatch(/-XX:\+UseSerialGC .* io\.temporal\.testserver\.TestServer 7777\n$/);
  });

  it('is an error that names all the ways when there is none', async () => {
    const { code, said } = await find('test-server');
    expect(code).toBe(1);
    expect(said).toContain(
      "castellan: Temporal's time-skipping test server was not found and there is no way to get it",
    );
    expect(said).toContain('TEMPORAL_TEST_SERVER_PATH');
    expect(said).toContain('Temporal SDK');
    expect(said).toContain('Java (11 or newer) and Maven');
  });
});
