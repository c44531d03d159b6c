import type { Knex } from 'knex';
import { z } from 'zod';
import { storable } from '../storable';

/** @returns the statement's rows, each parsed with the schema */
export async function query<Row>(
  knex: Knex,
  row: z.ZodType<Row>,
  sql: string,
  bindings: Readonly<Record<string, Knex.RawBinding>> = {},
): Promise<Row[]> {
  const result: unknown = await knex.raw(sql, bindings);
  return z.object({ rows: z.array(row) }).parse(result).rows;
}

/** @returns how many rows the statement wrote */
export async function execute(
  knex: Knex,
  sql: string,
  bindings: Readonly<Record<string, Knex.RawBinding>> = {},
): Promise<number> {
  const result: unknown = await knex.raw(sql, bindings);
  return z.object({ rowCount: z.number().nullable() }).parse(result).rowCount ?? 0;
}

/** JSON as Postgres can hold it, whatever a server called itself. */
export function json(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'string' ? storable(part) : part,
  );
}

/** ISO 8601, as JSON and statements carry instants. */
export function iso(instant: number): string {
  return new Date(instant).toISOString();
}

/** A `timestamptz` as milliseconds since the epoch. */
export const instant = z.date().transform((date) => date.getTime());

/** A `bigint` or `numeric` that is small enough for a number. */
export const whole = z.coerce.number().int();
