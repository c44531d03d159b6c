import type { RegistrationRefusal, StartRefusal } from '../../domain/registration/registration';
import type { Edition } from '../../domain/registration/account';
import { NAME_LENGTHS, type NameProblem } from '../../domain/registration/name';
import { inline, label } from '../../domain/text';
import { counted, moment } from './time';

/** Registrations in words: what they are about, and why something was not done. */

export const EDITION_WORDS: Readonly<Record<Edition, string>> = {
  java: 'Java Edition',
  bedrock: 'Bedrock Edition',
};

/** An account as people call it. */
export interface NamedAccount {
  readonly edition: Edition;
  readonly name: string;
}

/** The name alone, as data. At most 80 characters. */
export function playerWords(name: string): string {
  return `**${inline(name, { max: 76, empty: '…' })}**`;
}

/** Name and edition: "**Steve** (Java Edition)". At most 100 characters. */
export function accountWords({ edition, name }: NamedAccount): string {
  return `${playerWords(name)} (${EDITION_WORDS[edition]})`;
}

/** The same where Discord shows no markup: labels of menus. */
export function accountLabel({ edition, name }: NamedAccount): string {
  return label(`${name} (${EDITION_WORDS[edition]})`, { max: 100, empty: EDITION_WORDS[edition] });
}

/** "**Survival**", "**Survival** and **Creative**", or with "and 3 more" behind the first five. */
export function serverWords(names: readonly string[]): string {
  const most = 5;
  const words = names
    .slice(0, most)
    .map((name) => `**${inline(name, { max: 60, empty: 'a server' })}**`);
  if (names.length > most) words.push(`${names.length - most} more`);
  const last = words.pop() ?? 'a server';
  return words.length === 0 ? last : `${words.join(', ')} and ${last}`;
}

/** Why what was typed is no name of this edition, and what to type instead. */
export function nameProblemText(edition: Edition, problem: NameProblem): string {
  const { least, most } = NAME_LENGTHS[edition];
  const rule =
    edition === 'java'
      ? `Names of the ${EDITION_WORDS.java} have ${least} to ${most} letters, digits and underscores.`
      : `Gamertags have at most ${most} letters, digits and spaces.`;
  const again = 'Please type yours as the game shows it.';
  switch (problem.problem) {
    case 'empty':
      return `That is no name. ${again}`;
    case 'too-short':
      return `That name is too short. ${rule} ${again}`;
    case 'too-long':
      return `That name is too long. ${rule} ${again}`;
    case 'character':
      return `No such name has ${characterWords(problem.character)} in it. ${rule} ${again}`;
  }
}

function characterWords(character: string): string {
  if (/\s/u.test(character)) return 'a space';
  const shown = inline(character, { max: 20 });
  return shown === '' ? 'a character that cannot be seen' : `“${shown}”`;
}

/** Why no registration began, and what to do next. */
export function startRefusalText(account: NamedAccount, refusal: StartRefusal): string {
  const words = accountWords(account);
  switch (refusal.refused) {
    case 'not-configured':
      return 'Accounts cannot be registered here yet. Please tell an administrator.';
    case 'edition-not-allowed':
      return `Accounts of the ${EDITION_WORDS[account.edition]} are not registered here. If you play on the other edition, use \`/register\` with that \`edition\`.`;
    case 'invalid-name':
      return `${words} is not a name that somebody can have. Please type yours as the game shows it.`;
    case 'already-yours':
      return `${words} is yours already, so there is nothing to do. \`/accounts\` shows all that you have.`;
    case 'most-accounts':
      return `You have ${counted(refusal.most, 'account')} here, and that is the most one person may have. If you no longer play with one of them, take it away with \`/unregister\`; then try again.`;
    case 'locked':
      return `Too many wrong codes were typed for ${words}, so it is locked for you. You can try again ${moment(refusal.until)}.`;
    case 'too-late':
      return `I could not show you the code for ${words} in time, so nothing was begun. Please use \`/register\` again.`;
  }
}

/** Why a click on "New code" or "Cancel" had no effect, and what to do next. */
export function registrationRefusalText(refusal: RegistrationRefusal): string {
  switch (refusal.refused) {
    case 'not-ready':
      return 'I am just working on this registration. Please look again in a few seconds, and try then if it is still needed.';
    case 'locked':
      return `Too many wrong codes were typed, so this registration is locked. You can begin a new one ${moment(refusal.until)}.`;
    case 'most-codes':
      return `You have had ${counted(refusal.most, 'code')} for this registration, and that is the most. Type the newest one in the game; or press **Cancel** and use \`/register\` again.`;
    case 'timed-out':
      return 'The time for this registration is over. Use `/register` to begin a new one.';
    case 'other-player':
    case 'over':
      return 'This registration is over. `/accounts` shows which accounts you have; `/register` begins a new one.';
  }
}
