/**
 * The first lines that have room, and how many had none.
 *
 * @param lines none is empty
 * @param rest what is said of those that are left out; its length is kept free
 */
export function fill(
  lines: readonly string[],
  room: { readonly max: number; readonly lines: number },
  rest: (left: number) => string | null,
): string {
  const all = [...lines, ...nothingOr(rest(0))].join('\n');
  if (lines.length <= room.lines && all.length <= room.max) return all;
  for (let shown = Math.min(lines.length, room.lines); shown >= 0; shown -= 1) {
    const text = [...lines.slice(0, shown), ...nothingOr(rest(lines.length - shown))].join('\n');
    if (text.length <= room.max) return text;
  }
  return '';
}

const nothingOr = (text: string | null): readonly string[] => (text === null ? [] : [text]);
