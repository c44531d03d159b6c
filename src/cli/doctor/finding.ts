import type { Environment } from '../../config/environment';

/** What the doctor says about one thing: it is well, or what is wrong and how to mend it. */
export interface Finding {
  readonly ok: boolean;
  readonly text: string;
}

/** Everything that the doctor says about one part. */
export type Examination = (environment: Environment) => Promise<Finding[]>;

export function well(text: string): Finding {
  return { ok: true, text };
}

/** @param remedy what to do about it, in a sentence */
export function ill(problem: string, remedy: string): Finding {
  return { ok: false, text: `${problem} ${remedy}` };
}

/** An error's message, on one line. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? messageOf(error) : String(error);
  return text.replaceAll(/\s+/g, ' ').trim();
}

function messageOf(error: Error): string {
  // Node names no host when every one of several addresses refused: the reasons are inside.
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map((inner: unknown) => reasonOf(inner)).join(', ');
  }
  const cause = error.cause instanceof Error ? ` (${messageOf(error.cause)})` : '';
  return `${error.message}${cause}`;
}
