import type {
  RegistrationEvent,
  RegistrationRefusal,
  RegistrationState,
} from '../../src/domain/registration/registration';
import type { GuessVerdict } from './contract';

/** The verdict on what was typed and had no effect. */
export function refusedGuess(refusal: RegistrationRefusal): GuessVerdict {
  switch (refusal.refused) {
    case 'locked':
    case 'other-player':
    case 'timed-out':
    case 'over':
      return { verified: false, refusal };
    // They are said of other commands, or while nothing is decided.
    case 'most-codes':
    case 'not-ready':
      return { verified: false, refusal: { refused: 'over' } };
  }
}

/**
 * The verdict on what was typed, when all of it is done.
 *
 * @param events what it led to
 * @param state as it is afterwards
 */
export function settledGuess(
  events: readonly RegistrationEvent[],
  state: RegistrationState,
): GuessVerdict {
  for (const event of [...events].reverse()) {
    if (event.type === 'locked') {
      return { verified: false, refusal: { refused: 'locked', until: event.until } };
    }
    if (event.type === 'wrong-code') {
      const { attemptsLeft } = event;
      return { verified: false, refusal: { refused: 'wrong-code', attemptsLeft } };
    }
  }
  if (state.status === 'verified') return { verified: true };
  return { verified: false, refusal: state.rejection ?? { refused: 'over' } };
}
