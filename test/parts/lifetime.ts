import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { PARTS_VARIABLE, partsSchema, type PartName, type Parts } from './addresses';
import { writeBundle } from '../../worker/bundle';
import { startPostgres } from './postgres';
import type { Surroundings } from './server';
import { startTemporal } from './temporal-server';
import { startWatchdog } from './watchdog';

const ROOT = path.resolve(__dirname, '..', '..');
const TITLES: Record<PartName, string> = {
  postgres: 'PostgreSQL',
  temporal: "Temporal's dev server",
  timeSkipping: "Temporal's time-skipping test server",
  workflows: 'the bundle of the workflows',
};

/**
 * Jest calls the set-up of each selected project and one tear-down, all in its main process, where
 * this module is loaded once.
 */
let around: Surroundings | undefined;

/**
 * Starts those of the parts that do not run yet, side by side, and announces them to the tests.
 *
 * @param wanted the parts
 */
export async function startParts(wanted: readonly PartName[]): Promise<void> {
  const parts = partsSchema.parse(JSON.parse(process.env[PARTS_VARIABLE] ?? '{}'));
  const missing = wanted.filter((name) => parts[name] === undefined);
  if (missing.length === 0) return;
  process.stderr.write(
    `castellan: starting ${missing.map((name) => TITLES[name]).join(' and ')} for the tests\n`,
  );
  const here = (around ??= surroundings());
  const start: { [Name in PartName]: () => Promise<Parts[Name]> } = {
    postgres: () => startPostgres(here),
    temporal: async () => startTemporal(await program('TEMPORAL_CLI_PATH', 'find-cli'), here),
    timeSkipping: () => program('TEMPORAL_TEST_SERVER_PATH', 'find-test-server'),
    // Once for all suites: each would take seconds for it.
    workflows: async () => {
      const file = path.join(here.folder, 'workflows.js');
      await writeBundle(file);
      return file;
    },
  };
  try {
    const started = await Promise.all(
      missing.map(async (name) => ({ [name]: await start[name]() })),
    );
    process.env[PARTS_VARIABLE] = JSON.stringify(Object.assign({}, parts, ...started));
  } catch (error) {
    // Jest does not tear down what failed to be set up.
    await stopParts();
    throw error;
  }
}

/** Ends all parts and removes their data. */
export async function stopParts(): Promise<void> {
  const watchdog = around?.watchdog;
  around = undefined;
  Reflect.deleteProperty(process.env, PARTS_VARIABLE);
  await watchdog?.close();
}

function surroundings(): Surroundings {
  const folder = mkdtempSync(path.join(tmpdir(), 'castellan-test-'));
  // As root, PostgreSQL runs as another user, who must get through to its folder in here.
  chmodSync(folder, 0o755);
  const watchdog = startWatchdog();
  watchdog.remove(folder);
  return { folder, watchdog };
}

/** The variable, or what the finder prints; `npm test` has set the variable already. */
async function program(variable: string, finder: string): Promise<string> {
  const given = process.env[variable];
  if (given !== undefined && given !== '') return given;
  const script = path.join(ROOT, 'tools', 'temporal', `${finder}.mjs`);
  // What it is doing, perhaps for minutes, and what it complains about is for the person's eyes.
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (child.exitCode !== 0) throw new Error(`${finder} found nothing; the lines above say why.`);
  return output.trim();
}
