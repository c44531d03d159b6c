import type { Knex } from 'knex';
import {
  createMirrorActivities,
  MIRROR_LIMITS,
  type MirrorDependencies,
} from '../activities/mirrors';
import { createMirrorReader, createMirrorRecorder } from '../src/db/mirrors';

/** The effects of mirrors, with what they alone need. */
export function mirroring({
  database,
  ...shared
}: Omit<MirrorDependencies, 'records' | 'limits'> & { readonly database: Knex }) {
  const records = { ...createMirrorReader(database), ...createMirrorRecorder(database) };
  return createMirrorActivities({ ...shared, records, limits: MIRROR_LIMITS });
}
