import type { Knex } from 'knex';
import { createPostRecorder } from './post-recorder';
import type { AnnouncementRecorder } from './recording';
import { createSourceRecorder } from './source-recorder';

/** For the worker alone. */
export function createAnnouncementRecorder(knex: Knex): AnnouncementRecorder {
  return { ...createSourceRecorder(knex), ...createPostRecorder(knex) };
}
