/**
 * How often a channel's name may change. Discord takes 2 changes of one channel in 10 minutes and makes the
 * third wait for the rest of them (the limit is not announced in the headers). All instants are milliseconds
 * since the epoch.
 */

export const MOST_CHANGES = 2;
/**
 * We count from before the request, Discord from when it has it: a request waits up to 5 seconds for its turn and
 * has 8 to be answered.
 */
export const CHANGES_WITHIN_MS = 10 * 60_000 + 15_000;

export type RenameTime = 'now' | { readonly notBefore: number };

/**
 * When a channel may get another name. A wish that is not urgent leaves one change for one that is.
 *
 * @param changes when the channel's name was changed, in any order; older ones do not matter
 * @param urgent whether it is about up and down
 */
export function mayRename(request: {
  readonly changes: readonly number[];
  readonly now: number;
  readonly urgent: boolean;
}): RenameTime {
  const { now } = request;
  const allowed = request.urgent ? MOST_CHANGES : MOST_CHANGES - 1;
  const counting = request.changes
    // A change cannot be yet to come: a clock was put back, and the channel must not wait for it to return.
    .map((change) => Math.min(change, now))
    .filter((change) => change > now - CHANGES_WITHIN_MS)
    .sort((one, other) => other - one);
  const blocking = counting[allowed - 1];
  return blocking === undefined ? 'now' : { notBefore: blocking + CHANGES_WITHIN_MS };
}

/** What a channel was, or is, wished to show. */
export interface NameLook {
  readonly name: string;
  /** What it says of the server: `shownStatus`. */
  readonly status: string;
}

/** Players come and go all the time: a name follows them no faster than this. */
const PLAYERS_EVERY_MS = 5 * 60_000;

/**
 * Whether a channel's name is worth a wish. Another status is at once; if only the players changed, the last
 * wish has to be 5 minutes old, and whoever asks again in a later round is heard then.
 *
 * @param last the newest wish and when it was; `null`: there was none
 */
export function worthWishing(
  last: (NameLook & { readonly at: number }) | null,
  wish: NameLook,
  now: number,
): boolean {
  if (last === null) return true;
  if (last.name === wish.name) return false;
  if (last.status !== wish.status) return true;
  return now - last.at >= PLAYERS_EVERY_MS || now < last.at;
}
