import type { Knex } from 'knex';
import { isNativeError } from 'node:util/types';
import { findLoop } from '../../domain/mirrors/loops';
import type { MirrorSettings } from '../../domain/mirrors/settings';
import { UnknownGuild } from '../case-errors';
import { whileAvailable } from '../connection';
import { execute, json, query } from '../watching/query';
import type { MirrorOrigin, MirrorRecord } from './reading';
import type { MirrorDefiner, MirrorDefinition } from './recording';
import { MIRROR_COLUMNS, mirrorRow } from './rows';

/** The definitions of mirrors. All changes wait for each other: a circle may run over any number of guilds. */
export function createMirrorDefiner(knex: Knex): MirrorDefiner {
  const change = <Outcome>(guildId: string, how: (transaction: Knex) => Promise<Outcome>) =>
    whileAvailable(() =>
      knex
        .transaction(async (transaction) => {
          await transaction.raw(`select pg_advisory_xact_lock(hashtextextended('mirrors', 0))`);
          return how(transaction);
        })
        .catch(throwUnknownGuild(guildId)),
    );
  return {
    applyMirrors: (guildId, definitions, after) =>
      change(guildId, async (transaction) => {
        const before = new Map(
          (await all(transaction))
            .filter((mirror) => mirror.guildId === guildId)
            .map((mirror) => [mirror.settings.id, mirror]),
        );
        const wanted = new Set(definitions.map(({ settings }) => settings.id));
        const removed = [...before.values()]
          .filter(({ origin, settings }) => origin === 'file' && !wanted.has(settings.id))
          .map(({ settings }) => settings.id);
        for (const id of removed) await remove(transaction, guildId, id);
        const added: string[] = [];
        const changed: string[] = [];
        for (const definition of definitions) {
          const known = before.get(definition.settings.id);
          const outcome = await write(transaction, {
            ...{ guildId, definition, after, known },
            origin: 'file',
          });
          if (outcome === 'added') added.push(definition.settings.id);
          if (outcome === 'changed') changed.push(definition.settings.id);
        }
        return { added, changed, removed };
      }),
    putMirror: (guildId, definition, after) =>
      change(guildId, async (transaction) => {
        const { settings } = definition;
        const there = await all(transaction);
        const known = there.find(
          (mirror) => mirror.guildId === guildId && mirror.settings.id === settings.id,
        );
        if (known !== undefined) {
          return { outcome: same(known.settings, settings) ? 'unchanged' : 'exists' };
        }
        const names = findLoop(there.map(wayOf), wayOf({ guildId, settings }));
        if (names !== null) return { outcome: 'loop', names };
        await write(transaction, {
          ...{ guildId, definition, after, known: undefined },
          origin: 'command',
        });
        return { outcome: 'added' };
      }),
    removeMirror: (guildId, id) =>
      change(guildId, async (transaction) => {
        const [known] = await query(
          transaction,
          mirrorRow,
          `select ${MIRROR_COLUMNS} from mirrors where guild_id = :guildId and id = :id`,
          { guildId, id },
        );
        if (known === undefined) return { outcome: 'unknown' };
        if (known.origin === 'file') return { outcome: 'in-file' };
        await remove(transaction, guildId, id);
        return { outcome: 'removed' };
      }),
    answerMirror: ({ guildId, id, toGuildId, userId, agreed, after }) =>
      change(guildId, async (transaction) => {
        const bindings = { guildId, id, toGuildId, userId, after };
        const there = await query(
          transaction,
          mirrorRow,
          `select ${MIRROR_COLUMNS} from mirrors
           where guild_id = :guildId and id = :id and to_guild_id = :toGuildId
             and guild_id <> to_guild_id for update`,
          bindings,
        );
        if (there.length === 0) return false;
        const agreement = agreed ? 'agreed' : 'refused';
        if (there[0]?.agreement === agreement) return true;
        await execute(
          transaction,
          `update mirrors set agreement = :agreement, answered_by = :userId
           where guild_id = :guildId and id = :id`,
          { ...bindings, agreement },
        );
        // What was written while nobody had agreed is not copied later.
        await execute(
          transaction,
          `update mirror_streams
           set cursor = greatest(cursor::numeric, (:after)::numeric)::text,
             wanted = greatest(wanted::numeric, (:after)::numeric)::text
           where guild_id = :guildId and mirror_id = :id`,
          bindings,
        );
        return true;
      }),
    told: (guildId, id, trouble) =>
      whileAvailable(async () => {
        const written = await execute(
          knex,
          `update mirrors set told = array_append(told, :trouble)
           where guild_id = :guildId and id = :id and not (:trouble = any(told))`,
          { guildId, id, trouble },
        );
        return written > 0;
      }),
    over: (guildId, id) =>
      whileAvailable(async () => {
        await execute(
          knex,
          `update mirrors set told = '{}' where guild_id = :guildId and id = :id and told <> '{}'`,
          { guildId, id },
        );
      }),
  };
}

function wayOf({ guildId, settings }: Pick<MirrorRecord, 'guildId' | 'settings'>) {
  return {
    name: `${settings.id} (${guildId})`,
    from: settings.fromChannelId,
    to: settings.to.channelId,
  };
}

function all(transaction: Knex): Promise<MirrorRecord[]> {
  return query(transaction, mirrorRow, `select ${MIRROR_COLUMNS} from mirrors`);
}

async function remove(transaction: Knex, guildId: string, id: string): Promise<void> {
  await execute(transaction, 'delete from mirrors where guild_id = :guildId and id = :id', {
    guildId,
    id,
  });
}

interface Writing {
  readonly guildId: string;
  readonly origin: MirrorOrigin;
  readonly definition: MirrorDefinition;
  readonly after: string;
  readonly known: MirrorRecord | undefined;
}

async function write(
  transaction: Knex,
  { guildId, origin, definition, after, known }: Writing,
): Promise<'added' | 'changed' | 'unchanged'> {
  const { settings, agreed } = definition;
  const { id, fromChannelId, to } = settings;
  const way = { guildId, id, fromChannelId, toGuildId: to.guildId, toChannelId: to.channelId };
  if (known !== undefined && !sameWay(known.settings, settings)) {
    await remove(transaction, guildId, id);
    await insert(transaction, { way, origin, settings, agreed, after });
    return 'changed';
  }
  if (known === undefined) {
    await insert(transaction, { way, origin, settings, agreed, after });
    return 'added';
  }
  const agreement = agreed ? 'agreed' : known.agreement;
  const isSame =
    same(known.settings, settings) && known.origin === origin && known.agreement === agreement;
  if (isSame) return 'unchanged';
  await execute(
    transaction,
    `update mirrors set definition = :definition, origin = :origin, agreement = :agreement
     where guild_id = :guildId and id = :id`,
    { guildId, id, definition: json(settings), origin, agreement },
  );
  return 'changed';
}

async function insert(
  transaction: Knex,
  {
    way,
    origin,
    settings,
    agreed,
    after,
  }: Pick<Writing, 'origin' | 'after'> & {
    readonly way: Readonly<Record<string, string>>;
    readonly settings: MirrorSettings;
    readonly agreed: boolean;
  },
): Promise<void> {
  await execute(
    transaction,
    `insert into mirrors
       (guild_id, id, origin, definition, from_channel_id, to_guild_id, to_channel_id, agreement)
     values (:guildId, :id, :origin, :definition, :fromChannelId, :toGuildId, :toChannelId, :agreement)`,
    { ...way, origin, definition: json(settings), agreement: agreed ? 'agreed' : 'asked' },
  );
  await execute(
    transaction,
    `insert into mirror_targets (channel_id) values (:toChannelId) on conflict do nothing`,
    way,
  );
  await execute(
    transaction,
    `insert into mirror_streams
       (guild_id, mirror_id, from_channel_id, target_channel_id, is_thread, cursor, wanted)
     values (:guildId, :id, :fromChannelId, :toChannelId, false, :after, :after)`,
    { ...way, after },
  );
}

function sameWay(left: MirrorSettings, right: MirrorSettings): boolean {
  return (
    left.fromChannelId === right.fromChannelId &&
    left.to.guildId === right.to.guildId &&
    left.to.channelId === right.to.channelId
  );
}

function same(left: MirrorSettings, right: MirrorSettings): boolean {
  const said = ({ id, fromChannelId, to, style, filter, ...rest }: MirrorSettings): string =>
    JSON.stringify([
      [id, fromChannelId, to.guildId, to.channelId, style],
      [filter.authors, filter.bots, filter.contains, filter.lacks],
      [rest.reactions, rest.threads, rest.editWindowMs],
    ]);
  return said(left) === said(right);
}

function throwUnknownGuild(guildId: string): (error: unknown) => never {
  return (error) => {
    const foreignKeyViolation = isNativeError(error) && 'code' in error && error.code === '23503';
    throw foreignKeyViolation ? new UnknownGuild(guildId) : error;
  };
}
