import type { Player } from '../../domain/registration/account';
import { checkName, nameOnServer, playerOnServer } from '../../domain/registration/name';
import type { PendingName } from './bridge';
import { BridgeFailure } from './failure';

/**
 * What servers put before the names of Bedrock's players; empty: nothing; `null`: it is a server of Bedrock
 * itself, whose players' names have spaces.
 */
export type BedrockPrefix = string | null;

/** What may stand before a name: `@` and `*` mean all players in a command. */
const PREFIX = /^[\p{L}\p{Nd}_.+-]{0,8}$/u;
/** Letters of any script: nothing that means more in a command, and no quotes. */
const PLAIN = /^[\p{L}\p{M}\p{Nd}_.+-](?:[\p{L}\p{M}\p{Nd}_.+ -]{0,31})$/u;
/** What needs no quotes where Minecraft's commands read a string (https://github.com/Mojang/brigadier). */
const WORD = /^[A-Za-z0-9_.+-]+$/;

/**
 * What a game server calls a player.
 *
 * @returns a name that isPlain, and has spaces only on a server of Bedrock itself
 * @throws BridgeFailure `unusable-name`
 */
export function inGameName(
  { edition, name }: Pick<PendingName, 'edition' | 'name'>,
  bedrockPrefix: BedrockPrefix,
): string {
  const checked = checkName(edition, name, bedrockPrefix ?? '');
  if (!checked.valid || !PREFIX.test(bedrockPrefix ?? '')) {
    throw new BridgeFailure('unusable-name', 'The name cannot be used in a command.');
  }
  if (bedrockPrefix === null) return checked.name;
  return nameOnServer(edition, checked.name, bedrockPrefix);
}

/** Pending names by what the game calls them, in lower case; those that cannot be one are left out. */
export function byInGameName(
  pending: readonly PendingName[],
  bedrockPrefix: BedrockPrefix,
  onUnusable: (name: PendingName, error: unknown) => void = () => undefined,
): ReadonlyMap<string, readonly PendingName[]> {
  const byName = new Map<string, PendingName[]>();
  for (const one of pending) {
    try {
      const key = inGameName(one, bedrockPrefix).toLowerCase();
      byName.set(key, [...(byName.get(key) ?? []), one]);
    } catch (error) {
      onUnusable(one, error);
    }
  }
  return byName;
}

/**
 * Who a player is, if that is one of those who are waited for: a name of Bedrock's that looks like one of
 * Java's is not taken for it.
 *
 * @param shown name and UUID as the game has them
 */
export function playerAmong(
  pending: readonly PendingName[],
  shown: { readonly name: string; readonly uuid: string },
  bedrockPrefix: BedrockPrefix,
): Player | null {
  const edition = bedrockPrefix === null ? 'bedrock' : playerOnServer(shown, bedrockPrefix).edition;
  const found = pending.find((one) => one.edition === edition);
  if (found === undefined) return null;
  // A gamertag cannot be seen whole in what a game of Java makes of it.
  return { edition, name: edition === 'java' ? shown.name : found.name, uuid: shown.uuid };
}

/** Whether a name that the server told may stand in a command. */
export function isPlain(name: string): boolean {
  return PLAIN.test(name);
}

/** A plain name where a command reads a string: a player, a selector. */
export function asString(name: string): string {
  return WORD.test(name) ? name : `"${name}"`;
}

/** A plain name where a command reads up to the next space: a scoreboard's names, a whitelist's. */
export function asWord(name: string): string {
  return name.includes(' ') ? `"${name}"` : name;
}
