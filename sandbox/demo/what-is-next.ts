import type { Environment } from '../../src/config/environment';
import type { Played } from './life-of-a-ticket';
import type { Narrator } from './narrator';

/** Where to look at what was played, and what to try then. */
export async function sayWhatIsNext(
  narrator: Narrator,
  environment: Environment,
  { caseId, number }: Played,
): Promise<void> {
  const { temporalUiUrl, temporalNamespace } = environment;
  await narrator.step('Now look at it yourself');
  if (temporalUiUrl !== undefined) {
    const workflows = `${temporalUiUrl}/namespaces/${temporalNamespace}/workflows`;
    await narrator.say('This ticket in the Temporal Web UI:');
    narrator.line(`${workflows}/${caseId}`);
    narrator.line('');
    await narrator.say(
      'At the top it says what the ticket is and what it waits for, and until when. The timeline below has a bar for everything that was done, in words: every click, every step in Discord, every deadline. Everything that happened to this ticket is there, also what failed and was tried again; what people wrote is not: their words are in Postgres and in the storage.',
    );
    await narrator.say('And this one found by its number, among all of them:');
    narrator.line(`${workflows}?query=${encodeURIComponent(`CastellanNumber=${number}`)}`);
    narrator.line('');
  }
  await narrator.say('Things to try next:');
  for (const [what, where] of NEXT) narrator.line(`- ${what}: ${where}`);
  narrator.line('');
}

const NEXT = [
  ['kill a process while you play again ("npm run demo", "kill -9 PID")', 'docs/first-steps.md'],
  ['change the questions, teams and deadlines', 'docs/configuration.md'],
  ['what players can do, and what staff can do', 'docs/players.md, docs/staff.md'],
  ['run it for a real guild', 'README.md, "A real Discord"; docs/operating.md'],
] as const;
