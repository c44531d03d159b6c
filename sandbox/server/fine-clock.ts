/**
 * The system's clock with fractions of a millisecond: it follows the system's clock wherever that is set to,
 * and between two readings it goes evenly.
 *
 * @returns milliseconds since 1970
 */
export function fineClock(): () => number {
  let offset = Date.now() - performance.now();
  return () => {
    const passed = performance.now();
    const wall = Date.now();
    // The system's clock is cut off below the millisecond; what lies further apart was set.
    if (Math.abs(offset + passed - wall) > STEP_MS) offset = wall - passed;
    return offset + passed;
  };
}

const STEP_MS = 2;
