import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { SetUpError, say, span } from './say.mjs';

const REMIND_MS = 10_000;
const TAIL_LINES = 25;

/**
 * Runs a program that may take a while, and says at least every 10 s that it still does.
 *
 * @param {object} step
 * @param {string} step.doing what a person reads: "building the Temporal CLI"
 * @param {string} [step.usually] how long it takes: "3 to 7 minutes"
 * @param {string} step.command
 * @param {string[]} step.args
 * @param {string} [step.cwd]
 * @param {NodeJS.ProcessEnv} [step.env]
 * @param {string} [step.log] a file that takes the whole output; its folder is made
 * @param {boolean} [step.shown] true passes the output on to the terminal as it comes
 * @returns {Promise<void>}
 * @throws {SetUpError} when it cannot be started or ends with anything but 0, with its last lines
 */
export function runStep({ doing, usually, command, args, cwd, env, log, shown = false }) {
  return new Promise((resolve, reject) => {
    const began = Date.now();
    const tail = [];
    const file = log === undefined ? undefined : openLog(log);
    // npm and mvn are batch files on Windows, which only a shell can start.
    const shell = process.platform === 'win32';
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stop = () => child.kill('SIGTERM');
    process.once('exit', stop);
    const reminder = setInterval(() => {
      const usual = usually === undefined ? '' : ` (usually ${usually})`;
      say(`still ${doing}, ${span(Date.now() - began)} so far${usual}`);
    }, REMIND_MS);
    const hear = (chunk) => {
      file?.write(chunk);
      if (shown) process.stderr.write(chunk);
      tail.push(...chunk.toString('utf8').split('\n').filter(Boolean));
      tail.splice(0, tail.length - TAIL_LINES);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const finish = (failure) => {
      clearInterval(reminder);
      process.removeListener('exit', stop);
      file?.end();
      if (failure === undefined) {
        const took = Date.now() - began;
        if (took > REMIND_MS) say(`finished ${doing} after ${span(took)}`);
        return resolve();
      }
      const where = log === undefined ? '' : `\nThe whole output is in ${log}`;
      const output = shown || tail.length === 0 ? '' : `\n${tail.join('\n')}`;
      reject(new SetUpError(`${doing} failed: ${failure}.${output}${where}`));
    };
    child.on('error', (error) => finish(`${command} could not be started (${error.message})`));
    child.on('close', (code, signal) => {
      if (code === 0) return finish();
      finish(signal === null ? `${command} ended with code ${code}` : `ended by ${signal}`);
    });
  });
}

function openLog(path) {
  mkdirSync(dirname(path), { recursive: true });
  const stream = createWriteStream(path);
  // A log that cannot be written must not stop the step that it describes.
  stream.on('error', () => undefined);
  return stream;
}
