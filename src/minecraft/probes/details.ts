import type { Answered } from '../../domain/watching/check';
import { label } from '../../domain/text';

/** What a protocol may tell beside the fact that somebody is there. */
export type Details = Pick<Answered, 'players' | 'maxPlayers' | 'version' | 'motd'>;

export const NO_DETAILS: Details = { players: null, maxPlayers: null, version: null, motd: null };

/** The lengths that Answered promises. */
const VERSION_ROOM = { max: 100 };
const MOTD_ROOM = { max: 200 };
/** Beyond it a number of players is nonsense, and no database's integer. */
const MOST_PLAYERS = 2_147_483_647;

/** A number of players as servers write it: a number or digits. Anything else is `null`. */
export function playerCount(value: unknown): number | null {
  const count = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  if (typeof count !== 'number' || !Number.isInteger(count)) return null;
  return count >= 0 && count <= MOST_PLAYERS ? count : null;
}

/** A version's name on one line, without formatting codes. */
export function versionName(value: unknown): string | null {
  return typeof value === 'string' ? line(value, VERSION_ROOM) : null;
}

/** A description on one line, without formatting codes. */
export function description(text: string): string | null {
  return line(text, MOTD_ROOM);
}

function line(text: string, room: { readonly max: number }): string | null {
  // A section sign and the character after it are a colour or a style; the game shows neither.
  const shown = text.slice(0, 4_096).replace(/§[^]?/gu, '').replace(/\s+/gu, ' ').trim();
  const made = label(shown, room);
  return made === '' ? null : made;
}
