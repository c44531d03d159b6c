import type { Verdict } from '../../../workflows/ticket/contract';
import type { PersonCommandType } from '../../domain/cases/commands';
import { refusalText } from './refusal';

/** What a command did, or why it was not carried out, in a sentence. */
export function verdictText(command: PersonCommandType, verdict: Verdict): string {
  if (!verdict.done) return `⚠️ ${refusalText(verdict.refusal)}`;
  const number = `#${verdict.case.number}`;
  switch (command) {
    case 'claim':
      return `✅ You have claimed ${number}. The opener sees that you are on it.`;
    case 'release':
      return `✅ ${number} is released. It waits for somebody else of the team.`;
    case 'raise':
      return `✅ ${number} is raised. The senior team has been told.`;
    case 'resolve':
      return `✅ ${number} is resolved. The opener has been told and can reopen it.`;
    case 'close':
      return `✅ ${number} is closing. The conversation is stored, then its channel goes away.`;
    case 'reopen':
      return verdict.case.status === 'reopening'
        ? `✅ ${number} is reopened. Its new channel appears in a moment.`
        : `✅ ${number} is open again.`;
  }
}
