import { recurrenceProblem } from '../../domain/watching/recurrence';

/** Whether a text is a rule by which maintenance can repeat. */
export function isRecurrence(text: string): boolean {
  return recurrenceProblem(text) === null;
}
