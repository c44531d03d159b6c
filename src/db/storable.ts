/**
 * The text as Postgres can hold it. It knows no null character, and no half of a surrogate pair; both
 * become U+FFFD, as otherwise one odd character would keep a person's case from ever being recorded.
 */
export function storable(text: string): string {
  return text.replaceAll('\0', '\u{FFFD}').replaceAll(/\p{Surrogate}/gu, '\u{FFFD}');
}
