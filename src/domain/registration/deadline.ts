import type { RegistrationState } from './registration';

/** What happens, and when (milliseconds since the epoch), if nobody acts before. */
export interface RegistrationDeadline {
  readonly kind: 'timeout';
  readonly at: number;
}

/** The end of the time to type the newest code, or `undefined` while something else is awaited. */
export function nextRegistrationDeadline(
  state: RegistrationState,
): RegistrationDeadline | undefined {
  if (state.status !== 'waiting' || state.endsAt === null) return undefined;
  return { kind: 'timeout', at: state.endsAt };
}
