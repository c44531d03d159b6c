/** How a registration ended, as the person reads it; `unnamed`: in the channel that everybody reads. */
export type ToldEnd =
  'verified' | 'rejected' | 'timed-out' | 'cancelled' | 'locked' | 'refused' | 'unnamed';

const ENDS: readonly (readonly [RegExp, ToldEnd])[] = [
  [/^✅ \*\*\w+\*\* \(Java Edition\) is yours: /u, 'verified'],
  [/^⚠️ The code (?:for .* )?was right, but /u, 'rejected'],
  [/^⌛ The time for /u, 'timed-out'],
  [/^The registration of .* is cancelled, and the code /, 'cancelled'],
  [/^🔒 Too many wrong codes were typed for /u, 'locked'],
  [/^Too many wrong codes were typed for .* it is locked for you\. /, 'refused'],
  [/^\*\*\w+\*\* \(Java Edition\) is yours already, /, 'refused'],
  [/^You have \d+ accounts? here, and that is the most one person may have\. /, 'refused'],
  [/^I could not show you the code for /, 'refused'],
  [/^<@\d+> I could not write to you directly\. Your registration is over: /, 'unnamed'],
];

/** The end that a message tells; `null`: it tells none. */
export function endIn(content: string): ToldEnd | null {
  // A direct message begins with the guild's name.
  const words = content.replace(/^\*\*Kestrel Keep\*\*\n/, '');
  return ENDS.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/** The code that a message shows; `null`: none. */
export function codeIn(content: string): string | null {
  return /```\n(\d{6})\n```/.exec(content)?.[1] ?? null;
}

/** The account that a message names; `null`: none. */
export function nameIn(content: string): string | null {
  return /\*\*(\w+)\*\* \(Java Edition\)/.exec(content)?.[1] ?? null;
}
