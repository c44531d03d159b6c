import type { Item } from '../item';

const BLUE = 0x3498db;
const GREEN = 0x2ecc71;
const RED = 0xe74c3c;
const PURPLE = 0x9b59b6;
const GOLD = 0xf1c40f;
const ORANGE = 0xe67e22;
const GREY = 0x95a5a6;
const VIOLET = 0x9146ff;
const TEAL = 0x1abc9c;

export const DIGEST_COLOR = BLUE;
export const DELETED_COLOR = GREY;

const BY_ACT = { opened: GREEN, reopened: GREEN, merged: PURPLE, closed: RED } as const;
const BY_OUTCOME = { succeeded: GREEN, failed: RED, cancelled: GREY, other: GREY } as const;

/** The stripe beside a post, as 0xRRGGBB. The words say the same: nothing is told by colour alone. */
export function colorOf(item: Item): number {
  switch (item.kind) {
    case 'push':
      return item.forced ? ORANGE : BLUE;
    case 'ref':
      return item.act === 'created' ? BLUE : GREY;
    case 'release':
      return item.prerelease ? ORANGE : GREEN;
    case 'merge-request':
    case 'issue':
      return BY_ACT[item.act];
    case 'run':
      return BY_OUTCOME[item.outcome];
    case 'stars':
      return GOLD;
    case 'video':
      return RED;
    case 'stream':
      return item.act === 'online' ? VIOLET : GREY;
    case 'entry':
      return ORANGE;
    case 'post':
      return TEAL;
  }
}
