import type { Knex } from 'knex';
import { z } from 'zod';
import type { CasePolicy } from '../domain/cases/case';
import {
  checkOpening,
  DAY_MS,
  graverRefusal,
  type OpeningLimits,
  type OpeningRefusal,
} from '../domain/cases/limits';
import { UnknownGuild } from './case-errors';
import { policySchema, type CaseKind } from './case-row';
import { whileAvailable } from './connection';
import { storable } from './storable';

/** What somebody wants to open, and the rules for it as the configuration has them now. */
export interface Opening {
  readonly caseId: string;
  readonly guildId: string;
  readonly kind: CaseKind;
  readonly categoryId: string;
  readonly categoryTitle: string;
  readonly openerId: string;
  readonly openerName: string;
  readonly policy: CasePolicy;
  readonly limits: {
    /** Over all of the opener's cases in the guild. */
    readonly guild: OpeningLimits;
    /** Over those of the category. */
    readonly category: OpeningLimits | null;
  };
  readonly answers: readonly {
    readonly fieldId: string;
    readonly label: string;
    readonly value: string;
  }[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export type Acceptance =
  | {
      readonly accepted: true;
      readonly number: number;
      readonly acceptedAt: number;
      readonly policy: CasePolicy;
    }
  | { readonly accepted: false; readonly refusal: OpeningRefusal };

const instants = z.array(z.date().transform((date) => date.getTime()));

const preparedSchema = z.union([
  z.object({
    known_number: z.number(),
    known_opened_at: z.date(),
    known_policy: policySchema,
  }),
  z.object({
    known_number: z.null(),
    open: z.number(),
    opened_at: instants,
    open_in_category: z.number(),
    opened_at_in_category: instants,
  }),
]);

/**
 * Counts the limits and opens the case, in one transaction. Openings of one person in one guild wait
 * for one another; those of different people only for the next number.
 *
 * The same case asked for again gets the first acceptance again.
 *
 * @throws UnknownGuild, DatabaseUnavailable
 */
export function accept(knex: Knex, opening: Opening): Promise<Acceptance> {
  return whileAvailable(() =>
    knex.transaction(async (transaction): Promise<Acceptance> => {
      const prepared = await prepare(transaction, opening);
      if (prepared.known_number !== null) {
        return {
          accepted: true,
          number: prepared.known_number,
          acceptedAt: prepared.known_opened_at.getTime(),
          policy: prepared.known_policy,
        };
      }
      const { guild, category } = opening.limits;
      const refusal = graverRefusal(
        checkOpening(guild, { open: prepared.open, openedAt: prepared.opened_at }, opening.now),
        category &&
          checkOpening(
            category,
            { open: prepared.open_in_category, openedAt: prepared.opened_at_in_category },
            opening.now,
          ),
      );
      if (refusal !== null) return { accepted: false, refusal };
      const number = await insert(transaction, opening);
      return { accepted: true, number, acceptedAt: opening.now, policy: opening.policy };
    }),
  );
}

/** Locks the opener, then reads the case if it is known, else what the opener did before. */
async function prepare(transaction: Knex.Transaction, opening: Opening) {
  const { limits, now } = opening;
  const memory = Math.max(DAY_MS, limits.guild.cooldownMs ?? 0, limits.category?.cooldownMs ?? 0);
  const result: unknown = await transaction.raw('select * from prepare_opening(?, ?, ?, ?, ?)', [
    opening.caseId,
    opening.guildId,
    opening.openerId,
    opening.categoryId,
    new Date(now - memory),
  ]);
  return z.object({ rows: z.tuple([preparedSchema]) }).parse(result).rows[0];
}

/**
 * Takes the guild's next number and writes the case with all that belongs to it, in one statement.
 * The guild's row stays locked until the end of the transaction: that is what leaves no gaps.
 */
async function insert(transaction: Knex.Transaction, opening: Opening): Promise<number> {
  const { policy, now } = opening;
  const answers = opening.answers.map(({ fieldId, label, value }, position) => ({
    position,
    field_id: fieldId,
    label: storable(label),
    answer: storable(value),
  }));
  const result: unknown = await transaction.raw(INSERT, {
    id: opening.caseId,
    guild: opening.guildId,
    kind: opening.kind,
    category: opening.categoryId,
    title: storable(opening.categoryTitle),
    team: policy.teamChain[0] ?? null,
    opener: opening.openerId,
    openerName: storable(opening.openerName),
    now: new Date(now),
    policy: JSON.stringify(policy),
    answers: JSON.stringify(answers),
  });
  const { rows } = z.object({ rows: z.array(z.object({ number: z.number() })) }).parse(result);
  if (rows[0] === undefined) throw new UnknownGuild(opening.guildId);
  return rows[0].number;
}

const INSERT = `
  with numbered as (
    update guilds set last_case_number = last_case_number + 1
    where id = :guild returning last_case_number as number
  ), opened as (
    insert into cases (
      id, guild_id, number, kind, category_id, category_title, status, team_id, opener_id,
      opener_name, generation, opened_at, last_activity_at, last_seq, policy
    )
    select :id, :guild, number, :kind, :category, :title, 'opening', :team, :opener,
      :openerName, 1, :now, :now, 1, :policy
    from numbered
    returning id, number, opener_id, opened_at, policy
  ), answered as (
    insert into case_answers (case_id, position, field_id, label, answer)
    select opened.id, answer.* from opened, jsonb_to_recordset(:answers)
      as answer (position int, field_id text, label text, answer text)
  ), told as (
    insert into case_events (case_id, seq, type, at, actor_id, data)
    select id, 1, 'accepted', opened_at, opener_id,
      jsonb_build_object('number', number, 'policy', policy)
    from opened
  )
  select number from opened
`;
