import { near } from './near';
import { listed, quoted } from './problem';

/** What the bot sees in Discord, for names to be found in. */
export interface Directory {
  readonly guilds: readonly DirectoryGuild[];
}

export interface DirectoryGuild {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly NamedThing[];
  /** Threads have no place here. */
  readonly channels: readonly SeenChannel[];
  /**
   * Ids of channels by the names that an earlier application of the file found them by: channels that show
   * how a server is have another name since.
   */
  readonly shownIn?: Readonly<Record<string, string>>;
}

export interface NamedThing {
  readonly id: string;
  readonly name?: string | null | undefined;
}

export interface SeenChannel extends NamedThing {
  /** As Discord numbers it. */
  readonly type: number;
  /** Of a forum. */
  readonly tags?: readonly NamedThing[];
  /** Whether each post of the forum must have a tag. */
  readonly needsTag?: boolean;
}

export type Match<Thing> =
  { readonly found: Thing } | { readonly found: undefined; readonly message: string };

const exact = (name: string): string => name.normalize('NFC').trim();
const relaxed = (name: string): string => exact(name).replace(/^[#@]/, '').toLowerCase();

/**
 * Finds one thing of Discord's by what an administrator wrote: its id, else its exact name, else its
 * name without regard to case and to a leading # or @.
 *
 * In: what was written, the candidates, what one and several of them are called, and where they are.
 * Out: the thing, or why it is not clear which one is meant and what to write instead.
 */
export function findNamed<Thing extends NamedThing>(
  written: string,
  candidates: readonly Thing[],
  { one, several, where }: { one: string; several: string; where: string },
): Match<Thing> {
  const byId = candidates.find(({ id }) => id === written);
  if (byId !== undefined) return { found: byId };
  for (const form of [exact, relaxed]) {
    const wanted = form(written);
    if (wanted === '') continue;
    const matches = candidates.filter(({ name }) => form(name ?? '') === wanted);
    const [match] = matches;
    if (match !== undefined && matches.length === 1) return { found: match };
    if (match !== undefined) {
      const ids = listed(matches.map(({ id }) => id));
      const message = `${matches.length} ${several} ${where} are called ${quoted(written)}; write the id of the one you mean: ${ids}`;
      return { found: undefined, message };
    }
  }
  const names = candidates.flatMap(({ name }) => name ?? []);
  const suggestions = near(relaxed(written), names);
  const hint =
    suggestions.length > 0
      ? `; did you mean ${suggestions.map(quoted).join(' or ')}?`
      : names.length > 0
        ? `; ${several} are ${listed(names)}`
        : `; there are no ${several}`;
  return { found: undefined, message: `no ${one} ${quoted(written)} ${where}${hint}` };
}
