/**
 * Finds the two Temporal programs, or builds them. The first way that works is taken:
 *
 * 1. the variable TEMPORAL_CLI_PATH or TEMPORAL_TEST_SERVER_PATH;
 * 2. `temporal` on PATH (the CLI only: the test server is not installed anywhere by custom);
 * 3. an earlier build in the data directory or in the user's cache;
 * 4. the Temporal SDK's own download: one that it made before, or a new one;
 * 5. a build from public modules: the CLI with Go, the test server with Maven and Java.
 *
 * Nothing here needs an installed package, except step 4, which is left out without the SDK.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../bootstrap/lock.mjs';
import { SetUpError, say } from '../bootstrap/say.mjs';
import * as recipes from './build.mjs';
import {
  fingerprint,
  isProgram,
  isWritable,
  onPath,
  programFile,
  programFolders,
  sdkDownload,
  sdkFolder,
} from './places.mjs';
import { downloadBySdk } from './sdk.mjs';

/**
 * Update-with-start and summaries, which the workflows use, are on by default from this version
 * of the server on.
 */
const OLDEST_SERVER = [1, 28, 0];
const VERSION_LIMIT_MS = 10_000;

/**
 * The Temporal CLI, which holds the dev server and the Web UI.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} its absolute path
 * @throws {SetUpError} when TEMPORAL_CLI_PATH is wrong, or no way worked: it names all of them
 */
export async function findCli(env) {
  return await find(
    {
      title: 'the Temporal CLI',
      variable: 'TEMPORAL_CLI_PATH',
      example: '/usr/local/bin/temporal',
      folder: 'temporal-cli',
      file: programFile('temporal'),
      build: `${recipes.CLI_VERSION}-${fingerprint(filesOf(recipes.CLI_RECIPE))}-${process.platform}-${process.arch}`,
      sdk: 'temporal',
      onPath: () => onPath('temporal', env),
      complaint: (path) => versionComplaint(path, env),
      make: (folder) => {
        const go = recipes.findGo(env);
        return go && (() => recipes.buildCli({ folder, env, go }));
      },
      ways: [
        'install the Temporal CLI so that `temporal` is on PATH, or set TEMPORAL_CLI_PATH to it',
        'allow the Temporal SDK to reach the internet, so that it downloads the CLI',
        'install Go (1.21 or newer), so that the CLI can be built (tools/temporal-cli)',
      ],
    },
    env,
  );
}

/**
 * Temporal's time-skipping test server, which only tests need.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} its absolute path; it takes the port as argument
 * @throws {SetUpError} when TEMPORAL_TEST_SERVER_PATH is wrong, or no way worked
 */
export async function findTestServer(env) {
  const java = recipes.findJava(env);
  return await find(
    {
      title: "Temporal's time-skipping test server",
      variable: 'TEMPORAL_TEST_SERVER_PATH',
      example: '/opt/temporal/temporal-test-server',
      folder: 'temporal-test-server',
      file: process.platform === 'win32' ? 'temporal-test-server.cmd' : 'temporal-test-server',
      build: `${recipes.TEST_SERVER_VERSION}-${fingerprint(filesOf(recipes.TEST_SERVER_RECIPE))}`,
      sdk: 'temporal-test-server',
      onPath: () => undefined,
      complaint: () => undefined,
      // An earlier build is of no use either once Java is gone.
      usable: () => java !== undefined,
      make: (folder) => {
        const maven = recipes.findMaven(env);
        return java && maven && (() => recipes.buildTestServer({ folder, env, maven }));
      },
      ways: [
        'set TEMPORAL_TEST_SERVER_PATH to it',
        'allow the Temporal SDK to reach the internet, so that it downloads the test server',
        'install Java (11 or newer) and Maven, so that it can be fetched (tools/temporal-test-server)',
      ],
    },
    env,
  );
}

async function find(program, env) {
  const given = env[program.variable];
  if (given) return checkGiven(program, given);

  const installed = program.onPath();
  if (installed !== undefined) {
    const complaint = program.complaint(installed);
    if (complaint === undefined) return installed;
    say(`${installed} is not used: ${complaint}`);
  }
  const earlier = findEarlier(program, env);
  if (earlier !== undefined) return earlier;

  const { data, cache } = programFolders(env);
  const home = [cache, data].find(isWritable);
  if (home === undefined) {
    throw new SetUpError(
      `${program.title} has to be stored, but neither ${cache} nor ${data} can be written to. ` +
        'Set XDG_CACHE_HOME or CASTELLAN_DATA_DIR to a folder that can.',
    );
  }
  const lock = join(home, `${program.folder}.lock`);
  return await withLock(lock, `preparing ${program.title}`, async () => {
    // Whoever held the lock before us may have made it.
    const made = findEarlier(program, env);
    if (made !== undefined) return made;
    const downloaded = await downloadBySdk(program.sdk, join(home, 'sdk'), env);
    if (downloaded !== undefined && acceptable(program, downloaded)) return downloaded;
    const folder = join(home, program.folder, program.build);
    const make = program.make(folder);
    if (!make) throw new SetUpError(noWay(program));
    await make();
    return join(folder, program.file);
  });
}

function checkGiven(program, path) {
  const wrong = isProgram(path) ? program.complaint(path) : 'there is no program at that path';
  if (wrong === undefined) return path;
  throw new SetUpError(
    `${program.variable} is set to ${path}, but ${wrong}. Set it to the path of ` +
      `${program.title}, for example ${program.example}, or remove it to have one found.`,
  );
}

function findEarlier(program, env) {
  const { data, cache } = programFolders(env);
  if (program.usable?.() !== false) {
    for (const folder of [data, cache]) {
      const path = join(folder, program.folder, program.build, program.file);
      if (isProgram(path)) return path;
    }
  }
  for (const folder of [join(data, 'sdk'), join(cache, 'sdk'), sdkFolder()]) {
    const path = sdkDownload(program.sdk, folder);
    if (path === undefined || !isProgram(path) || !isOurs(path)) continue;
    if (acceptable(program, path)) return path;
  }
  return undefined;
}

function acceptable(program, path) {
  const complaint = program.complaint(path);
  if (complaint !== undefined) say(`${path} is not used: ${complaint}`);
  return complaint === undefined;
}

/** In a shared temporary folder anybody can leave a file under the name that the SDK looks for. */
function isOurs(path) {
  return process.getuid === undefined || statSync(path).uid === process.getuid();
}

function versionComplaint(path, env) {
  let output;
  try {
    output = execFileSync(path, ['--version'], {
      encoding: 'utf8',
      timeout: VERSION_LIMIT_MS,
      stdio: ['ignore', 'pipe', 'ignore'],
      env,
    });
  } catch {
    return 'it does not answer to --version';
  }
  const match = /Server (\d+)\.(\d+)\.(\d+)/.exec(output);
  if (match === null) return 'its --version names no Temporal server';
  const found = match.slice(1).map(Number);
  const difference = found.map((part, at) => part - OLDEST_SERVER[at]).find((part) => part !== 0);
  if (difference === undefined || difference > 0) return undefined;
  return `its server ${found.join('.')} is older than ${OLDEST_SERVER.join('.')}`;
}

function noWay(program) {
  return (
    `${program.title} was not found and there is no way to get it here. One of these helps:\n` +
    program.ways.map((way) => `  - ${way}`).join('\n')
  );
}

function filesOf(folder) {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}
