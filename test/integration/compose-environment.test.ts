import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { readEnvironment, type Need } from '../../src/config/environment';
import { variables as known } from '../../src/config/variables';
import { composeParser, ROOT, skipped, type ParseCompose } from './compose-parser';
import { imageEnvironment } from './compose-image';

/** Read by the tools that find Temporal's programs, not by the product. Contract, section 2. */
const toolVariables = ['TEMPORAL_TEST_SERVER_PATH'];
/** Has the form of one of Discord's, and is none. */
const token = `${'a'.repeat(24)}.${'b'.repeat(6)}.${'c'.repeat(38)}`;

interface Entry {
  readonly name: string;
  /** What stands there after the `=`. */
  readonly value: string;
  readonly active: boolean;
  /** The comment lines above it, up to the entry before or an empty line. */
  readonly comments: readonly string[];
}

const text = readFileSync(path.join(ROOT, '.env.example'), 'utf8');
const entries = entriesOf(text);
const names = entries.map(({ name }) => name);

function entriesOf(file: string): Entry[] {
  const found: Entry[] = [];
  let comments: string[] = [];
  for (const line of file.split('\n')) {
    const [, mark, name, value] = /^(#?)([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      found.push({ name, value, active: mark === '', comments });
    } else if (line.startsWith('# ')) {
      comments = [...comments, line.slice(2)];
    } else if (line === '') {
      comments = [];
    }
  }
  return found;
}

const composeFile = z
  .object({
    services: z.record(
      z.string(),
      z.object({ environment: z.record(z.string(), z.unknown()).default({}) }),
    ),
  })
  .parse(parse(readFileSync(path.join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }));

/** Every variable that docker-compose.yml takes from .env: in ${…}, or as a name without a value. */
function taken(): string[] {
  const compose = readFileSync(path.join(ROOT, 'docker-compose.yml'), 'utf8')
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n');
  const inBraces = [...compose.matchAll(/\$\{([A-Z0-9_]+)/g)].flatMap(([, name]) => name ?? []);
  const handedOn = Object.values(composeFile.services).flatMap(({ environment }) =>
    Object.entries(environment).flatMap(([name, value]) => (value === null ? [name] : [])),
  );
  return [...new Set([...inBraces, ...handedOn])].sort();
}

describe('.env.example', () => {
  it('explains every variable that the product reads', () => {
    expect(names).toEqual(expect.arrayContaining([...Object.keys(known), ...toolVariables]));
  });

  it('explains every variable that docker-compose.yml takes from .env', () => {
    expect(names).toEqual(expect.arrayContaining(taken()));
  });

  it('has no variable that nobody reads, and none twice', () => {
    const read = new Set([...Object.keys(known), ...toolVariables, ...taken()]);
    expect(names.filter((name) => !read.has(name))).toEqual([]);
    expect(names).toHaveLength(new Set(names).size);
  });

  it.each(entries)('says what $name is, what its absence means, and gives an example', (entry) => {
    const lines = entry.comments;
    expect(lines.some((line) => line.startsWith('Absent: '))).toBe(true);
    expect(lines.some((line) => line.startsWith('Example: '))).toBe(true);
    expect(lines.filter((line) => !/^(Absent|Example): /.test(line))).not.toEqual([]);
  });

  it('holds no value: a copy that was not filled in means nothing', () => {
    expect(entries.filter(({ value }) => value !== '')).toEqual([]);
    expect(readEnvironment({})).toEqual(
      readEnvironment(Object.fromEntries(names.map((name) => [name, '']))),
    );
  });

  it('shows examples that the product accepts', () => {
    const examples = [...text.matchAll(/^# Example: ([A-Z0-9_]+)=(.*)$/gm)].flatMap(
      ([, name, value]) => (name === undefined || value === undefined ? [] : [{ name, value }]),
    );
    // A placeholder is no value, and these name files that are not on this machine.
    const checked = examples.filter(
      ({ name, value }) =>
        name in known && !value.includes('<') && !/_PATH$|_TLS_|^CASTELLAN_CONFIG$/.test(name),
    );
    expect(checked.length).toBeGreaterThan(8);
    expect(() =>
      readEnvironment({
        DISCORD_TOKEN: token,
        ...Object.fromEntries(checked.map(({ name, value }) => [name, value])),
      }),
    ).not.toThrow();
  });

  it('has the variables that compose needs without a comment mark, and the others with one', () => {
    expect(
      entries
        .filter(({ active }) => active)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      'CASTELLAN_DB_PASSWORD',
      'DISCORD_TOKEN',
      'POSTGRES_PASSWORD',
      'PUBLIC_URL',
      'SECRET_KEY',
      'TEMPORAL_DB_PASSWORD',
    ]);
  });
});

const parser = composeParser();
if ('unavailable' in parser) skipped(parser.unavailable);
else suite(parser);

function suite(parse: ParseCompose): void {
  describe('what docker-compose.yml gives the processes', () => {
    const needs: readonly (readonly [string, readonly Need[]])[] = [
      ['bot', ['discord', 'database', 'temporal']],
      ['web', ['discord', 'database', 'temporal']],
      ['worker', ['discord', 'database', 'temporal']],
      ['migrate', ['database']],
    ];

    it.each(needs)('is accepted by %s', (name, need) => {
      const answer = parse({
        DISCORD_TOKEN: token,
        PUBLIC_URL: 'https://castellan.example.org',
        SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
        POSTGRES_PASSWORD: 'a1',
        CASTELLAN_DB_PASSWORD: 'b2',
        TEMPORAL_DB_PASSWORD: 'c3',
      });
      if ('refused' in answer) throw new Error(answer.refused);
      const given = answer.accepted.project.services[name]?.environment ?? {};
      const own = Object.entries({ ...imageEnvironment(), ...given });
      const environment = readEnvironment(
        Object.fromEntries(own.map(([variable, value]) => [variable, value ?? undefined])),
        need,
      );
      expect(environment.databaseUrl).toBe('postgres://castellan:b2@postgres:5432/castellan');
      expect(environment.http).toMatchObject({ host: '0.0.0.0', port: 3000 });
      expect(environment.dataDir).toBe('/var/lib/castellan');
    });
  });
}
