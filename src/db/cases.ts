import type { Knex } from 'knex';
import { createCaseReader, type CaseReader } from './case-reader';
import { createCaseRecorder, type CaseRecorder } from './case-recorder';

export type { Acceptance, Opening } from './case-acceptance';
export { OutdatedChannel, UnknownCase, UnknownGuild } from './case-errors';
export {
  createCaseReader,
  type CaseAnswer,
  type CaseHistoryEntry,
  type CasePage,
  type CaseQuery,
  type CaseReader,
  type OpenChannel,
} from './case-reader';
export type { CaseRecorder, RecordedChange } from './case-recorder';
export type { CaseKind, CaseRow } from './case-row';

/** Cases with their histories and answers. The bot and the web server get the `CaseReader` alone. */
export type CaseRepository = CaseReader & CaseRecorder;

export function createCaseRepository(knex: Knex): CaseRepository {
  return { ...createCaseReader(knex), ...createCaseRecorder(knex) };
}
