import type { ServerStatus } from '../../../domain/watching/server-state';
import type { GuildFigures, ServerFigures } from '../../status/figures';
import type { Texts } from '../../language/texts';

/** How all servers together are: the worst that is sure decides. */
export type Condition = 'up' | 'trouble' | 'down' | 'maintenance' | 'unknown' | 'none';

const TROUBLED: ReadonlySet<ServerStatus> = new Set(['flapping', 'recovering']);

/** How many of each there are, and the condition that follows. */
function counted(servers: readonly ServerFigures[]): {
  readonly condition: Condition;
  readonly count: number;
} {
  const among = (wanted: (status: ServerStatus) => boolean): number =>
    servers.filter(({ status }) => wanted(status)).length;
  const down = among((status) => status === 'down');
  const troubled = down + among((status) => TROUBLED.has(status));
  const maintenance = among((status) => status === 'maintenance');
  const unknown = among((status) => status === 'unknown');
  if (servers.length === 0) return { condition: 'none', count: 0 };
  if (down > 0) return { condition: 'down', count: down };
  if (troubled > 0) return { condition: 'trouble', count: troubled };
  // One failure that nobody has confirmed (suspect) is no news: the server was up a moment ago.
  if (unknown === servers.length) return { condition: 'unknown', count: unknown };
  if (maintenance > 0) return { condition: 'maintenance', count: maintenance };
  return { condition: 'up', count: servers.length - unknown };
}

/** The condition and the sentence that stands above everything. */
export function headline(
  { servers }: Pick<GuildFigures, 'servers'>,
  { headline: words }: Texts,
): { readonly condition: Condition; readonly words: string } {
  const { condition, count } = counted(servers);
  switch (condition) {
    case 'none':
      return { condition, words: words.noServers };
    case 'down':
      return { condition, words: words.someDown(count, servers.length) };
    case 'trouble':
      return { condition, words: words.someTrouble(count, servers.length) };
    case 'maintenance':
      return { condition, words: words.maintenance(count) };
    case 'unknown':
      return { condition, words: words.unknown };
    case 'up':
      return count === servers.length
        ? { condition, words: words.allUp(count) }
        : { condition, words: words.allSeenUp(count, servers.length) };
  }
}

/** The colour of the bar beside an embed. */
export const CONDITION_COLOURS: Readonly<Record<Condition, string>> = {
  up: '#1f9d5b',
  trouble: '#b7791f',
  down: '#c8322b',
  maintenance: '#2f6fde',
  unknown: '#6b7686',
  none: '#6b7686',
};
