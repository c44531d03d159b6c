import type { SeenMessage } from '../../../sandbox';

/** What an answer means to the person who reads it. */
export type Meaning =
  | { readonly kind: 'opened'; readonly number: number; readonly channelId: string }
  /** A command was carried out. */
  | { readonly kind: 'done' }
  /** It was not carried out, for a reason that trying again would not change. */
  | { readonly kind: 'refused' }
  /** It happens by itself later. */
  | { readonly kind: 'kept' }
  /** Nothing happened; one is asked to try again. */
  | { readonly kind: 'again' }
  /** It may have happened or not; one is asked to look. */
  | { readonly kind: 'uncertain' }
  /** An error with a reference that is nobody's outage. */
  | { readonly kind: 'error' }
  /** A list, a case, a menu. */
  | { readonly kind: 'shown' };

const WORDS: readonly (readonly [RegExp, Exclude<Meaning['kind'], 'opened' | 'shown'>])[] = [
  [/^✅/u, 'done'],
  [/^⚠️/u, 'refused'],
  [/Your request is kept/, 'kept'],
  [/Nothing was (opened or )?changed/, 'again'],
  [/may have (arrived|been done) or not/, 'uncertain'],
  [/could not be opened|Something went wrong|Reference:/, 'error'],
  [/^You (already )?have |There is no |belongs to another team/, 'refused'],
];

/** Reads an answer as a person does. */
export function meaningOf(answer: Pick<SeenMessage, 'content'>): Meaning {
  const opened = /ticket \*\*#(\d+)\*\* is open: <#(\d+)>/.exec(answer.content);
  if (opened !== null) {
    return { kind: 'opened', number: Number(opened[1]), channelId: opened[2] ?? '' };
  }
  const found = WORDS.find(([words]) => words.test(answer.content));
  return found === undefined ? { kind: 'shown' } : { kind: found[1] };
}
