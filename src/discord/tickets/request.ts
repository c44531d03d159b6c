import { setTimeout as pause } from 'node:timers/promises';
import { MessageFlags } from 'discord-api-types/v10';
import {
  ticketWorkflowId,
  type SealedOpening,
  type TicketInput,
} from '../../../workflows/ticket/contract';
import type { CaseCategory } from '../../config/guild/resolved';
import { label } from '../../domain/text';
import { DeskSilent } from '../desk/errors';
import { displayNameOf, type Call } from '../interactions/call';
import { answer } from '../views/answer';
import { openingAnswer } from '../views/opening-answer';

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
    if (!(error instanceof DeskSilent)) throw error;
    parts.log.warn({ err: error, reference }, 'a ticket may have been requested or not');
    await respond.edit(
      answer(
        `The desk took too long to confirm your request, so it may have arrived or not. If it did, the answer appears here; if nothing appears within a few minutes, please try again.\nReference: \`${reference}\``,
      ),
    );
    return;
  }
  parts.afterwards((signal) => reassure(call, reference, signal));
}

/** The guild's next number if nobody else opens a ticket meanwhile; `null` when that cannot be told quickly. */
async function expectedNumber({ parts, guildId }: Call): Promise<number | null> {
  const timer = new AbortController();
  const late = pause(NUMBER_WITHIN_MS, null, { signal: timer.signal }).catch(() => null);
  const latest = parts.cases.list({ guildId, limit: 1 }).then(
    ({ cases }) => (cases[0]?.number ?? 0) + 1,
    () => null,
  );
  const number = await Promise.race([latest, late]);
  timer.abort();
  return number;
}

/** The worker's answer is late: tells the person that nothing is lost. */
async function reassure(call: Call, reference: string, signal: AbortSignal): Promise<void> {
  const { parts, respond } = call;
  await pause(ANSWER_EXPECTED_MS, undefined, { signal, ref: false });
  // Most have been answered long since, and their record says so without a question to Discord.
  if (await isOpen(call, reference)) return;
  const { flags } = await respond.shown();
  if (((flags ?? 0) & (MessageFlags.Loading as number)) === 0) return;
  await respond.edit(openingAnswer({ outcome: 'waiting', reference }));
  // The worker may have answered just before this: then its answer must not stay hidden.
  const row = await parts.cases.get(reference);
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
