import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { CaseState } from '../../src/domain/cases/case';
import { handlingTeam, seniorTeam } from '../../src/domain/cases/case';
import { nextDeadline } from '../../src/domain/cases/deadline';
import type { TicketCardView } from '../../src/discord/views/ticket-card';
import { ticketCard } from '../../src/discord/views/ticket-card';

type Category = GuildConfiguration['categories'][number];

export interface CardAnswer {
  readonly label: string;
  readonly value: string;
}

/** What the message that opens a ticket's channel shows of the case. */
export function cardView(
  guild: GuildConfiguration,
  category: Pick<Category, 'title' | 'emoji'>,
  caseId: string,
  state: CaseState,
  answers: readonly CardAnswer[],
): TicketCardView {
  return {
    caseId,
    number: state.number,
    categoryTitle: category.title,
    categoryEmoji: category.emoji,
    status: state.status,
    openerId: state.openerId,
    assigneeId: state.assigneeId,
    teamName: teamName(guild, state),
    raised: state.raised !== null,
    hasSenior: seniorTeam(state) !== null,
    answers: answers.map(({ label, value }) => ({ label, answer: value })),
    openedAt: state.openedAt,
    closesAt: closesAt(state),
  };
}

export function card(
  guild: GuildConfiguration,
  category: Pick<Category, 'title' | 'emoji'>,
  caseId: string,
  state: CaseState,
  answers: readonly CardAnswer[],
): RESTPostAPIChannelMessageJSONBody {
  return ticketCard(cardView(guild, category, caseId, state, answers));
}

/** The name of the team that handles the case now. */
export function teamName(guild: GuildConfiguration, state: CaseState): string {
  const id = handlingTeam(state);
  return id === null ? '' : (guild.teams[id]?.name ?? id);
}

/** When the case closes by itself if nobody acts; `null`: it does not. */
export function closesAt(state: CaseState): number | null {
  const deadline = nextDeadline(state);
  return deadline?.kind === 'inactivity-close' || deadline?.kind === 'resolved-close'
    ? deadline.at
    : null;
}
