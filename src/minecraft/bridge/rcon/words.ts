/** What the game itself says to players. */
export const greeting = (objective: string): string =>
  `To link your account, type /trigger ${objective} set and the six digits that Discord shows you, for example: /trigger ${objective} set 123456`;

export const NO_CODE =
  'That is no code. A code has six digits: look at the message that Discord shows you, and type it again.';
