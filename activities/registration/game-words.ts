import type { GuessVerdict } from '../../workflows/registration/contract';

/** What a player reads in the game about what they typed. It is plain text, and names nobody. */
export function verdictWords(verdict: GuessVerdict): string {
  if (verdict.verified) return 'Confirmed: this account is linked to your Discord user now.';
  const { refusal } = verdict;
  switch (refusal.refused) {
    case 'wrong-code':
      return `That code is wrong. You have ${refusal.attemptsLeft === 1 ? '1 attempt' : `${refusal.attemptsLeft} attempts`} left. Only the newest code that you got on Discord counts.`;
    case 'locked':
      return 'There were too many wrong codes. Discord tells you when you can try again.';
    case 'taken':
      return 'The code is right, but this account belongs to somebody else on Discord. If it is yours, ask the staff there.';
    case 'most-accounts':
      return 'The code is right, but you have as many accounts as are allowed. Remove one with /unregister on Discord, then register this one again.';
    case 'timed-out':
      return 'That code came too late. Get a new one with /register on Discord.';
    case 'other-player':
    case 'over':
      return 'No registration is waiting for your name. Start one with /register on Discord, then type its code here.';
  }
}
