/**
 * The code of an error that Node.js threw, such as `ENOENT`. It is looked for in the value itself,
 * not by its class: under a test runner Node's errors are of another realm's class.
 */
export function systemErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
