import type { JournalEntry, NewEntry } from './journal-entry';

/** Everything that happened, in order, up to a limit; the oldest is forgotten first. */
export class Journal {
  private entries: JournalEntry[] = [];
  private seq = 0;
  private readonly watchers = new Set<(entry: JournalEntry) => void>();

  /**
   * @param limit how many entries are kept; between this and twice as many are in memory
   */
  constructor(
    private readonly now: () => number,
    private readonly limit: number,
  ) {}

  add(entry: NewEntry): JournalEntry {
    this.seq += 1;
    const numbered: JournalEntry = Object.assign(entry, { seq: this.seq, at: this.now() });
    if (this.limit > 0) {
      this.entries.push(numbered);
      if (this.entries.length > this.limit * 2) this.entries = this.entries.slice(-this.limit);
    }
    for (const watch of this.watchers) watch(numbered);
    return numbered;
  }

  /** The entries that pass, oldest first. */
  read(passes: (entry: JournalEntry) => boolean = () => true): JournalEntry[] {
    return this.entries.filter(passes);
  }

  /** The number of the newest entry. */
  get last(): number {
    return this.seq;
  }

  /** Calls back with every new entry, until the returned function is called. */
  watch(callback: (entry: JournalEntry) => void): () => void {
    this.watchers.add(callback);
    return () => {
      this.watchers.delete(callback);
    };
  }

  clear(): void {
    this.entries = [];
  }
}
