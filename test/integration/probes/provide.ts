import { expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { keptFolder } from '../../../bench/watch/user-cache';

/** What each peer is made from. */
export const PEERS = path.join(__dirname, 'peers');

/**
 * How long downloading a peer may take; on an ordinary line it is 10 to 30 seconds, once a user. Together
 * they hold about 600 MB, most of it the data of all Minecraft versions.
 */
const PATIENCE_MS = 120_000;

/** A folder with what a peer needs, or why there is none here. */
export type Provided = { readonly folder: string } | { readonly unavailable: string };

/**
 * Minecraft servers are no part of this project and are not kept in it: they are downloaded into the
 * user's cache, once. Where that is impossible, their tests are skipped, unless CI or
 * CASTELLAN_REAL_PEERS says that they have to run.
 *
 * @param name the folder's, in peers/
 * @param files what it is made from; a change makes it anew
 * @param fill fills a folder
 * @throws Error when it cannot be provided although it has to
 */
export function provide(
  name: string,
  files: readonly string[],
  fill: (folder: string) => void,
): Provided {
  const recipe = files.map((file) => path.join(PEERS, name, file));
  try {
    const folder = keptFolder(path.join('peers', name), recipe, (filling) => {
      process.stderr.write(`castellan: downloading the test peer ${name}\n`);
      fill(filling);
    });
    return { folder };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return unavailable(`the peer ${name} could not be provided: ${reason}`, error);
  }
}

/** What cannot be had here. @throws Error where it has to be there */
export function unavailable(reason: string, cause?: unknown): Provided {
  if (isRequired()) throw new Error(reason, { cause });
  return { unavailable: reason };
}

/** Copies files of a peer's recipe. */
export function copy(name: string, files: readonly string[], folder: string): void {
  for (const file of files) cpSync(path.join(PEERS, name, file), path.join(folder, file));
}

export function run(command: string, args: readonly string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], timeout: PATIENCE_MS });
}

/** Maven's artifacts that a peer's pom.xml names, in the folder's `lib`. */
export function collectJars(name: string, folder: string): void {
  const pom = path.join(PEERS, name, 'pom.xml');
  const lib = path.join(folder, 'lib');
  run(
    'mvn',
    ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${lib}`],
    folder,
  );
}

/** Registers a test that is skipped, with the reason as its name, and prints the reason. */
export function skipped(reason: string): void {
  process.stderr.write(`Skipped: ${reason}; CASTELLAN_REAL_PEERS=1 makes this a failure\n`);
  const notHere = it.skip;
  notHere(reason, () => {
    expect(reason).toBe('');
  });
}

function isRequired(): boolean {
  return [process.env.CI, process.env.CASTELLAN_REAL_PEERS].some((value) => (value ?? '') !== '');
}
