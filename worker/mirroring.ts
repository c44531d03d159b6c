import type { Knex } from 'knex';
import {
  createMirrorActivities,
  MIRROR_LIMITS,
  type MirrorDependencies,
} from '../activities/mirrors';
import { createMirrorReader, createMirrorRecorder } from '../src/db/mirrors';
import type { MirrorRecords } from './mirror-definitions';

/** Where the configuration file's mirrors go. */
export function mirrorDefinitions(database: Knex): MirrorRecords {
  return { ...createMirrorReader(database), ...createMirrorRecorder(database) };
}

/** The effects of mirrors, with what they alone need. */
export function mirroring({
  database,
  ...shared
}: Omit<MirrorDependencies, 'records' | 'limits'> & { readonly database: Knex }) {
  const records = { ...createMirrorReader(database), ...createMirrorRecorder(database) };
  return createMirrorActivities({ ...shared, records, limits: MIRROR_LIMITS });
}
