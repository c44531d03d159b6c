import type { Knex } from 'knex';
import { z } from 'zod';

const plan = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().optional(),
  get Plans() {
    return z.array(plan).optional();
  },
});

/** A step of how Postgres carried out a query: `explain (analyze, format json)`. */
export type Step = z.infer<typeof plan>;

interface Statement {
  readonly sql: string;
  readonly bindings: readonly Knex.Value[];
}

const withParts = (step: Step): Step[] => [step, ...(step.Plans ?? []).flatMap(withParts)];

/** All steps of one statement, the outermost first; its parameters are written `$1`, `$2` … */
export async function explain(knex: Knex, { sql, bindings }: Statement): Promise<Step[]> {
  const result: unknown = await knex.raw(
    `explain (analyze, format json) ${sql.replaceAll(/\$\d+/gu, '?')}`,
    [...bindings],
  );
  const { rows } = z
    .object({ rows: z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: plan })]) })]) })
    .parse(result);
  return withParts(rows[0]['QUERY PLAN'][0].Plan);
}

/** All steps of every statement that the reading makes. */
export async function explainAll(knex: Knex, read: () => Promise<unknown>): Promise<Step[]> {
  const asked: Statement[] = [];
  const listen = (statement: Statement) => asked.push(statement);
  knex.on('query', listen);
  await read();
  knex.off('query', listen);
  const steps: Step[] = [];
  for (const statement of asked) steps.push(...(await explain(knex, statement)));
  return steps;
}
