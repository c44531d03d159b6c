/**
 * Whether a number of stars is one that people speak of: 1, 10, 25, 50, 75, 100, then every hundred up to a
 * thousand, every thousand up to ten thousand, and so on.
 */
export function isMilestone(count: number): boolean {
  if (count === 1) return true;
  if (!Number.isSafeInteger(count) || count < 10) return false;
  if (count <= 100) return count === 10 || count % 25 === 0;
  return count % 10 ** (String(count).length - 1) === 0;
}
