import { notUnderstood } from '../failure';
import type { WhitelistOutcome } from '../bridge';
import { isUnknownCommand, unsupported } from './answers';

type Outcomes = readonly (readonly [RegExp, WhitelistOutcome])[];

const NO_SUCH_PLAYER = /player does not exist|no player was found|could not add/i;

const ADDED: Outcomes = [
  [/^added .{0,40} to the (?:white|allow)list/i, 'done'],
  [/already (?:white|allow)listed/i, 'already'],
  [NO_SUCH_PLAYER, 'no-such-player'],
];
const REMOVED: Outcomes = [
  [/^removed .{0,40} from the (?:white|allow)list/i, 'done'],
  [/is not (?:white|allow)listed|could not remove/i, 'already'],
  [NO_SUCH_PLAYER, 'no-such-player'],
];

/** `null`: the words are not known; the list tells what happened. */
export function readWhitelistChange(
  change: 'add' | 'remove',
  answer: string,
): WhitelistOutcome | null {
  if (isUnknownCommand(answer)) throw unsupported('whitelists');
  const outcomes = change === 'add' ? ADDED : REMOVED;
  return outcomes.find(([words]) => words.test(answer))?.[1] ?? null;
}

const COMMAS = /\s*,\s*|\s*\n\s*/;
/** Older versions put `and` before the last name. */
const COMMAS_AND = /\s*,\s*|\s*\n\s*|\s+and\s+/;

/** PowerNukkit gives the name of the sentence where the sentence belongs, and the names below it. */
const UNTRANSLATED = /^commands\.(?:white|allow)list\.list(?:\n([^\n]*))?$/;

/**
 * The names in the answer to `whitelist list`, whose form changed often: "There are 2 whitelisted
 * player(s): Steve, Alex", "There are 2 (out of 3 seen) whitelisted players:Steve and Alex".
 *
 * @throws BridgeFailure `not-understood`, also when there are not as many names as it says
 */
export function readWhitelist(answer: string): readonly string[] {
  if (/there are no (?:white|allow)listed players/i.test(answer)) return [];
  const untranslated = UNTRANSLATED.exec(answer);
  if (untranslated !== null) return namesIn(untranslated[1] ?? '', COMMAS);
  const [, said, names] =
    /\bthere are (\d{1,7})\b[^:]{0,80}(?:white|allow)listed[^:]{0,20}:([^]*)$/i.exec(answer) ?? [];
  if (said === undefined || names === undefined) {
    if (isUnknownCommand(answer)) throw unsupported('whitelists');
    throw notUnderstood('the whitelist', answer);
  }
  for (const between of [COMMAS, COMMAS_AND]) {
    const found = namesIn(names, between);
    if (found.length === Number(said)) return found;
  }
  throw notUnderstood('the whitelist', answer);
}

function namesIn(names: string, between: RegExp): readonly string[] {
  return names
    .trim()
    .split(between)
    .filter((name) => name !== '');
}
