import { z } from 'zod';
import { ProblemError } from '../../problem';

const claim = z.object({ server: z.string() });

/**
 * The server that a body names, before it is known whether that server signed it.
 *
 * @returns an empty name, which no server has, where it names none
 */
export function claimedServer(value: unknown): string {
  const parsed = claim.safeParse(value);
  return parsed.success ? parsed.data.server : '';
}

/** Says what is wrong with a body, without anything that stood in it. */
export function malformed(error: z.ZodError): ProblemError {
  const [issue] = error.issues;
  const parameter = issue?.path.join('.') ?? '';
  const where = parameter === '' ? 'The body' : `"${parameter}" in the body`;
  return new ProblemError({
    status: 400,
    detail: `${where} is not as it must be: ${issue?.message ?? 'it cannot be read'}. See /openapi.json.`,
    extension: { parameter },
  });
}
