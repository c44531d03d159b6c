import type { Item, Push, Ref } from '../item';
import type { Show } from './show';
import type { Amount, Words } from './words';

/** Of outside texts in a headline, in UTF-16 code units: all headlines with our words have less than 230. */
const ROOM = { title: 140, alone: 200, name: 60, number: 20 } as const;

/** An item in one line: what happened. */
export function headlineOf(item: Item, words: Words, show: Show): string {
  const ref = ({ kind, name }: Ref) => ({ ref: kind, name: show(name, ROOM.name) });
  switch (item.kind) {
    case 'push':
      return words.pushed(commitsOf(item), { ...ref(item.ref), forced: item.forced });
    case 'ref':
      return words.refChanged(item.ref.kind, show(item.ref.name, ROOM.name), item.act);
    case 'release':
      return words.released(releaseName(item, show), item.prerelease);
    case 'merge-request':
      return words.request({
        pull: item.event.startsWith('pull'),
        number: show(item.number, ROOM.number),
        act: item.act,
        title: show(item.title, ROOM.title),
      });
    case 'issue':
      return words.issue(show(item.number, ROOM.number), item.act, show(item.title, ROOM.title));
    case 'run':
      return words.ran(
        runName(item, words, show),
        item.outcome,
        item.ref === null ? '' : words.onRef(item.ref.kind, show(item.ref.name, ROOM.name)),
      );
    case 'stars':
      return words.stars(show(item.place?.name ?? '', ROOM.title), item.count);
    case 'stream': {
      const who = show(item.author?.name ?? item.place?.name ?? '', ROOM.name);
      return words.streamed(
        item.act,
        who === '' ? words.theStream : who,
        show(item.title, ROOM.title),
      );
    }
    case 'video':
      return show(item.title, ROOM.alone) || words.video;
    case 'entry':
    case 'post':
      return show(item.title, ROOM.alone) || show(firstLine(item.text), ROOM.alone) || words.news;
  }
}

/** How many commits a push tells, also those that its source left out. */
export const commitsOf = ({ commits, more }: Push): Amount => ({
  count: commits.length + (more === 'unknown' ? 0 : more),
  open: more === 'unknown',
});

function releaseName(
  { title, tag }: { readonly title: string; readonly tag: string },
  show: Show,
): string {
  const name = show(title, ROOM.title);
  const version = show(tag, ROOM.name);
  if (name === '' || title.includes(tag)) return name || version;
  return `${name} (${version})`;
}

function runName(
  { title, number }: { readonly title: string; readonly number: string | null },
  words: Words,
  show: Show,
): string {
  const name = show(title, ROOM.name) || words.run;
  return number === null ? name : `${name} #${show(number, ROOM.number)}`;
}

export const firstLine = (text: string): string => text.trimStart().split('\n', 1)[0] ?? '';
