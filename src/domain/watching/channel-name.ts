import { cleanseLine } from '../text/cleanse';
import type { ServerStatus } from './server-state';

/** The name of a channel that shows a server: a template, filled in. */

/** What a template may show. */
export const TEMPLATE_WORDS = ['emoji', 'name', 'players', 'max', 'status'] as const;
export type TemplateWord = (typeof TEMPLATE_WORDS)[number];

/** https://docs.discord.com/developers/resources/channel: a name has 1 to 100 characters. */
export const MOST_NAME_CHARACTERS = 100;
const EXAMPLE = '{emoji} {name} {players}/{max}';

/**
 * What a name says of a server. Doubts are not worth one of two changes in ten minutes: a server under suspicion
 * is still up, one that begins to answer still down, until it is sure.
 */
export type ShownStatus = Exclude<ServerStatus, 'suspect' | 'recovering'>;

export function shownStatus(status: ServerStatus): ShownStatus {
  if (status === 'suspect') return 'up';
  return status === 'recovering' ? 'down' : status;
}

/** Whether a change may use the rename that is kept back: it tells people that they can, or cannot, play. */
export function isUrgent(before: ShownStatus | null, after: ShownStatus): boolean {
  return before !== after && (after === 'up' || after === 'down');
}

const FACES: Readonly<Record<ShownStatus, { readonly emoji: string; readonly word: string }>> = {
  up: { emoji: '🟢', word: 'up' },
  down: { emoji: '🔴', word: 'down' },
  flapping: { emoji: '🟠', word: 'unsteady' },
  unknown: { emoji: '⚪', word: 'not known' },
  maintenance: { emoji: '🔵', word: 'maintenance' },
};

export function emojiOf(status: ServerStatus): string {
  return FACES[shownStatus(status)].emoji;
}

/** What is wrong with a template, as a sentence with a right example; `null` when nothing is. */
export function templateProblem(template: string): string | null {
  const unknown = [...template.matchAll(/\{([^{}]*)\}/g)]
    .map(([, word = '']) => word)
    .find((word) => !isTemplateWord(word));
  const known = TEMPLATE_WORDS.map((word) => `{${word}}`).join(', ');
  if (unknown !== undefined) {
    return `The template has {${unknown.slice(0, 40)}}, which is nothing. It may have ${known}, such as ${EXAMPLE}.`;
  }
  if (/[{}]/.test(template.replace(/\{[^{}]*\}/g, ''))) {
    return `The template has a brace without its other half. Write for example ${EXAMPLE}.`;
  }
  if (cleanseLine(template) === '') return `The template is empty. Write for example ${EXAMPLE}.`;
  if (cleanseLine(template.replace(/\{[^{}]*\}/g, '')).length > MOST_NAME_CHARACTERS / 2) {
    return `The template has more than ${MOST_NAME_CHARACTERS / 2} characters beside its words, which leaves too little room. Write for example ${EXAMPLE}.`;
  }
  return null;
}

export interface NameFacts {
  readonly status: ServerStatus;
  readonly name: string;
  /** `null`: the server does not tell, or did not answer. */
  readonly players: number | null;
  readonly max: number | null;
}

/**
 * A template filled in: 1 to 100 characters (UTF-16 code units, of which Discord counts as many or fewer), on
 * one line, without a character that hides. What is not known is left out: players of a server that is not up
 * are, and a word of the template that would show nothing else goes with them. A long server name is cut so
 * that the rest of the template keeps its room.
 */
export function fillTemplate(template: string, facts: NameFacts): string {
  const status = shownStatus(facts.status);
  const seen = status === 'up' || status === 'flapping';
  const numbers = { players: seen ? facts.players : null, max: seen ? facts.max : null };
  const name = cleanseLine(facts.name).replace(/[{}]/g, '');
  const fill = (shownName: string) =>
    words(template, {
      emoji: FACES[status].emoji,
      name: shownName,
      players: numbers.players?.toString() ?? null,
      max: numbers.max?.toString() ?? null,
      status: FACES[status].word,
    });
  const whole = fill(name);
  const over = whole.length - MOST_NAME_CHARACTERS;
  const names = template.split('{name}').length - 1;
  const filled =
    over > 0 && names > 0 ? fill(cutTo(name, name.length - Math.ceil(over / names))) : whole;
  return [filled, name, FACES[status].emoji]
    .map((candidate) => cutTo(candidate, MOST_NAME_CHARACTERS))
    .reduce((first, next) => (first === '' ? next : first));
}

/**
 * The same for a text channel, whose names Discord keeps in lower case, without blanks and without most
 * punctuation: `🟢-survival-12-100`.
 */
export function asTextChannelName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[\s!-,./:-@[-^`{-~]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
  return cutTo(plain, MOST_NAME_CHARACTERS).replace(/-$/, '') || 'server';
}

function isTemplateWord(word: string): word is TemplateWord {
  return TEMPLATE_WORDS.some((known) => known === word);
}

/**
 * Fills in blank-separated pieces. One whose values are all missing goes, and with it a label before it
 * (`players:`), what follows it up to the next value (`online`), and a separator that would end the name.
 */
function words(template: string, values: Readonly<Record<TemplateWord, string | null>>): string {
  const kept: string[] = [];
  let missing = false;
  for (const piece of cleanseLine(template).split(' ')) {
    const asked = [...piece.matchAll(/\{([^{}]*)\}/g)]
      .map(([, word = '']) => word)
      .filter(isTemplateWord);
    if (asked.length > 0) missing = asked.every((word) => values[word] === null);
    if (!missing) {
      kept.push(
        piece.replace(/\{([^{}]*)\}/g, (text, word: string) =>
          isTemplateWord(word) ? (values[word] ?? '?') : text,
        ),
      );
    } else if (kept.at(-1)?.endsWith(':') === true) kept.pop();
  }
  if (missing && /^\p{P}+$|^\|$/u.test(kept.at(-1) ?? '')) kept.pop();
  return cleanseLine(kept.join(' '));
}

/** At most `max` code units, cut between two letters, never within one. */
function cutTo(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('und').segment(text)) {
    if (kept.length + segment.length > max - 1) break;
    kept += segment;
  }
  return max < 1 ? '' : `${kept.trimEnd()}…`;
}
