/**
 * Tells the person at the terminal what set-up is doing, on stderr: stdout belongs to the program
 * that is started afterwards.
 *
 * @param {string} message one sentence, without the program's name
 */
export function say(message) {
  process.stderr.write(`castellan: ${message}\n`);
}

/**
 * A failure of set-up whose message is meant for a person and needs no stack.
 */
export class SetUpError extends Error {
  name = 'SetUpError';
}

/**
 * A span of time as people say it: `8 s`, `2 min 05 s`.
 *
 * @param {number} milliseconds
 * @returns {string}
 */
export function span(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
