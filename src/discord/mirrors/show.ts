import type { Call } from '../interactions/call';
import { answer, type Answer } from '../views/answer';
import { MIRRORS_PAGE, mirrorsAnswer } from '../views/mirrors-list';

/**
 * One page of the mirrors from and into the guild.
 *
 * @param page counted from 0; one behind the last shows the last
 */
export async function showMirrors(call: Call, page: number): Promise<Answer> {
  const { guildId, parts } = call;
  const all = await parts.mirrors.mirrorsOf(guildId);
  if (all.length === 0) {
    return answer('Nothing is mirrored from or into this server yet. `/mirror add` adds a mirror.');
  }
  const pages = Math.ceil(all.length / MIRRORS_PAGE);
  const shown = Math.min(page, pages - 1);
  const mirrors = all.slice(shown * MIRRORS_PAGE, (shown + 1) * MIRRORS_PAGE);
  return mirrorsAnswer({ guildId, mirrors, page: shown, pages, count: all.length });
}
