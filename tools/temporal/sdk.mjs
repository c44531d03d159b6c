import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { say, span } from '../bootstrap/say.mjs';
import { isProgram, sdkDownload } from './places.mjs';

const SCRIPT = fileURLToPath(new URL('./sdk-download.mjs', import.meta.url));
/** A network that answers gives the first bytes within a second; one that is closed never does. */
const SILENCE_MS = 6_000;
const REMIND_MS = 10_000;
const POLL_MS = 200;

/**
 * Lets the SDK download a program, for as long as the download makes progress: it is given up
 * after 6 s without a byte.
 *
 * @param {'temporal' | 'temporal-test-server'} program
 * @param {string} folder made when it does not exist
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} the program's path, or undefined when there was no way
 */
export async function downloadBySdk(program, folder, env) {
  const path = sdkDownload(program, folder);
  if (path === undefined) return undefined;
  mkdirSync(folder, { recursive: true });
  // A file of this name was left by a killed process: we hold the lock, so nobody is writing it,
  // and the SDK would wait a minute for it.
  const partial = `${path}.downloading`;
  rmSync(partial, { force: true });
  say(`looking whether the Temporal SDK can download ${program}`);
  const child = spawn(process.execPath, [SCRIPT, program, folder], { env, stdio: 'ignore' });
  const ended = new Promise((resolve) => {
    child.on('error', resolve);
    child.on('exit', resolve);
  });
  const stop = () => child.kill('SIGKILL');
  process.once('exit', stop);
  const watch = watchProgress(path, partial, program, stop);
  await ended;
  clearInterval(watch);
  process.removeListener('exit', stop);
  rmSync(partial, { force: true });
  if (isProgram(path)) return path;
  say(`the Temporal SDK could not download ${program}`);
  return undefined;
}

function watchProgress(path, partial, program, stop) {
  const began = Date.now();
  let size = 0;
  let grown = began;
  let reminded = began;
  return setInterval(() => {
    const now = Date.now();
    const found = sizeOf(partial);
    if (found > size) [size, grown] = [found, now];
    if (size > 0 && now - reminded >= REMIND_MS) {
      say(`still downloading ${program}, ${Math.round(size / 1e6)} MB in ${span(now - began)}`);
      reminded = now;
    }
    if (now - grown > SILENCE_MS && !isProgram(path)) stop();
    // Downloaded in full, but the trial start of the server hangs: we have what we came for.
    if (now - grown > 2 * SILENCE_MS) stop();
  }, POLL_MS);
}

function sizeOf(path) {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}
