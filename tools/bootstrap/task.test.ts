import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

// The compiler takes its time on a busy machine.
jest.setTimeout(120_000);

const TOOLS = path.resolve(__dirname, '..');

let root: string;
const file = (...parts: string[]) => path.join(root, ...parts);

/** A checkout of a small product that has the same set-up. */
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'castellan-task-'));
  for (const folder of ['bootstrap', 'temporal']) {
    cpSync(path.join(TOOLS, folder), file('tools', folder), { recursive: true });
  }
  const recipes = ['temporal-cli', 'temporal-test-server'];
  for (const folder of recipes) mkdirSync(file('tools', folder));
  writeFileSync(file('package.json'), JSON.stringify({ name: 'small', version: '1.0.0' }));
  writeLock({});
  mkdirSync(file('node_modules'));
  writeFileSync(file('node_modules', '.package-lock.json'), JSON.stringify({ packages: {} }));
  symlinkSync(
    path.dirname(require.resolve('typescript/package.json')),
    file('node_modules', 'typescript'),
  );
  const compilerOptions = { target: 'es2022', module: 'commonjs', rootDir: '.', strict: true };
  writeFileSync(
    file('tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        ...compilerOptions,
        types: [],
        sourceMap: true,
        incremental: true,
        ignoreDeprecations: '6.0',
      },
      include: ['bin', 'src', 'worker'],
    }),
  );
  writeFileSync(file('tsconfig.build.json'), JSON.stringify({ extends: './tsconfig.json' }));
  for (const folder of ['bin', 'src', 'worker']) mkdirSync(file(folder));
  writeFileSync(
    file('worker', 'bundle.ts'),
    `declare const require: (name: string) => any, __dirname: string;
     require('node:fs').writeFileSync(__dirname + '/../workflow-bundle.js', 'bundled');\n`,
  );
  writeFileSync(file('src', 'greeting.ts'), `export const greeting: string = 'hello';\n`);
  writeFileSync(
    file('bin', 'castellan.ts'),
    `import { greeting } from '../src/greeting';
     declare const process: { argv: string[]; exitCode?: number; on(name: string, f: () => void): void; env: Record<string, string> };
     declare const setInterval: (f: () => void, ms: number) => unknown;
     console.log(greeting, process.argv.slice(2).join(' '), process.env['TEMPORAL_CLI_PATH'] ?? '');
     if (process.argv.includes('stay')) setInterval(() => undefined, 1000);
     process.exitCode = 7;\n`,
  );
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function writeLock(packages: object): void {
  writeFileSync(
    file('package-lock.json'),
    JSON.stringify({
      name: 'small',
      version: '1.0.0',
      lockfileVersion: 3,
      requires: true,
      packages: { '': { name: 'small', version: '1.0.0' }, ...packages },
    }),
  );
}

function run(...words: string[]): ChildProcess {
  return spawn(process.execPath, [file('tools', 'bootstrap', 'run.mjs'), ...words], {
    env: { ...process.env, TEMPORAL_CLI_PATH: '', npm_execpath: file('npm-cli.js') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(child: ChildProcess): Promise<{ code: unknown; out: string; said: string }> {
  let [out, said] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const values: unknown[] = await once(child, 'close');
  // On a busy machine set-up also says that it is still at it.
  return {
    code: values[0] ?? values[1],
    out,
    said: said.replace(/^castellan: (still|finished) .*\n/gm, ''),
  };
}

const built = {
  code: 0,
  out: '',
  said: 'castellan: building Castellan, because its sources changed\n',
};
const nothingToDo = { code: 0, out: '', said: '' };

describe('building', () => {
  it('happens when sources changed, and only then', async () => {
    expect(await ended(run('build'))).toEqual(built);
    expect(existsSync(file('dist', 'src', 'greeting.js'))).toBe(true);
    expect(readFileSync(file('dist', 'workflow-bundle.js'), 'utf8')).toBe('bundled');
    expect(await ended(run('build'))).toEqual(nothingToDo);
    writeFileSync(file('src', 'greeting.ts'), `export const greeting: string = 'good day';\n`);
    expect(await ended(run('build'))).toEqual(built);
    expect(readFileSync(file('dist', 'src', 'greeting.js'), 'utf8')).toContain('good day');
  });

  it('takes other files along, and removes what has no source any more', async () => {
    mkdirSync(file('src', 'pages'));
    writeFileSync(file('src', 'pages', 'index.html'), '<p>hello');
    writeFileSync(file('src', 'gone.ts'), 'export {};\n');
    await ended(run('build'));
    expect(readFileSync(file('dist', 'src', 'pages', 'index.html'), 'utf8')).toBe('<p>hello');
    expect(existsSync(file('dist', 'src', 'gone.js'))).toBe(true);
    rmSync(file('src', 'pages'), { recursive: true });
    rmSync(file('src', 'gone.ts'));
    await ended(run('build'));
    expect(readdirSync(file('dist', 'src')).sort()).toEqual(['greeting.js', 'greeting.js.map']);
  });

  it('keeps the last good build when a source is wrong, and says where', async () => {
    await ended(run('build'));
    writeFileSync(file('src', 'greeting.ts'), `export const greeting: string = 1;\n`);
    const { code, said } = await ended(run('build'));
    expect(code).toBe(1);
    expect(said).toContain('src/greeting.ts(1,14): error TS2322');
    expect(readFileSync(file('dist', 'src', 'greeting.js'), 'utf8')).toContain('hello');
    expect(readdirSync(root).filter((name) => name.startsWith('dist'))).toEqual(['dist']);
  });

  it('is done once when two commands come at the same time', async () => {
    const both = await Promise.all([ended(run('build')), ended(run('build'))]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const said = both.map((outcome) => outcome.said).join('');
    expect(said.match(/building Castellan, because/g)).toHaveLength(1);
  });

  it('is taken up again after a kill in its midst', async () => {
    const first = run('build');
    if (first.stderr === null) throw new Error('no output');
    await once(first.stderr, 'data');
    first.kill('SIGKILL');
    await once(first, 'close');
    expect(await ended(run('build'))).toEqual(built);
    expect(await ended(run('build'))).toEqual(nothingToDo);
  });
});

describe('installing', () => {
  const said =
    'castellan: installing packages, because package-lock.json asks for others than are installed\n';

  beforeEach(async () => {
    await ended(run('packages'));
    writeLock({ 'node_modules/part': { version: '1.0.0' } });
  });

  /** Takes the place of npm, and runs in the folder that it is to install into. */
  function npm(body: string): void {
    writeFileSync(file('npm-cli.js'), `const fs = require('node:fs');\n${body}\n`);
  }

  it('happens once when the lock file changed, beside the packages that are there', async () => {
    npm(`console.log(process.argv[2], fs.readdirSync(process.cwd()).join(' '));
         fs.mkdirSync('node_modules/part', { recursive: true });`);
    expect(await ended(run('packages'))).toEqual({
      code: 0,
      out: '',
      said: `${said}ci package-lock.json package.json\n`,
    });
    expect(existsSync(file('node_modules', 'part'))).toBe(true);
    expect(existsSync(file('node_modules', 'typescript'))).toBe(false);
    expect(await ended(run('packages'))).toEqual(nothingToDo);
    expect(readdirSync(file('.castellan', 'set-up'))).toEqual([]);
  });

  it('leaves the packages that are there when it fails', async () => {
    npm(`fs.mkdirSync('node_modules/part', { recursive: true });
         console.error('no network'); process.exitCode = 3;`);
    expect(await ended(run('packages'))).toEqual({
      code: 1,
      out: '',
      said: `${said}no network\ncastellan: installing packages failed: ${process.execPath} ended with code 3.\n`,
    });
    expect(readdirSync(file('node_modules'))).toContain('typescript');
    expect(readdirSync(file('.castellan', 'set-up'))).toEqual([]);
  });

  it('does not happen when somebody has done it by hand', async () => {
    const packages = { 'node_modules/part': { version: '1.0.0' } };
    writeFileSync(file('node_modules', '.package-lock.json'), JSON.stringify({ packages }));
    expect(await ended(run('packages'))).toEqual(nothingToDo);
  });
});

describe('running', () => {
  it('passes arguments on and ends as the program does', async () => {
    const { code, out } = await ended(run('castellan', 'doctor', '--all'));
    expect(out).toBe('hello doctor --all \n');
    expect(code).toBe(7);
  });

  it('passes a signal on and ends by it', async () => {
    const child = run('castellan', 'stay');
    if (child.stdout === null) throw new Error('no output');
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect((await ended(child)).code).toBe('SIGTERM');
  });

  it('ends the program when npm is killed, which cannot pass anything on', async () => {
    const words = [file('tools', 'bootstrap', 'run.mjs'), 'castellan', 'stay'];
    const npm = spawn(
      process.execPath,
      [
        '-e',
        `require('node:child_process').spawn(process.execPath, ${JSON.stringify(words)}, { stdio: 'inherit' });
         setInterval(() => {}, 1000);`,
      ],
      {
        env: { ...process.env, npm_lifecycle_event: 'start' },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    await once(npm.stdout, 'data');
    npm.kill('SIGKILL');
    // The pipe closes when the last of those that write to it has ended.
    await once(npm.stdout, 'close');
    expect(npm.signalCode).toBe('SIGKILL');
  });

  it('names the tasks when it is asked for another', async () => {
    const { code, said } = await ended(run('constructor'));
    expect(code).toBe(1);
    expect(said).toMatch(
      /^castellan: there is no task "constructor": it is one of start, castellan/,
    );
  });
});
