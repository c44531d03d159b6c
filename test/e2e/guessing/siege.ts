import type { Chance } from '../../chaos/chance';
import { WEBS, type Answered, type GameServers, type Typing } from './game-servers';
import { BUSY_SERVERS } from './guilds';
import type { Registering, Target } from './town';

/** So many requests are under way at the same time. */
const AT_ONCE = 64;

/** Somebody who types their own code, once. */
export interface Bystander extends Registering {
  readonly answer: Answered;
}

/** The code is typed on any of the guild's busy servers, and any of the web processes is asked. */
export function typing(
  chance: Chance,
  { guild: { guildId }, name }: Registering,
  code: string,
): Typing {
  const [server, web] = [chance.pick(BUSY_SERVERS), chance.between(0, WEBS - 1)];
  return { guildId, server, web, name, code };
}

/**
 * Guesses at all targets, at each of them with all guesses at once, while others do what they do in between.
 *
 * @returns when everything is answered
 */
export async function besiege(
  games: GameServers,
  chance: Chance,
  targets: readonly Target[],
  others: readonly (() => Promise<unknown>)[],
): Promise<void> {
  const volleys = targets.map((target) =>
    target.guesses
      .map((code) => typing(chance, target, code))
      .map((typed) => async () => {
        // On a busy machine a verdict may take longer than a plugin is kept waiting; it is given again.
        target.answers.push(await games.typeUntilDecided(typed, [503]));
      }),
  );
  const deeds = chance.shuffled([...volleys, ...others.map((other) => [other])]).flat();
  await forAll(deeds, AT_ONCE, (deed) => deed());
}

/** Does it for all of them, for so many at the same time. */
export async function forAll<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  how: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of left) results[index] = await how(item, index);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
