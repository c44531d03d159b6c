import { setTimeout as pause } from 'node:timers/promises';
import { MessageFlags } from 'discord-api-types/v10';
import {
  ticketWorkflowId,
  type SealedOpening,
  type TicketInput,
} from '../../../workflows/ticket/contract';
import type { CaseCategory } from '../../config/guild/resolved';
import { label } from '../../domain/text';
import { DeskSilent, DeskUnreachable } from '../desk/errors';
import { displayNameOf, type Call } from '../interactions/call';
import type { Responder } from '../interactions/responder';
import { answer, type Answer } from '../views/answer';
import { openingAnswer } from '../views/opening-answer';
import { withinTime } from '../../timing/within-time';

/** When no answer has appeared by then, the person is told that the request is kept (milliseconds). */
const ANSWER_EXPECTED_MS = 10_000;

/** A guess at the number is not worth waiting for longer (milliseconds). */
const NUMBER_WITHIN_MS = 250;

/** What somebody wants to open. */
export interface TicketRequest {
  readonly categoryId: string;
  /** As the configuration has it; `null` when that cannot be read now. */
  readonly category: CaseCategory | null;
  readonly answers: SealedOpening['answers'];
}

/**
 * Hands the wish for a ticket over to its workflow. From then on it opens whatever happens; the
 * worker answers the interaction, which must have been deferred.
 *
 * @throws DeskUnreachable, InteractionGone
 */
export async function requestTicket(call: Call, request: TicketRequest): Promise<void> {
  const { interaction, parts, respond, guildId, member } = call;
  const input: TicketInput = {
    guildId,
    categoryId: request.categoryId,
    openerId: member.user.id,
    sealed: parts.seal.seal({
      applicationId: interaction.application_id,
      interactionToken: interaction.token,
      openerName: displayNameOf(call),
      answers: request.answers,
    } satisfies SealedOpening),
  };
  const title = label(request.category?.title ?? request.categoryId, { max: 100 });
  const reference = ticketWorkflowId(interaction.id);
  try {
    const expected = await expectedNumber(call);
    await parts.desk.openTicket(interaction.id, input, `Ticket: ${title}`, expected);
  } catch (error) {
    if (!mayHaveArrived(error, respond)) throw error;
    parts.log.warn({ err: error, reference }, 'a ticket may have been requested or not');
    await tellUnlessAnswered(call, reference, uncertain(reference));
    return;
  }
  parts.afterwards(async (signal) => {
    await pause(ANSWER_EXPECTED_MS, undefined, { signal, ref: false });
    await tellUnlessAnswered(call, reference, openingAnswer({ outcome: 'waiting', reference }));
  });
}

/** Also a desk that is away now may have had this wish before, from a process that died. */
function mayHaveArrived(error: unknown, respond: Responder): boolean {
  return error instanceof DeskSilent || (error instanceof DeskUnreachable && respond.repeated);
}

function uncertain(reference: string): Answer {
  return answer(
    `The desk took too long to confirm your request, so it may have arrived or not. If it did, the answer appears here; if nothing appears within a few minutes, please try again.\nReference: \`${reference}\``,
  );
}

/** The guild's next number if nobody else opens a ticket meanwhile; `null` when that cannot be told quickly. */
async function expectedNumber({ parts, guildId }: Call): Promise<number | null> {
  const late = (): Error => new Error('The next number is not known in time.');
  try {
    return (await withinTime(NUMBER_WITHIN_MS, parts.cases.lastNumber(guildId), late)) + 1;
  } catch {
    return null;
  }
}

/** Says something in place of the worker's answer, which is late and must not be hidden by it. */
async function tellUnlessAnswered(call: Call, caseId: string, words: Answer): Promise<void> {
  const { parts, respond } = call;
  // Most have been answered long since, and their record says so without a question to Discord.
  if (await isOpen(call, caseId)) return;
  const { flags } = await respond.shown();
  if (((flags ?? 0) & (MessageFlags.Loading as number)) === 0) return;
  await respond.edit(words);
  // The worker may have answered between the question and the edit.
  const row = await parts.cases.get(caseId).catch(() => null);
  if (row !== null && row.channelId !== null && row.messageId !== null) {
    await respond.edit(
      openingAnswer({ outcome: 'opened', number: row.number, channelId: row.channelId }),
    );
  }
}

async function isOpen({ parts }: Call, caseId: string): Promise<boolean> {
  try {
    const row = await parts.cases.get(caseId);
    return row !== null && row.status !== 'opening';
  } catch {
    return false;
  }
}
