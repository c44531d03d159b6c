import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { openLogFile } from '../supervision/log-file';
import { freePort } from '../supervision/ports';
import type { RunRecord } from '../supervision/run-record';
import type { ProcessPlan } from '../supervision/supervisor';

/** The program that stands in for Discord when there is no token, as the caller names it. */
export interface EmbeddedDiscordProgram {
  /** A Node.js program: takes `--port N --state FILE --parent-watch`, prints one line of JSON. */
  readonly program: string;
  /** The guild configuration that fits its demo guild. */
  readonly configFile: string;
}

const announcement = z.object({
  /** Its page for people. */
  url: z.url(),
  /** The base before `/v10`, for DISCORD_API_URL. */
  api: z.url(),
  token: z.string().min(1),
});

/** How the bot reaches the stand-in. */
export type EmbeddedDiscordAddress = z.infer<typeof announcement>;

/** The stand-in for Discord: its world is kept in the data directory, its port from run to run. */
export function embeddedDiscord(dependencies: {
  readonly program: string;
  readonly dataDir: string;
  readonly record: RunRecord;
  readonly takenPorts: Set<number>;
  /** Called when a restart changed its address or token. */
  readonly onChange: () => void;
}): { readonly plan: ProcessPlan; readonly address: () => EmbeddedDiscordAddress } {
  const { program, record, takenPorts } = dependencies;
  const folder = join(dependencies.dataDir, 'discord');
  const logFile = join(folder, 'server.log');
  let port = record.port('discord');
  let address: EmbeddedDiscordAddress | undefined;

  return {
    address() {
      if (!address) throw new Error('The local Discord was not started yet.');
      return address;
    },
    plan: {
      name: 'discord',
      logFile,
      readyWithin: 30_000,
      probeEvery: 5_000,
      hungAfterProbes: 3,
      stopWithin: 2_000,
      async spawn(settled) {
        if (!settled) {
          port = await freePort(port, takenPorts);
          record.setPort('discord', port);
        }
        const log = openLogFile(logFile);
        const args = ['--port', String(port), '--state', join(folder, 'state.json')];
        try {
          return spawn(process.execPath, [program, ...args, '--parent-watch'], {
            // Its input is a pipe that closes when this process ends, however it ends.
            stdio: ['pipe', 'pipe', log],
            detached: process.platform !== 'win32',
            windowsHide: true,
          });
        } finally {
          closeSync(log);
        }
      },
      async ready(child, signal) {
        const next = announcement.parse(JSON.parse(await firstLine(child, signal)));
        const before = address;
        address = next;
        if (before && (before.api !== next.api || before.token !== next.token)) {
          dependencies.onChange();
        }
      },
      async probe(signal) {
        const answer = await fetch(`${address?.api ?? ''}/v10/gateway`, { signal });
        await answer.arrayBuffer();
      },
      askToStop(child) {
        child.stdin?.end();
      },
    },
  };
}

async function firstLine(child: ChildProcess, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: outputOf(child) });
  const line = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    signal.addEventListener('abort', () => {
      reject(new Error('It did not print its address.'));
    });
  });
  lines.close();
  // What it prints later is read and dropped, so that a full pipe never stops it.
  outputOf(child).resume();
  return line;
}

function outputOf(child: ChildProcess): Readable {
  if (!child.stdout) throw new Error('The local Discord has no output to read.');
  return child.stdout;
}
