import type { Knex } from 'knex';
import {
  createMirrorActivities,
  MIRROR_LIMITS,
  type MirrorDependencies,
} from '../activities/mirrors';
import { createMirrorReader, createMirrorRecorder } from '../src/db/mirrors';

/** Where mirrors are recorded; those of the configuration file, too. */
export const mirrorRecords = (database: Knex) => ({
  ...createMirrorReader(database),
  ...createMirrorRecorder(database),
});

/** The effects of mirrors, with what they alone need. */
export function mirroring({
  database,
  ...shared
}: Omit<MirrorDependencies, 'records' | 'limits'> & { readonly database: Knex }) {
  return createMirrorActivities({
    ...{ ...shared, records: mirrorRecords(database) },
    limits: MIRROR_LIMITS,
  });
}
