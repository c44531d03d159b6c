import type { Item } from './item';

/**
 * Whether a post that shows the one would read differently with the other. Pictures, names of people and times
 * are not compared: the ways by which one content comes give them in different forms, and a post would change
 * to and fro with each of them.
 */
export function readsDifferently(before: Item, after: Item): boolean {
  return JSON.stringify(wordsOf(before)) !== JSON.stringify(wordsOf(after));
}

function wordsOf(item: Item): readonly unknown[] {
  switch (item.kind) {
    case 'push':
      return [item.kind, item.head];
    case 'ref':
      return [item.kind, item.act, item.ref.name];
    case 'release':
      return [item.kind, item.title, item.tag, item.text, item.prerelease];
    case 'merge-request':
      return [item.kind, item.act, item.title, item.text, item.from, item.into];
    case 'issue':
      return [item.kind, item.act, item.title, item.text];
    case 'run':
      return [item.kind, item.title, item.outcome];
    case 'stars':
      return [item.kind, item.count];
    case 'video':
      return [item.kind, item.title];
    case 'entry':
      return [item.kind, item.title, item.text, item.url];
    case 'stream':
      return [item.kind, item.act, item.title];
    case 'post':
      return [
        item.kind,
        item.title,
        item.text,
        item.url,
        item.fields.map(({ name, value }) => [name, value]),
      ];
  }
}
