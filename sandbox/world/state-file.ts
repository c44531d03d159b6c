import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Goes up when rows change so that older files cannot be read any more. */
const VERSION = 1;

const versionLine = JSON.stringify(['version', VERSION]);

/** One line of the file: a row as it is now (`null`: gone), or an event that a session may replay. */
export type StateLine =
  | [kind: 'row', table: string, key: string, row: unknown]
  | [kind: 'event', session: string, seq: number, payload: string];

/**
 * Keeps the world on disk as an append-only file of JSON lines: a changed row is written again,
 * whole, at the end. A kill at any instant costs at most the line that was being written.
 */
export class StateFile {
  private handle: number;
  private pending: string[] = [];

  private constructor(private readonly path: string) {
    this.handle = openSync(path, 'a');
  }

  /**
   * Opens or begins the file and reads what it holds, in order; an unfinished last line is ignored.
   * @param path where it lies; its folder is made if need be
   */
  static open(path: string): { file: StateFile; lines: StateLine[] } {
    mkdirSync(dirname(path), { recursive: true });
    const lines: StateLine[] = [];
    if (existsSync(path)) {
      const text = readFileSync(path, 'utf8').split('\n');
      // What follows the last line break was cut off by a kill.
      text.pop();
      const [first, ...rest] = text;
      if (first === versionLine) {
        // Every line was written by this class, in this version.
        for (const line of rest) lines.push(JSON.parse(line) as StateLine);
      } else if (first !== undefined) {
        // A world of another version is laid aside, not destroyed, and a new one begins.
        renameSync(path, `${path}.other-version`);
      }
    }
    return { file: new StateFile(path), lines };
  }

  /** Replaces the whole file, atomically, by these lines: drops what later lines have overwritten. */
  rewrite(lines: Iterable<StateLine>): void {
    const next = `${this.path}.next`;
    const out = openSync(next, 'w');
    let chunk = `${versionLine}\n`;
    for (const line of lines) {
      chunk += `${JSON.stringify(line)}\n`;
      if (chunk.length > 1_000_000) {
        writeSync(out, chunk);
        chunk = '';
      }
    }
    writeSync(out, chunk);
    closeSync(out);
    closeSync(this.handle);
    renameSync(next, this.path);
    this.handle = openSync(this.path, 'a');
  }

  append(line: StateLine): void {
    this.pending.push(JSON.stringify(line));
  }

  /** Hands what was appended to the operating system: from here on, killing the process is harmless. */
  flush(): void {
    if (this.pending.length === 0) return;
    const text = `${this.pending.join('\n')}\n`;
    this.pending = [];
    writeSync(this.handle, text);
  }

  close(): void {
    this.flush();
    closeSync(this.handle);
  }
}
