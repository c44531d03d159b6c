const CANONICAL = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * Four numbers of 32 bits with a sign, highest first, as games write a UUID since Java Edition 1.16, in
 * lower case with hyphens (RFC 9562).
 */
export function uuidOfInts(ints: readonly [number, number, number, number]): string {
  const digits = ints.map((int) => (int >>> 0).toString(16).padStart(8, '0')).join('');
  return hyphenated(digits);
}

/** A UUID with or without hyphens, in lower case with them; `null` for anything else. */
export function canonicalUuid(text: string): string | null {
  const lower = text.toLowerCase();
  if (CANONICAL.test(lower)) return lower;
  return /^[0-9a-f]{32}$/.test(lower) ? hyphenated(lower) : null;
}

function hyphenated(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
