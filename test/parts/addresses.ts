import { z } from 'zod';

/** The variable through which the running parts are told to the processes that run tests. */
export const PARTS_VARIABLE = 'CASTELLAN_TEST_PARTS';

/** What the variable holds, as JSON: the parts that run. */
export const partsSchema = z.object({
  /** The superuser's connection URL. */
  postgres: z.string().optional(),
  temporal: z
    .object({
      address: z.string(),
      uiUrl: z.string(),
      metricsUrl: z.string(),
      namespace: z.string(),
    })
    .optional(),
  /** The program of the time-skipping test server, of which each suite starts its own. */
  timeSkipping: z.string().optional(),
  /** The file with the bundle of all workflows. */
  workflows: z.string().optional(),
});

/** The parts that run. */
export type Parts = z.infer<typeof partsSchema>;
/** The name of a part. */
export type PartName = keyof Parts;

/**
 * One running part.
 *
 * @throws Error when it was not started: the test belongs to a project that does not ask for it
 */
export function part<Name extends PartName>(name: Name): NonNullable<Parts[Name]> {
  const parts = partsSchema.parse(JSON.parse(process.env[PARTS_VARIABLE] ?? '{}'));
  const found = parts[name];
  if (found !== undefined) return found;
  throw new Error(
    `The part "${name}" is not running: jest.config.js says which project starts which parts.`,
  );
}
