import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { Lines } from './lines';

const READ_AT_A_TIME = 65_536;
/** Between two looks for other things to do. */
const MOST_AT_ONCE = 4_194_304;
/** By so many of its first bytes a file is known again. */
const HEAD = 128;

/** A line of a log. */
export interface LogLine {
  readonly text: string;
  /** Whether it was written while the log was followed. */
  readonly isNew: boolean;
  /** The same line has the same id, also when the log is followed anew. */
  readonly id: string;
}

/** Which file it is, whatever its name. */
export interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
}

/** One file of a log, from the place where reading began to its end. */
export class OpenLog {
  #lines: Lines;
  #head = Buffer.alloc(0);

  private constructor(
    private readonly handle: FileHandle,
    private readonly identity: FileIdentity,
    private position: number,
    /** What stands before it was there before. */
    private newFrom: number,
    private skipsFirst: boolean,
  ) {
    this.#lines = new Lines(position);
  }

  /**
   * @param history how many bytes that are there already are read, too; `null`: all of it is new
   * @throws the system's error, for example ENOENT
   */
  static async open(file: string, history: number | null): Promise<OpenLog> {
    const handle = await open(file, 'r');
    try {
      const { dev, ino, size } = await handle.stat();
      const from = history === null ? 0 : Math.max(0, size - history);
      return new OpenLog(handle, { dev, ino }, from, history === null ? 0 : size, from > 0);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  is({ dev, ino }: FileIdentity): boolean {
    return dev === this.identity.dev && ino === this.identity.ino;
  }

  /**
   * The whole lines since the last time. A file that became shorter, or begins with other bytes, was
   * emptied and written anew: it is read from its beginning.
   *
   * @returns the lines, and whether more may be there
   */
  async read(): Promise<{ readonly lines: readonly LogLine[]; readonly more: boolean }> {
    const { size } = await this.handle.stat();
    if (size < this.position || !(await this.#hasSameHead())) this.#beginAnew();
    const lines: LogLine[] = [];
    const buffer = Buffer.allocUnsafe(READ_AT_A_TIME);
    let read = 0;
    while (read < MOST_AT_ONCE) {
      const { bytesRead } = await this.handle.read(buffer, 0, buffer.length, this.position);
      if (bytesRead === 0) break;
      read += bytesRead;
      this.position += bytesRead;
      lines.push(...this.#take(buffer.subarray(0, bytesRead)));
    }
    if (this.#head.length < HEAD) await this.#readHead();
    return { lines, more: read >= MOST_AT_ONCE };
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  *#take(bytes: Buffer): Generator<LogLine> {
    for (const { text, at } of this.#lines.in(bytes)) {
      if (this.skipsFirst) this.skipsFirst = false;
      else yield { text, isNew: at >= this.newFrom, id: this.#idOf(text, at) };
    }
  }

  #idOf(text: string, at: number): string {
    const { dev, ino } = this.identity;
    const hash = createHash('sha256').update(`${dev} ${ino} ${at} ${text}`);
    return hash.digest('base64url').slice(0, 22);
  }

  #beginAnew(): void {
    this.position = 0;
    this.newFrom = 0;
    this.skipsFirst = false;
    this.#lines = new Lines(0);
    this.#head = Buffer.alloc(0);
  }

  async #readHead(): Promise<void> {
    const head = Buffer.alloc(Math.min(HEAD, this.position));
    const { bytesRead } = await this.handle.read(head, 0, head.length, 0);
    this.#head = head.subarray(0, bytesRead);
  }

  async #hasSameHead(): Promise<boolean> {
    const now = Buffer.alloc(this.#head.length);
    const { bytesRead } = await this.handle.read(now, 0, now.length, 0);
    return bytesRead === now.length && now.equals(this.#head);
  }
}
