import { DatabaseUnavailable } from '../../db/connection';
import { CaseOver, DeskSilent, DeskUnreachable } from '../desk/errors';
import { ConfigurationUnavailable } from '../guilds/directory';
import { answer, type Answer } from './answer';
import { refusalText } from './refusal';

/**
 * What a person reads when something failed, with a reference that staff can look up in the log.
 */
export function errorAnswer(error: unknown, reference: string): Answer {
  return answer(`${words(error)}\nReference: \`${reference}\``);
}

function words(error: unknown): string {
  if (error instanceof DeskUnreachable) {
    return "The desk can't be reached right now. Nothing was opened or changed. Please try again in a few minutes.";
  }
  if (error instanceof DeskSilent) {
    return 'The desk took too long to confirm this, so it may have been done or not. Look in a minute; if nothing has changed, please try again.';
  }
  if (error instanceof DatabaseUnavailable || error instanceof ConfigurationUnavailable) {
    return "The records can't be read right now. Nothing was changed. Please try again in a few minutes.";
  }
  if (error instanceof CaseOver) return refusalText({ refused: 'reopen-window-over' });
  return 'Something went wrong on our side. Please try again; if it fails again, tell the team the reference.';
}

/** Whether the error is an outage of another part, which the log names as a warning and not as a defect. */
export function isOutage(error: unknown): boolean {
  return (
    error instanceof DeskUnreachable ||
    error instanceof DeskSilent ||
    error instanceof DatabaseUnavailable ||
    error instanceof ConfigurationUnavailable
  );
}
