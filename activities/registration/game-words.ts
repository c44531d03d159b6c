import { GAME_WORDS } from '../../src/domain/registration/game-words';
import type { GuessVerdict } from '../../workflows/registration/contract';

/** What a player reads in the game about what they typed. It is plain text, and names nobody. */
export function verdictWords(verdict: GuessVerdict): string {
  if (verdict.verified) return GAME_WORDS.verified;
  const { refusal } = verdict;
  switch (refusal.refused) {
    case 'wrong-code':
      return GAME_WORDS.wrongCode(refusal.attemptsLeft);
    case 'locked':
      return 'There were too many wrong codes. Discord tells you when you can try again.';
    case 'taken':
      return GAME_WORDS.taken;
    case 'most-accounts':
      return GAME_WORDS.mostAccounts;
    case 'timed-out':
      return GAME_WORDS.timedOut;
    case 'other-player':
    case 'over':
      return GAME_WORDS.nobody;
  }
}
