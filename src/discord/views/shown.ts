import type { Answer } from './answer';

/** What a person sees of an answer, and what may stand in it, for the tests of views. */

/** Text as those write it who mean harm. */
export const NASTY =
  '@everyone <@1> **bold** [x](https://x.example) `code` \u202Ebackwards\u202C || > # ~~ ';
/** What a text from outside may be. */
export const NASTY_TEXTS = [
  '',
  NASTY,
  NASTY.repeat(100),
  '*'.repeat(4_000),
  'a\n'.repeat(2_000),
] as const;

export const text = ({ content, embeds }: Answer): string => JSON.stringify([content, embeds]);

/** The labels of the buttons; of a menu, `menu`. */
export const labels = (shown: Answer): string[] =>
  shown.components.flatMap(({ components }) =>
    components.map((component) => ('label' in component ? (component.label ?? '') : 'menu')),
  );

export const ids = (shown: Answer): string[] =>
  shown.components.flatMap(({ components }) =>
    components.map((component) => ('custom_id' in component ? component.custom_id : '')),
  );
