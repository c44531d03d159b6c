/**
 * Ends the tests' servers when the process that started them ends, however that comes about:
 * even SIGKILL closes the pipe that is this process's standard input.
 *
 * Each line on stdin is one of
 *   pid <number> <signal>   end this process with that signal
 *   gone <number>           it has ended by itself
 *   folder <path>           remove this folder after all have ended
 */
import { createInterface } from 'node:readline';
import { rmSync } from 'node:fs';

const GRACE_MS = 3_000;
const POLL_MS = 20;

const signals = new Map();
const folders = [];

for await (const line of createInterface({ input: process.stdin })) {
  const [word, value, signal] = split(line);
  if (word === 'pid') signals.set(Number(value), signal);
  if (word === 'gone') signals.delete(Number(value));
  if (word === 'folder') folders.push(value);
}

for (const [pid, signal] of signals) send(pid, signal);
const patience = Date.now() + GRACE_MS;
while (living().length > 0 && Date.now() < patience) {
  await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
for (const pid of living()) send(pid, 'SIGKILL');
for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

function split(line) {
  if (line.startsWith('folder ')) return ['folder', line.slice('folder '.length)];
  return line.split(' ');
}

function living() {
  return [...signals.keys()].filter((pid) => send(pid, 0));
}

function send(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
