import { stat } from 'node:fs/promises';
import { codeOf } from '../../probes/failure';
import { OpenLog, type LogLine } from './open-log';

/** Of what was written before, so many bytes are read to learn who is who. */
const HISTORY = 16_777_216;

/**
 * Follows a log through its rotations: a server moves latest.log away at midnight and when it starts, and
 * begins another one; other programs empty it in place.
 */
export class FollowedLog {
  #log: OpenLog | null = null;
  #isFirst = true;

  constructor(private readonly file: string) {}

  /**
   * The whole lines since the last time, none when the file is not there; the first time those before,
   * too, marked as old.
   *
   * @returns the lines, and whether more may be there already
   * @throws the system's error when the file cannot be read; it may be called again
   */
  async read(): Promise<{ readonly lines: readonly LogLine[]; readonly more: boolean }> {
    this.#log ??= await this.#open();
    if (this.#log === null) return { lines: [], more: false };
    const found = await this.#readFrom(this.#log);
    if (found.more || !(await this.#wasMoved(this.#log))) return found;
    // What was written between the last read and the move is still in the file that we hold.
    const last = await this.#log.read();
    if (!last.more) await this.close();
    return { lines: [...found.lines, ...last.lines], more: true };
  }

  /** A file that cannot be read is held on to only as long as there is no other one. */
  async #readFrom(log: OpenLog): ReturnType<OpenLog['read']> {
    try {
      return await log.read();
    } catch (error) {
      if (await this.#wasMoved(log)) await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const log = this.#log;
    this.#log = null;
    await log?.close();
  }

  async #open(): Promise<OpenLog | null> {
    const history = this.#isFirst ? HISTORY : null;
    const log = await whereThere(OpenLog.open(this.file, history));
    this.#isFirst = false;
    return log;
  }

  /** Whether another file has its name. While none has, the server may go on with the one we hold. */
  async #wasMoved(log: OpenLog): Promise<boolean> {
    const now = await whereThere(stat(this.file));
    return now !== null && !log.is(now);
  }
}

async function whereThere<Value>(found: Promise<Value>): Promise<Value | null> {
  try {
    return await found;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
