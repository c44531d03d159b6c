/** What players read in the game of the code that they typed. It is plain text, and names nobody. */
export const GAME_WORDS = {
  verified: 'Confirmed: this account is linked to your Discord user now.',
  nobody:
    'No registration is waiting for your name. Start one with /register on Discord, then type its code here.',
  taken:
    'The code is right, but this account belongs to somebody else on Discord. If it is yours, ask the staff there.',
  mostAccounts:
    'The code is right, but you have as many accounts as are allowed. Remove one with /unregister on Discord, then register this one again.',
  timedOut: 'That code came too late. Get a new one with /register on Discord.',
  /** @param left how many wrong codes may follow before the name is locked */
  wrongCode: (left: number): string =>
    `That code is wrong. You have ${left === 1 ? '1 attempt' : `${left} attempts`} left. Only the newest code that you got on Discord counts.`,
} as const;
