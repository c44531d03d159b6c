import type { Verdict } from '../../../workflows/ticket/contract';
import type { PersonCommandType } from '../../domain/cases/commands';
import { CaseOver } from '../desk/errors';
import { personOf, type Call } from '../interactions/call';
import { verdictText } from '../views/done';
import { refusalText } from '../views/refusal';

/** A command that somebody gives to a case. */
export interface CaseCommandRequest {
  readonly command: PersonCommandType;
  readonly caseId: string;
  /** The person's own words: a resolution, a reason. */
  readonly note: string | null;
}

/**
 * Gives the command to the case's workflow, which knows the rights.
 *
 * @returns what happened, or why nothing did, as a sentence for the person
 * @throws DeskUnreachable, DeskSilent, ConfigurationUnavailable
 */
export async function giveCommand(call: Call, request: CaseCommandRequest): Promise<string> {
  const { desk, seal } = call.parts;
  const { command, caseId, note } = request;
  const actor = await personOf(call);
  const words = note?.trim() ?? '';
  let verdict: Verdict;
  try {
    verdict = await desk.command(
      caseId,
      command,
      { actor, ...(words !== '' && { note: seal.seal(words) }) },
      call.interaction.id,
    );
  } catch (error) {
    if (!(error instanceof CaseOver)) throw error;
    return `⚠️ ${refusalText({ refused: command === 'reopen' ? 'reopen-window-over' : 'closed' })}`;
  }
  return verdictText(command, verdict);
}
