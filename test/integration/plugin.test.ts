import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildPlugin } from './plugin/build';
import { skipped } from './probes/provide';

const built = buildPlugin();
if ('unavailable' in built) skipped(built.unavailable);
const describeHere = 'unavailable' in built ? describe.skip : describe;

interface Suite {
  readonly name: string;
  readonly tests: number;
  readonly failed: number;
}

/** What Surefire wrote of each class of tests. */
function suites(): Suite[] {
  if ('unavailable' in built) return [];
  const reports = path.join(built.folder, 'reports');
  return readdirSync(reports).map((file) => {
    const xml = readFileSync(path.join(reports, file), 'utf8');
    const head = /<testsuite [^>]*>/.exec(xml)?.[0] ?? '';
    const count = (name: string): number =>
      Number(new RegExp(` ${name}="(\\d+)"`).exec(head)?.[1] ?? Number.NaN);
    return {
      name: file.replace(/^(.*?)-TEST-(?:.*\.)?(.*)\.xml$/, '$1: $2'),
      tests: count('tests'),
      failed: count('errors') + count('failures') + count('skipped'),
    };
  });
}

describeHere('the Minecraft plugin, built by Maven', () => {
  const found = suites();

  it.each(found.map((suite) => [suite.name, suite] as const))('%s', (_name, suite) => {
    expect(suite).toEqual({ ...suite, failed: 0 });
    expect(suite.tests).toBeGreaterThan(0);
  });

  it('was tested in the core and in BungeeCord', () => {
    const names = found.map(({ name }) => name);
    expect(names).toContain('core: HttpVerificationTest');
    expect(names).toContain('bungeecord: CastellanPluginTest');
  });
});
