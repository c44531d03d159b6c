import type { Edition } from './account';

/** Why a name cannot be registered. The view turns it into a sentence for a person. */
export type NameProblem =
  | { readonly problem: 'empty' }
  | { readonly problem: 'too-short'; readonly least: number }
  | { readonly problem: 'too-long'; readonly most: number }
  /** The first character that no such name can have; a whole code point, and maybe invisible. */
  | { readonly problem: 'character'; readonly character: string };

export type CheckedName =
  { readonly valid: true; readonly name: string } | ({ readonly valid: false } & NameProblem);

/** Java: 3 to 16 (https://minecraft.wiki/w/Player_profile). Bedrock: gamertags of up to 16 with their suffix. */
export const NAME_LENGTHS: Readonly<
  Record<Edition, { readonly least: number; readonly most: number }>
> = {
  java: { least: 3, most: 16 },
  bedrock: { least: 1, most: 16 },
};

const NEVER_IN: Readonly<Record<Edition, RegExp>> = {
  java: /[^A-Za-z0-9_]/u,
  // Letters of any script, which newer gamertags may have, but nothing that cannot be seen.
  bedrock: /(?:\p{Default_Ignorable_Code_Point}|[^\p{L}\p{M}\p{Nd} ])/u,
};

/**
 * Whether a name can be one of this edition, and how it is then kept: without the prefix that servers put before
 * Bedrock's names, with single spaces in place of what they make of them, and with a gamertag's suffix (`Name#1234`) as games show it (`Name1234`).
 *
 * @param typed as a person or a game server gives it
 * @param bedrockPrefix what this guild's servers put before Bedrock's names, such as `.`; may be empty
 */
export function checkName(edition: Edition, typed: string, bedrockPrefix = ''): CheckedName {
  const name = edition === 'java' ? typed.trim() : tidyGamertag(typed, bedrockPrefix);
  const { least, most } = NAME_LENGTHS[edition];
  if (name === '') return { valid: false, problem: 'empty' };
  const character = NEVER_IN[edition].exec(name)?.[0];
  if (character !== undefined) return { valid: false, problem: 'character', character };
  const { length } = Array.from(name);
  if (length < least) return { valid: false, problem: 'too-short', least };
  if (length > most) return { valid: false, problem: 'too-long', most };
  return { valid: true, name };
}

function tidyGamertag(typed: string, prefix: string): string {
  return spaced(withoutPrefix(typed.normalize('NFC').trim(), prefix)).replace(/#(?=\d{1,8}$)/u, '');
}

/** Servers that let Bedrock players in show spaces as underscores, which no gamertag has. */
function spaced(gamertag: string): string {
  return gamertag.replace(/[ _]+/g, ' ').trim();
}

/**
 * What two names of one edition that mean the same player have in common; by it names are compared, looked up and
 * kept unique. It is the lower case of what `checkName` and `playerOnServer` give.
 */
export function nameKey(edition: Edition, name: string): string {
  const lower = name.toLowerCase().normalize('NFC');
  return edition === 'java' ? lower : spaced(lower);
}

/** Whether both are the name of one player. */
export function sameName(edition: Edition, one: string, other: string): boolean {
  return nameKey(edition, one) === nameKey(edition, other);
}

/** Floodgate, which lets Bedrock players into Java's servers, gives them UUIDs whose first half is zero. */
const FLOODGATE_UUID = /^0{8}-?0{4}-?0{4}-?/;

/**
 * Who a player is by what a Java server says of them: the prefix or the form of the UUID tells Bedrock's players.
 *
 * @param shown the name as the server has it
 * @param bedrockPrefix what the server puts before Bedrock's names; empty: nothing
 */
export function playerOnServer(
  shown: { readonly name: string; readonly uuid: string | null },
  bedrockPrefix: string,
): { readonly edition: Edition; readonly name: string } {
  const prefixed = bedrockPrefix !== '' && shown.name.startsWith(bedrockPrefix);
  if (!prefixed && !FLOODGATE_UUID.test(shown.uuid ?? '')) {
    return { edition: 'java', name: shown.name };
  }
  return {
    edition: 'bedrock',
    name: spaced(withoutPrefix(shown.name.normalize('NFC'), bedrockPrefix)),
  };
}

/** So long is a name on a Java server at most; longer ones of Bedrock are cut there. */
const MOST_ON_SERVER = 16;

/** How a Java server that lets Bedrock players in names this player: with the prefix, and no spaces. */
export function nameOnServer(edition: Edition, name: string, bedrockPrefix: string): string {
  if (edition === 'java') return name;
  return Array.from(bedrockPrefix + name.replaceAll(' ', '_'))
    .slice(0, MOST_ON_SERVER)
    .join('');
}

function withoutPrefix(name: string, prefix: string): string {
  return prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
