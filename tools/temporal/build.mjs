import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { runStep } from '../bootstrap/child.mjs';
import { removeLeft } from '../bootstrap/left.mjs';
import { say } from '../bootstrap/say.mjs';
import { ROOT, onPath, programFile } from './places.mjs';

/** What is built, and from what: a changed file of `recipe` makes a new build. */
export const CLI_VERSION = '1.8.2';
export const CLI_RECIPE = join(ROOT, 'tools', 'temporal-cli');
export const TEST_SERVER_VERSION = '1.38.0';
export const TEST_SERVER_RECIPE = join(ROOT, 'tools', 'temporal-test-server');

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} the `go` command
 */
export function findGo(env) {
  const usual = ['/usr/local/go/bin', '/usr/lib/go/bin', '/opt/homebrew/bin'];
  return onPath('go', env, usual);
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} the `java` command
 */
export function findJava(env) {
  const home = env.JAVA_HOME ? [join(env.JAVA_HOME, 'bin')] : [];
  return (
    home.map((folder) => onPath('java', { PATH: folder })).find(Boolean) ?? onPath('java', env)
  );
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} the `mvn` command
 */
export function findMaven(env) {
  const home = env.MAVEN_HOME ? [join(env.MAVEN_HOME, 'bin')] : [];
  return onPath('mvn', env, [...home, '/opt/homebrew/bin', join(homedir(), 'maven', 'bin')]);
}

/**
 * Builds the Temporal CLI into `folder`, which appears complete or not at all.
 *
 * @param {{ folder: string, env: NodeJS.ProcessEnv, go: string }} input
 */
export async function buildCli({ folder, env, go }) {
  say(
    `building the Temporal CLI ${CLI_VERSION} with Go, because none was found. ` +
      'This happens once and takes 3 to 7 minutes',
  );
  await inFull(folder, (unfinished) =>
    runStep({
      doing: 'building the Temporal CLI',
      usually: '3 to 7 minutes',
      command: go,
      args: [
        'build',
        '-trimpath',
        '-buildvcs=false',
        '-mod=readonly',
        '-ldflags',
        `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${CLI_VERSION}`,
        '-o',
        join(unfinished, programFile('temporal')),
        'github.com/temporalio/cli/cmd/temporal',
      ],
      cwd: CLI_RECIPE,
      // Pure Go: no C compiler is needed, and the result runs on any libc.
      env: { ...env, CGO_ENABLED: '0', GOWORK: 'off' },
      log: `${folder}.log`,
    }),
  );
}

/**
 * Collects the time-skipping test server into `folder`, which appears complete or not at all.
 *
 * @param {{ folder: string, env: NodeJS.ProcessEnv, maven: string }} input
 */
export async function buildTestServer({ folder, env, maven }) {
  say(
    `fetching the Temporal test server ${TEST_SERVER_VERSION} with Maven, because none was found. ` +
      'This happens once and takes up to a minute',
  );
  await inFull(folder, async (unfinished) => {
    await runStep({
      doing: 'fetching the Temporal test server',
      usually: 'less than a minute',
      command: maven,
      args: [
        '-B',
        '-ntp',
        '-f',
        join(TEST_SERVER_RECIPE, 'pom.xml'),
        'dependency:copy-dependencies',
        '-DincludeScope=runtime',
        `-DoutputDirectory=${join(unfinished, 'lib')}`,
      ],
      env,
      log: `${folder}.log`,
    });
    writeLauncher(unfinished);
  });
}

/** It replaces itself by Java, so that whoever started it can end the server by its process id. */
function writeLauncher(folder) {
  const flags = '-XX:+UseSerialGC -XX:TieredStopAtLevel=1';
  const main = 'io.temporal.testserver.TestServer';
  if (process.platform === 'win32') {
    const path = join(folder, 'temporal-test-server.cmd');
    writeFileSync(path, `@java ${flags} -cp "%~dp0lib\\*" ${main} %*\r\n`);
    return;
  }
  const path = join(folder, 'temporal-test-server');
  const lines = [
    '#!/bin/sh',
    '# The arguments are the port and what the test server takes besides.',
    'here=$(cd "$(dirname "$0")" && pwd)',
    'if [ -n "$JAVA_HOME" ] && [ -x "$JAVA_HOME/bin/java" ]; then java="$JAVA_HOME/bin/java"; else java=java; fi',
    `exec "$java" ${flags} -cp "$here/lib/*" ${main} "$@"`,
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
}

async function inFull(folder, fill) {
  const unfinished = `${folder}.unfinished-${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    await fill(unfinished);
    // An incomplete folder of that name can only be an older mistake: the finder did not take it.
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  } finally {
    removeLeft(dirname(folder), /\.unfinished-/);
  }
}
