import type { GuildConfiguration } from '../../config/guild/resolved';
import type { CaseRow } from '../../db/cases';
import type { Actor } from '../../domain/cases/case';
import { actorOf } from '../guilds/actor';
import { configurationOf, type Call } from '../interactions/call';
import { answer, type Answer } from '../views/answer';
import { ownCaseAnswer, staffCaseAnswer } from '../views/case-answer';

/** Whether the person belongs to a team that handles the case or has handed it on, or administers the guild. */
export function mayManage(row: CaseRow, actor: Actor): boolean {
  return actor.admin || row.policy.teamChain.some((team) => actor.teams.includes(team));
}

/** There is no such case; also what somebody reads who has no business with it. */
export function noCase(number: number): Answer {
  return answer(
    `There is no ticket #${number} that you can see here. \`/ticket list\` shows yours.`,
  );
}

/** What staff read about a case of which they may see nothing. */
export function notYourCase(number: number): Answer {
  return answer(
    `Case #${number} belongs to another team. Its team and the teams above it can manage it.`,
  );
}

/**
 * A case with its whole history, if the person may manage it.
 *
 * @throws DatabaseUnavailable, ConfigurationUnavailable
 */
export async function staffCase(
  call: Call,
  number: number,
  { notice = '', page = 0 }: { readonly notice?: string; readonly page?: number } = {},
): Promise<Answer> {
  const { cases } = call.parts;
  const [configuration, row] = await Promise.all([
    configurationOf(call),
    cases.byNumber(call.guildId, number),
  ]);
  if (row === null) return answer(`There is no case #${number} here. \`/staff queue\` lists them.`);
  if (!mayManage(row, personIn(call, configuration))) return notYourCase(number);
  const [answers, history] = await Promise.all([
    cases.answers(row.caseId),
    cases.events(row.caseId),
  ]);
  return staffCaseAnswer({ row, answers, history, configuration, page }, notice);
}

/**
 * One's own ticket.
 *
 * @throws DatabaseUnavailable, ConfigurationUnavailable
 */
export async function ownCase(call: Call, number: number, notice = ''): Promise<Answer> {
  const [configuration, row] = await Promise.all([
    configurationOf(call),
    call.parts.cases.byNumber(call.guildId, number),
  ]);
  if (row?.openerId !== call.member.user.id) return noCase(number);
  return ownCaseAnswer({ row, answers: [], history: [], configuration, page: 0 }, notice);
}

function personIn(call: Call, configuration: GuildConfiguration | null): Actor {
  return actorOf(call.member.user.id, call.member, configuration);
}
