import { pino, stdTimeFunctions, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { build as prettify } from 'pino-pretty';
import type { LogLevel } from '../config/environment';
import { secretPaths, serializeError } from './redaction';

/** What every part logs with: fields first, then a sentence in plain English. */
export type Logger = PinoLogger;

/** How a logger is made. */
export interface LoggerOptions {
  readonly level: LogLevel;
  /** The process it speaks for: `bot`, `web`, `worker`, `all` … */
  readonly name: string;
  /** Readable lines with colours instead of one JSON object a line. Default: stdout is a terminal. */
  readonly readable?: boolean;
  /** Where lines go. Default: standard output, written at once, so that none is lost at an end. */
  readonly destination?: DestinationStream;
}

/** A logger that writes one JSON object a line, without secrets, or readable lines on a terminal. */
export function createLogger(options: LoggerOptions): Logger {
  const { level, name, readable = process.stdout.isTTY } = options;
  const destination = options.destination ?? pino.destination({ fd: 1, sync: true });
  return pino(
    {
      level,
      base: { process: name, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: serializeError, error: serializeError },
      redact: { paths: [...secretPaths], censor: '[hidden]' },
    },
    readable
      ? prettify({
          destination,
          colorize: options.destination === undefined,
          translateTime: 'SYS:HH:MM:ss',
          ignore: 'pid,process',
          messageFormat: '{process}: {msg}',
        })
      : destination,
  );
}
