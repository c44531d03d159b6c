/** Where a table reports that a row has to be written down again (or is gone). */
export type RowChanged = (table: string, key: string) => void;

/** A named collection of rows by key. Rows may be changed in place: then say `touch`. */
export class Table<Row> {
  private readonly rows = new Map<string, Row>();

  constructor(
    readonly name: string,
    private readonly changed: RowChanged,
  ) {}

  get size(): number {
    return this.rows.size;
  }

  get(key: string): Row | undefined {
    return this.rows.get(key);
  }

  has(key: string): boolean {
    return this.rows.has(key);
  }

  values(): IterableIterator<Row> {
    return this.rows.values();
  }

  keys(): IterableIterator<string> {
    return this.rows.keys();
  }

  set(key: string, row: Row): void {
    this.rows.set(key, row);
    this.changed(this.name, key);
  }

  /** The row under this key was changed in place. */
  touch(key: string): void {
    this.changed(this.name, key);
  }

  delete(key: string): void {
    if (this.rows.delete(key)) this.changed(this.name, key);
  }

  /** Puts a row back that was read from the state file; it is not reported as a change. */
  restore(key: string, row: unknown): void {
    // The state file is written from these very rows, and by nobody else.
    this.rows.set(key, row as Row);
  }

  /** Drops a row that the state file says is gone. */
  forget(key: string): void {
    this.rows.delete(key);
  }
}
