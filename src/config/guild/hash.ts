import { createHash } from 'node:crypto';

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, entry]) => [key, canonical(entry)]),
  );
};

/**
 * The same text for configurations that say the same, whatever the order of their keys: applying one
 * whose hash is already stored changes nothing.
 *
 * In: a configuration (anything JSON holds). Out: SHA-256 of its canonical JSON, 64 hex digits.
 */
export function configurationHash(configuration: object): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(configuration)))
    .digest('hex');
}
