import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { withDotenv } from '../temporal/environment.mjs';
import { ROOT } from '../temporal/places.mjs';
import { findCli, findTestServer } from '../temporal/programs.mjs';
import { build, isBuilt } from './build.mjs';
import { install, isInstalled } from './install.mjs';
import { withLock } from './lock.mjs';
import { SetUpError, say } from './say.mjs';
import { tasks } from './tasks.mjs';

const LOCK = join(ROOT, '.castellan', 'set-up', 'lock');
const PARENT_POLL_MS = 500;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Sets up what a task needs and runs it; the process ends as the task does.
 *
 * @param {string[]} words the task's name and its arguments
 */
export async function runTask([name, ...args]) {
  // Until the task runs, a signal ends us: an exit ends our children and gives locks back.
  const exit = () => process.exit(1);
  for (const signal of SIGNALS) process.on(signal, exit);
  try {
    const task = Object.hasOwn(tasks, name ?? '') ? tasks[name] : undefined;
    if (task === undefined) {
      throw new SetUpError(
        `there is no task "${name}": it is one of ${Object.keys(tasks).join(', ')}`,
      );
    }
    const env = { ...process.env, ...(await prepare(task)), ...task.env };
    for (const signal of SIGNALS) process.removeListener(signal, exit);
    if (task.node !== undefined)
      hand(
        spawn(process.execPath, [...task.node, ...args], {
          cwd: ROOT,
          env,
          stdio: 'inherit',
        }),
      );
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
    // Not only the exit code: what else is being prepared, perhaps for minutes, is of no use now.
    process.exit(1);
  }
}

/** Everything that the task needs; returns the variables that tell it where things are. */
async function prepare(task) {
  const settings = withDotenv(process.env);
  await upToDate(isInstalled, 'installing packages', install);
  const compiled = task.build && upToDate(isBuilt, 'building Castellan', build);
  // A build of the CLI takes minutes: what else there is to do is done meanwhile.
  const cli = task.cli && findCli(settings);
  const testServer = task.testServer && findTestServer(settings);
  const [, cliPath, testServerPath] = await Promise.all([compiled, cli, testServer]);
  return {
    ...(cliPath && { TEMPORAL_CLI_PATH: cliPath }),
    ...(testServerPath && { TEMPORAL_TEST_SERVER_PATH: testServerPath }),
  };
}

/** Looks without the lock, which is quick, and again under it: another command may have done it. */
async function upToDate(isDone, purpose, work) {
  if (isDone()) return;
  await withLock(LOCK, purpose, async () => {
    if (!isDone()) await work();
  });
}

/**
 * The child takes over: it gets our signals, and we end as it ends. Under npm it also ends when npm
 * was killed, which cannot tell us: nobody is left then who could stop it. (The scripts of
 * package.json say `exec`, without which npm's signals would end a shell in between, not us.)
 */
function hand(child) {
  const parent = process.ppid;
  const watch =
    process.env.npm_lifecycle_event !== undefined &&
    setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      child.kill('SIGTERM');
    }, PARENT_POLL_MS);
  const pass = (signal) => {
    // Ctrl-C at a terminal reaches the child without us: twice would look like impatience.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  child.on('error', (error) => {
    say(`could not start Node.js (${error.message})`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    for (const name of SIGNALS) process.removeListener(name, pass);
    clearInterval(watch);
    if (signal !== null) process.kill(process.pid, signal);
    else process.exitCode = code;
  });
}
