/** Servers on 127.0.0.1 to be checked once each, so many of them at a time. */
export interface Task {
  readonly ports: readonly number[];
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** A check that has not ended after so long is not waited for any more; it says "down". */
  readonly mostMs: number;
}

/**
 * A line of a subject's input. It is read by hand, so that a subject's memory is its own and not that of a
 * library for reading.
 *
 * @throws Error for anything else
 */
export function taskOf(line: string): Task {
  const value: unknown = JSON.parse(line);
  if (!isTask(value)) throw new Error('That is no task.');
  return value;
}

function isTask(value: unknown): value is Task {
  if (typeof value !== 'object' || value === null || !('ports' in value)) return false;
  const numbers: readonly (keyof Task)[] = ['concurrency', 'timeoutMs', 'mostMs'];
  return (
    Array.isArray(value.ports) &&
    value.ports.every((port) => typeof port === 'number') &&
    numbers.every((name) => typeof Reflect.get(value, name) === 'number')
  );
}
