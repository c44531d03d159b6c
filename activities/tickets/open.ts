import { z } from 'zod';
import { DiscordSnowflake } from '@sapphire/snowflake';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import { DatabaseUnavailable } from '../../src/db/connection';
import type { CasePolicy, CaseState } from '../../src/domain/cases/case';
import { newCase } from '../../src/domain/cases/case';
import type { CaseEvent, RecordedEvent } from '../../src/domain/cases/events';
import { evolve } from '../../src/domain/cases/evolve';
import type { OpeningAnswer } from '../../src/discord/views/opening-answer';
import { openingAnswer } from '../../src/discord/views/opening-answer';
import type { OpeningOutcome } from '../../workflows/ticket/activities';
import type { SealedOpening, TicketInput } from '../../workflows/ticket/contract';
import type { Attempt } from '../attempt';
import { answer } from '../discord/answer';
import { isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import { abandonChannel, ensureChannel } from './channel';
import type { TicketDependencies } from './dependencies';
import { card } from './card';
import { tellDesk } from './desk';
import { earlierTry } from './earlier-try';

const sealedOpening = z.object({
  applicationId: z.string(),
  interactionToken: z.string(),
  openerName: z.string(),
  answers: z.array(z.object({ fieldId: z.string(), value: z.string() })),
}) satisfies z.ZodType<SealedOpening>;

type Category = GuildConfiguration['categories'][number];

/** Opens a ticket: limits and number, channel, opening message, records, and the answer to the person. */
export async function openTicket(
  deps: TicketDependencies,
  input: TicketInput,
  attempt: Attempt,
): Promise<OpeningOutcome> {
  const opening = deps.seal.open(input.sealed, sealedOpening);
  const tell = (outcome: OpeningAnswer): Promise<boolean> =>
    answer(deps.discord, opening, openingAnswer(outcome), attempt.signal);
  try {
    return await accept(deps, input, opening, attempt, tell);
  } catch (error) {
    // The person need not wait for Postgres to come back; once is enough, and it may fail too.
    if (error instanceof DatabaseUnavailable && attempt.number === 2) {
      await tell({ outcome: 'waiting', reference: attempt.workflowId }).catch(() => false);
    }
    throw error;
  }
}

type Tell = (outcome: OpeningAnswer) => Promise<boolean>;

async function accept(
  deps: TicketDependencies,
  input: TicketInput,
  opening: SealedOpening,
  attempt: Attempt,
  tell: Tell,
): Promise<OpeningOutcome> {
  const caseId = attempt.workflowId;
  const guild = await deps.guilds.get(input.guildId);
  const category = guild?.categories.find(({ id }) => id === input.categoryId);
  if (guild === null || category === undefined) {
    await tell({ outcome: 'failed', code: 'category-gone', reference: caseId });
    return { outcome: 'refused' };
  }
  const answers = labelled(category, opening);
  const accepted = await deps.cases.accept({
    caseId,
    guildId: input.guildId,
    kind: 'ticket',
    categoryId: category.id,
    categoryTitle: category.title,
    openerId: input.openerId,
    openerName: opening.openerName,
    policy: policyOf(guild, category),
    limits: { guild: guild.limits, category: category.limits },
    answers,
    now: attempt.now,
  });
  if (!accepted.accepted) {
    await tell({ outcome: 'refused', refusal: accepted.refusal });
    return { outcome: 'refused' };
  }
  const { number, policy, acceptedAt } = accepted;
  const requestedAt = DiscordSnowflake.timestampFrom(caseId.replace(/^ticket-/, ''));
  const events = history(input.openerId, acceptedAt);
  events.add({ type: 'accepted', number, policy }, acceptedAt);
  const earlier = attempt.number === 1 ? undefined : await earlierTry(deps, caseId, 1);
  if (earlier?.type === 'channel-created') {
    await tell({ outcome: 'opened', number, channelId: earlier.channelId });
    const { channelId, messageId, at: createdAt } = earlier;
    return { outcome: 'opened', number, policy, acceptedAt, channelId, messageId, createdAt };
  }
  if (earlier?.type === 'opening-failed') {
    const { code } = earlier;
    await tell({ outcome: 'failed', code, reference: caseId });
    return { outcome: 'failed', number, policy, acceptedAt, code };
  }
  let channelId: string | null = null;
  try {
    const plan = {
      caseId,
      number,
      generation: 1,
      guild,
      categoryId: category.id,
      openerId: input.openerId,
      teamIds: policy.teamChain.slice(0, 1),
    };
    channelId = await ensureChannel(deps, plan, attempt);
    const opened: CaseState = { ...events.state, status: 'open', channelId };
    const [message] = await Promise.all([
      postOnce(
        deps.discord,
        await deps.botId(),
        {
          channelId,
          body: card(guild, category, caseId, opened, answers),
          key: `${caseId}.1`,
          since: requestedAt,
        },
        attempt,
      ),
      tell({ outcome: 'opened', number, channelId }),
      // Whatever happens to the channel from now on, the bot knows whose it is.
      deps.cases.rememberChannel(caseId, 1, channelId),
    ]);
    const createdAt = attempt.now;
    events.add({ type: 'channel-created', channelId, messageId: message.id }, createdAt);
    await deps.cases.record({ caseId, ...events.take(), notes: new Map() });
    const messageId = message.id;
    return { outcome: 'opened', number, policy, acceptedAt, channelId, messageId, createdAt };
  } catch (error) {
    if (!isLasting(error)) throw error;
    const code = String(error.code);
    if (channelId !== null) await abandonChannel(deps, channelId, attempt);
    events.add({ type: 'opening-failed', code }, attempt.now);
    const { events: recorded, state } = events.take();
    await deps.cases.record({ caseId, events: recorded, state, notes: new Map() });
    await tell({ outcome: 'failed', code, reference: caseId });
    await tellDesk(deps, guild, category, caseId, recorded, state, attempt);
    return { outcome: 'failed', number, policy, acceptedAt, code };
  }
}

/** Numbers events as the workflow will: the same deciding functions, from the same beginning. */
function history(openerId: string, startedAt: number) {
  let state = newCase(openerId, startedAt);
  const events: RecordedEvent[] = [];
  return {
    get state(): CaseState {
      return state;
    },
    add(event: CaseEvent, at: number): void {
      state = evolve(state, event, at);
      events.push({ seq: state.seq, at, event });
    },
    take(): { events: readonly RecordedEvent[]; state: CaseState } {
      return { events, state };
    },
  };
}

/** What of the category's rules stays with the case from now on, whatever becomes of the configuration. */
function policyOf(guild: GuildConfiguration, category: Category): CasePolicy {
  const teamChain: string[] = [];
  let team: string | null = category.teamId;
  while (team !== null && !teamChain.includes(team)) {
    teamChain.push(team);
    team = guild.teams[team]?.seniorTeamId ?? null;
  }
  return {
    teamChain,
    inactivity: category.inactivity,
    reopenWindowMs: category.reopenWindowMs,
  };
}

/** The answers in the order of the form, with the questions as they stood when they were answered. */
function labelled(
  category: Category,
  opening: SealedOpening,
): { fieldId: string; label: string; value: string }[] {
  return opening.answers
    .filter(({ value }) => value !== '')
    .map(({ fieldId, value }) => {
      const label = category.form.find(({ id }) => id === fieldId)?.label ?? fieldId;
      return { fieldId, label, value };
    });
}
