import type { Readable, Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { DEMO_GAME_PORT, demoSeed } from '../demo/seed';
import { LocalServer } from './local-server';

/** What the program touches of its process. */
export interface ProgramStreams {
  /** With `--parent-watch`, its end is the parent's end. */
  stdin: Readable;
  /** Gets one JSON line when everything is ready. */
  stdout: Writable;
}

/** A local Discord that runs as a program. */
export interface Program {
  server: LocalServer;
  /** Ends it; more than once does no harm. */
  stop: () => Promise<void>;
  /** Resolves when it has ended, whoever ended it. */
  ended: Promise<void>;
}

/**
 * Starts a local Discord as the command line says: `--port 0 --host 127.0.0.1 --state FILE
 * --latency MS --limits discord|off --game PORT --parent-watch`. It prints `{ "url", "api", "token" }`.
 * @throws Error that names the option that is wrong
 */
export async function runProgram(argv: string[], streams: ProgramStreams): Promise<Program> {
  const { values } = parseArgs({
    args: argv,
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      state: { type: 'string' },
      latency: { type: 'string', default: '0' },
      limits: { type: 'string', default: 'discord' },
      game: { type: 'string', default: String(DEMO_GAME_PORT) },
      'parent-watch': { type: 'boolean', default: false },
    },
  });
  if (values.limits !== 'discord' && values.limits !== 'off') {
    throw new Error(`--limits is ${values.limits}; it has to be discord or off.`);
  }
  const server = await LocalServer.start({
    seed: demoSeed(),
    host: values.host,
    port: wholeNumber('port', values.port, 65_535),
    limits: values.limits,
    latencyMs: wholeNumber('latency', values.latency, 60_000),
    gamePort: wholeNumber('game', values.game, 65_535),
    ...(values.state === undefined ? {} : { stateFile: values.state }),
  });
  let ending: Promise<void> | undefined;
  let tell: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const stop = (): Promise<void> => {
    ending ??= server.stop().then(tell);
    return ending;
  };
  if (values['parent-watch']) {
    // Standard input ends with the parent, however it ends.
    streams.stdin.on('close', () => void stop());
    streams.stdin.on('end', () => void stop());
    streams.stdin.resume();
  }
  const ready = { url: server.url, api: `${server.url}/api`, token: server.token };
  streams.stdout.write(`${JSON.stringify(ready)}\n`);
  return { server, stop, ended };
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new Error(`--${name} is ${text}; it has to be a whole number from 0 to ${most}.`);
}
