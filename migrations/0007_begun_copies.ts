import type { Knex } from 'knex';

/** By what the copy of a mirror is known again whose posting nobody heard the end of. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table mirror_copies add column words text;
    comment on column mirror_copies.words is
      'While it is being posted by the bot itself: a digest of what it says.';
    create index mirror_copies_begun on mirror_copies (stream_key) where copy_id is null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index mirror_copies_begun');
  await knex.raw('alter table mirror_copies drop column words');
}
