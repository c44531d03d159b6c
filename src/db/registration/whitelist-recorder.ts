import type { Knex } from 'knex';
import { z } from 'zod';
import { whileAvailable } from '../connection';
import { storable } from '../storable';
import { execute, iso, query } from '../watching/query';
import { changeAccounts } from './guild-accounts';
import type { WhitelistPlace } from './reading';
import type {
  WhitelistAnswer,
  WhitelistRecorder,
  WhitelistWish,
  WhitelistWished,
} from './recording';
import { countPending, SERVER } from './whitelist-reader';
import { putOnWhitelists, serversToTell, watchedServers } from './whitelist-wishes';

export function createWhitelistRecorder(knex: Knex): WhitelistRecorder {
  return {
    wantWhitelisted: (wish) =>
      changeAccounts(knex, wish.guildId, (transaction) => want(transaction, wish)),
    wantEveryone: (wish) =>
      changeAccounts(knex, wish.guildId, (transaction) => wantEveryone(transaction, wish)),
    repairWhitelist: ({ accountKeys, ...place }) =>
      changeAccounts(knex, place.guildId, (transaction) =>
        execute(
          transaction,
          `update whitelist_entries set version = default, wanted_at = :now, error = null
           where server_key = (${SERVER}) and account_key = any(:keys)`,
          { ...bindingsOf(place), keys: [...accountKeys] },
        ),
      ),
    whitelistApplied: (answer) => whileAvailable(() => applied(knex, answer)),
    whitelistFailed: ({ error, final, ...answer }) =>
      whileAvailable(async () => {
        // A failure of what is not wanted any more is nobody's concern.
        await execute(
          knex,
          `update whitelist_entries
           set error = :error, applied_version = case when :final then version else applied_version end
           where ${ANSWERED} and version = :version and applied_version < version`,
          { ...bindingsOf(answer), error: storable(error), final },
        );
      }),
  };
}

const ANSWERED = `server_key = (${SERVER}) and account_key = :accountKey`;

function bindingsOf<Asked extends WhitelistPlace & { readonly now: number }>(asked: Asked) {
  const { guildId, serverId, now, ...more } = asked;
  return { guildId, serverId, now: iso(now), ...more };
}

async function want(transaction: Knex, wish: WhitelistWish): Promise<WhitelistWished> {
  const { guildId, accountKey, serverIds, wanted, now } = wish;
  const servers = await watchedServers(transaction, guildId, serverIds);
  const serverKeys = servers.map(({ key }) => key);
  if (wanted) {
    await putOnWhitelists(transaction, {
      ...{ guildId, serverKeys, which: 'key = :accountKey', bindings: { accountKey } },
      ...{ again: false, now },
    });
  } else {
    await execute(
      transaction,
      `update whitelist_entries set wanted = false, version = default, wanted_at = :now, error = null
       where account_key = :accountKey and server_key = any(:serverKeys) and wanted`,
      { accountKey, serverKeys, now: iso(now) },
    );
  }
  const pending = await serversToTell(transaction, [accountKey]);
  const known = new Set(servers.map(({ id }) => id));
  return {
    pending: pending.filter((id) => known.has(id)),
    unknown: serverIds.filter((id) => !known.has(id)),
  };
}

async function wantEveryone(
  transaction: Knex,
  wish: Parameters<WhitelistRecorder['wantEveryone']>[0],
): Promise<number> {
  const { guildId, serverId, editions, again, now } = wish;
  const servers = await watchedServers(transaction, guildId, [serverId]);
  await putOnWhitelists(transaction, {
    ...{ guildId, serverKeys: servers.map(({ key }) => key), again, now },
    ...{ which: 'edition = any(:editions)', bindings: { editions: [...editions] } },
  });
  return countPending(transaction, { guildId, serverId });
}

async function applied(knex: Knex, answer: WhitelistAnswer): Promise<'applied' | 'superseded'> {
  const [left] = await query(
    knex,
    z.object({ superseded: z.boolean() }),
    `with off as (
       delete from whitelist_entries where ${ANSWERED} and version = :version and not wanted
     ), told as (
       update whitelist_entries set applied_version = :version, applied_at = :now, error = null
       where ${ANSWERED} and (wanted or version > :version) and applied_version < :version
     )
     select exists (
       select from whitelist_entries where ${ANSWERED} and version > :version) as superseded`,
    bindingsOf(answer),
  );
  return left?.superseded === true ? 'superseded' : 'applied';
}
