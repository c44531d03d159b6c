import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { installPackages, installPython, RIVALS_FOLDER } from './rivals';
import { outcomeSchema, type Outcome } from './subjects/line';
import { RIVALS_VARIABLE } from './subjects/rival';
import type { Task } from './subjects/task';

/** Who checks servers, each in a process of its own. */
export const SUBJECTS = [
  'floor',
  'castellan',
  'minecraft-server-util',
  'gamedig',
  'mcstatus',
] as const;

export type SubjectName = (typeof SUBJECTS)[number];

/** What a subject publishes as latency: how long the status took, or a ping after it. */
export const LATENCY_OF: Readonly<Record<SubjectName, 'status' | 'ping' | 'nothing'>> = {
  floor: 'nothing',
  castellan: 'status',
  'minecraft-server-util': 'ping',
  // The time until the connection stood, and a quarter of everything (its documentation).
  gamedig: 'nothing',
  mcstatus: 'ping',
};

export interface Subject {
  readonly name: SubjectName;
  check(task: Task): Promise<Outcome>;
  stop(): Promise<void>;
}

/** @throws Error with the reason when it cannot be installed or started */
export async function startSubject(name: SubjectName): Promise<Subject> {
  const { command, args, env } = commandOf(name);
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`${name} ended.`);
    return line.value;
  };
  await Promise.race([next(), notStarted(child)]);
  return {
    name,
    async check(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      return outcomeSchema.parse(JSON.parse(await next()));
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A program that is not there ends without a word on its output. */
async function notStarted(child: ChildProcess): Promise<never> {
  await once(child, 'error');
  throw new Error(`${child.spawnfile} cannot be started.`);
}

interface Command {
  readonly command: string;
  readonly args: string[];
  readonly env: Readonly<Record<string, string>>;
}

function commandOf(name: SubjectName): Command {
  if (name === 'mcstatus') {
    return {
      command: 'python3',
      args: [join(RIVALS_FOLDER, 'mcstatus_subject.py')],
      env: { PYTHONPATH: installPython() },
    };
  }
  const ours = name === 'castellan' || name === 'floor';
  return {
    command: process.execPath,
    args: [join(__dirname, 'subjects', `${name}.js`)],
    env: ours ? {} : { [RIVALS_VARIABLE]: installPackages() },
  };
}
