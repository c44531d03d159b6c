import { setTimeout as pause } from 'node:timers/promises';
import type { Driver, SeenMessage } from '../../../sandbox';
import type { Chance } from '../chance';
import { ORIGINALS } from './configuration';

/** What people did. */
export interface Talk {
  readonly written: number;
  readonly edited: number;
  readonly deleted: number;
}

const NAMES = ['pip', 'rue', 'player01', 'player02', 'ada'] as const;

/** People talk: they write, and now and then somebody edits or deletes what they wrote, also long before. */
export async function talk(
  driver: Driver,
  chance: Chance,
  { messages, pauseMs }: { readonly messages: number; readonly pauseMs: number },
): Promise<Talk> {
  const alive: { readonly by: (typeof NAMES)[number]; readonly message: SeenMessage }[] = [];
  let [written, edited, deleted] = [0, 0, 0];
  while (written < messages) {
    const kind = chance.next();
    const one = alive.length === 0 ? undefined : recent(alive, chance);
    if (one === undefined || kind < 0.7) {
      const by = chance.pick(NAMES);
      written += 1;
      const message = await driver.person(by).write(ORIGINALS, `message ${written}`);
      alive.push({ by, message });
    } else if (kind < 0.85) {
      edited += 1;
      await driver
        .person(one.by)
        .edit(one.message, `${firstWords(one.message.content)}, edit ${edited}`);
    } else {
      deleted += 1;
      await driver.person(one.by).delete(one.message);
      alive.splice(alive.indexOf(one), 1);
    }
    // Sometimes nobody takes a breath.
    if (chance.happens(0.6)) await pause(chance.between(0, pauseMs));
  }
  return { written, edited, deleted };
}

/** Mostly something of the last minutes: it may not be copied yet. */
function recent<Item>(items: readonly Item[], chance: Chance): Item {
  return chance.pick(chance.happens(0.7) ? items.slice(-10) : items);
}

function firstWords(text: string): string {
  return text.split(',')[0] ?? text;
}
