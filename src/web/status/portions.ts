/**
 * Reads what belongs to many servers in portions, one after another: to take thousands of rows in at once
 * would keep other visitors waiting.
 */
export async function inPortions<Row>(
  keys: readonly number[],
  size: number,
  read: (keys: readonly number[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < keys.length; from += size) {
    for (const row of await read(keys.slice(from, from + size))) rows.push(row);
  }
  return rows;
}
