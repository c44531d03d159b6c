import type { MessageRow } from './model';
import { compareSnowflakes } from './snowflakes';

/** One channel's messages in the order of their ids, found by halving. */
export class MessageList {
  private readonly rows: MessageRow[] = [];

  get length(): number {
    return this.rows.length;
  }

  all(): readonly MessageRow[] {
    return this.rows;
  }

  add(row: MessageRow): void {
    const last = this.rows.at(-1);
    if (last === undefined || compareSnowflakes(last.message.id, row.message.id) < 0) {
      this.rows.push(row);
    } else {
      this.rows.splice(this.indexFrom(row.message.id), 0, row);
    }
  }

  remove(id: string): void {
    const index = this.indexFrom(id);
    if (this.rows[index]?.message.id === id) this.rows.splice(index, 1);
  }

  /** The index of the first message whose id is at least this one. */
  indexFrom(id: string): number {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = this.rows[middle];
      if (row !== undefined && compareSnowflakes(row.message.id, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Up to `limit` messages that pass, newest first, from the given index (exclusive) backwards. */
  backwards(from: number, limit: number, passes: (row: MessageRow) => boolean): MessageRow[] {
    const found: MessageRow[] = [];
    for (let index = from - 1; index >= 0 && found.length < limit; index -= 1) {
      const row = this.rows[index];
      if (row !== undefined && passes(row)) found.push(row);
    }
    return found;
  }

  /** Up to `limit` messages that pass, oldest first, from the given index (inclusive) onwards. */
  forwards(from: number, limit: number, passes: (row: MessageRow) => boolean): MessageRow[] {
    const found: MessageRow[] = [];
    for (let index = from; index < this.rows.length && found.length < limit; index += 1) {
      const row = this.rows[index];
      if (row !== undefined && passes(row)) found.push(row);
    }
    return found;
  }
}
