import { factsOf, type Facts } from './facts';
import { matches } from './glob';
import type { Item, PathList, Push } from './item';

/**
 * What an administrator wants to see of a source. An item must fit all that is given; each list is fitted by
 * any one of its entries. In lists of patterns (glob.ts), `!` before one keeps out what fits it.
 */
export interface Filter {
  /** Patterns; `release` also means `release.published` and its like. */
  readonly events?: readonly string[];
  /** Patterns. They judge what belongs to a branch: a release passes. */
  readonly branches?: readonly string[];
  /** Patterns. They judge pushes whose source names the files. */
  readonly paths?: readonly string[];
  /** Names, compared without case. `!` before one keeps out what that person alone wrote. */
  readonly authors?: readonly string[];
  /** Texts of which one must occur, compared without case. */
  readonly contains?: readonly string[];
  /** Texts of which none may occur. */
  readonly lacks?: readonly string[];
}

export type Passage =
  | { readonly passes: true }
  /** A sentence for the administrator who looks why nothing was posted. */
  | { readonly passes: false; readonly reason: string };

const PASSES: Passage = { passes: true };
const held = (reason: string): Passage => ({ passes: false, reason });

/** Judges an item; the reason is the first that holds it back. */
export function passes(filter: Filter, item: Item): Passage {
  const facts = factsOf(item);
  for (const judge of JUDGES) {
    const passage = judge(filter, facts);
    if (!passage.passes) return passage;
  }
  return PASSES;
}

/**
 * Whether a push might pass once more of its commits are known: who wrote them and what they say is not judged
 * yet, unless it is unwanted already.
 */
export const mayPass = (filter: Filter, push: Push): boolean => {
  const facts = factsOf(push);
  return [byEvent, byBranch, byPath, byLack].every((judge) => judge(filter, facts).passes);
};

type Judge = (filter: Filter, facts: Facts) => Passage;

const byEvent: Judge = ({ events = [] }, { event }) =>
  fits(events, (pattern) => fitsEvent(pattern, event))
    ? PASSES
    : held(`The event ${event} is not among ${listed(events)}.`);

const byBranch: Judge = ({ branches = [] }, { branch }) =>
  branch === null || fits(branches, (pattern) => matches(pattern, branch))
    ? PASSES
    : held(`The branch ${branch} does not fit ${listed(branches)}.`);

const byPath: Judge = ({ paths = [] }, facts) =>
  facts.paths === null || fitsPaths(paths, facts.paths)
    ? PASSES
    : held(`None of the changed files fits ${listed(paths)}.`);

const byAuthor: Judge = ({ authors = [] }, facts) =>
  fitsAuthors(authors, facts.authors)
    ? PASSES
    : held(
        facts.authors.length === 0
          ? `It names no author, and only ${listed(authors)} is let through.`
          : `Its author ${facts.authors.join(', ')} does not fit ${listed(authors)}.`,
      );

const byText: Judge = ({ contains = [] }, { text }) =>
  contains.length === 0 || contains.some((part) => occurs(part, text))
    ? PASSES
    : held(`Its text holds none of ${listed(contains)}.`);

const byLack: Judge = ({ lacks = [] }, { text }) => {
  const found = lacks.find((part) => occurs(part, text));
  return found === undefined ? PASSES : held(`Its text holds “${found}”.`);
};

const JUDGES: readonly Judge[] = [byEvent, byBranch, byPath, byAuthor, byText, byLack];

/** Some pattern fits, or only unwanted ones are given; and none of the unwanted fits. */
function fits(patterns: readonly string[], fit: (pattern: string) => boolean): boolean {
  const { wanted, unwanted } = sorted(patterns);
  return (wanted.length === 0 || wanted.some(fit)) && !unwanted.some(fit);
}

function sorted(patterns: readonly string[]) {
  return {
    wanted: patterns.filter((pattern) => !pattern.startsWith('!')),
    unwanted: patterns.filter((pattern) => pattern.startsWith('!')).map((text) => text.slice(1)),
  };
}

const fitsEvent = (pattern: string, event: string): boolean =>
  matches(pattern, event, '.') || matches(`${pattern}.**`, event, '.');

/** One file that is wanted is enough. Where files are left out, one of them might be. */
function fitsPaths(patterns: readonly string[], { names, whole }: PathList): boolean {
  if (patterns.length === 0 || !whole) return true;
  return names.some((name) => fits(patterns, (pattern) => matches(pattern, name)));
}

function fitsAuthors(patterns: readonly string[], authors: readonly string[]): boolean {
  const { wanted, unwanted } = sorted(patterns);
  const left = authors.filter((author) => !unwanted.some((name) => same(name, author)));
  if (wanted.length > 0) return left.some((author) => wanted.some((name) => same(name, author)));
  return left.length > 0 || authors.length === 0;
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();
const same = (one: string, other: string): boolean => folded(one) === folded(other);
const occurs = (part: string, text: string): boolean => folded(text).includes(folded(part));
const listed = (entries: readonly string[]): string => entries.join(', ');
