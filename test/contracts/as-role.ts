import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { connect } from '../../src/db/connection';

/**
 * Uses a database as a role of its own, that is dropped afterwards with everything it was granted.
 *
 * @param owner may make roles
 * @param grants SQL in which the role is called `ROLE`
 */
export async function asRole(
  { url, owner }: { readonly url: string; readonly owner: Knex },
  grants: string,
  use: (knex: Knex) => Promise<void>,
): Promise<void> {
  const name = `role_${randomBytes(8).toString('hex')}`;
  await owner.raw(`create role ${name} login; ${grants.replaceAll('ROLE', name)}`);
  const own = new URL(url);
  own.username = name;
  const knex = connect(own.href, { applicationName: 'test' });
  try {
    await use(knex);
  } finally {
    await knex.destroy();
    await owner.raw(`drop owned by ${name}; drop role ${name}`);
  }
}
