import type { Chance } from '../chance';

/** What somebody who registers does. */
export type Story =
  | 'proves it'
  | 'types a wrong code first'
  | 'types wrong codes only'
  | 'types nothing'
  | 'cancels'
  | 'asks for a new code'
  | 'wants a name that another wants, too'
  | 'gives it up again'
  | 'loses it to staff'
  | 'leaves with a code'
  | 'leaves with the account'
  | 'is banned with a code'
  | 'is banned with the account';

/** Where somebody types the code. */
export type PlaceName = 'plugin' | 'rcon';

export interface PlannedLife {
  readonly story: Story;
  readonly place: PlaceName;
  /** The name in the game, and the player's UUID. */
  readonly name: string;
  readonly uuid: string;
  /** Whether they take direct messages. */
  readonly dmsOpen: boolean;
}

/** So many of two hundred. */
const OF_TWO_HUNDRED: readonly (readonly [Story, number])[] = [
  ['proves it', 72],
  ['types a wrong code first', 16],
  ['types wrong codes only', 10],
  ['types nothing', 14],
  ['cancels', 16],
  ['asks for a new code', 16],
  ['wants a name that another wants, too', 16],
  ['gives it up again', 12],
  ['loses it to staff', 10],
  ['leaves with a code', 5],
  ['leaves with the account', 5],
  ['is banned with a code', 4],
  ['is banned with the account', 4],
];

/** One of each, and two who want the same name: whoever types nothing would make the small run too long. */
const FEW: readonly Story[] = [
  ...OF_TWO_HUNDRED.map(([story]) => story).filter((story) => story !== 'types nothing'),
  'wants a name that another wants, too',
];

/** @param count 200 for the usual shares; fewer: one of each kind, as far as they go */
export function planLives(chance: Chance, count: number): PlannedLife[] {
  const all = OF_TWO_HUNDRED.flatMap(([story, times]) =>
    Array.from({ length: times }, () => story),
  );
  const stories =
    count >= all.length ? chance.shuffled(all) : [...chance.shuffled(FEW), ...FEW].slice(0, count);
  let rivals = 0;
  return stories.map((story, index) => {
    const shared = story === 'wants a name that another wants, too';
    // Two and two want the same one.
    const number = shared ? 500 + Math.floor(rivals++ / 2) : index + 1;
    return {
      story,
      place: chance.pick(['plugin', 'rcon'] as const),
      name: `${shared ? 'Rival' : 'Player'}${String(number).padStart(3, '0')}`,
      uuid: uuidOf(number),
      dmsOpen: chance.happens(0.9),
    };
  });
}

function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
