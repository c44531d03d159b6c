/**
 * Tells whether a name fits a pattern. `*` stands for any letters but the separator, `**` for any letters,
 * `**` and a separator also for nothing, `?` for one letter but the separator; everything else for itself.
 * It takes at most as many steps as the product of both lengths, whatever the pattern.
 *
 * @param separator one letter: `/` between the parts of a path or branch, `.` of an event
 */
export function matches(pattern: string, name: string, separator = '/'): boolean {
  const tokens = tokensOf(pattern, separator);
  const letters = Array.from(name);
  // After each token: at which places of the name the rest of the pattern may go on.
  let open = new Array<boolean>(letters.length + 1).fill(false);
  open[0] = true;
  for (const token of tokens) {
    const next = new Array<boolean>(letters.length + 1).fill(false);
    for (let at = 0; at <= letters.length; at += 1) {
      const before = at === 0 ? undefined : letters[at - 1];
      next[at] = arrives(token, {
        here: open[at] === true,
        atPrevious: before !== undefined && open[at - 1] === true,
        stayed: before !== undefined && next[at - 1] === true,
        letter: before,
        separator,
      });
    }
    if (token.kind === 'parts') afterParts(open, next, letters, separator);
    open = next;
  }
  return open[letters.length] === true;
}

type Token =
  | { readonly kind: 'letter'; readonly letter: string }
  | { readonly kind: 'one' | 'some' | 'any' | 'parts' };

interface Place {
  /** Whether the pattern so far ends here, before the token. */
  readonly here: boolean;
  /** Whether it ends a letter earlier, before the token. */
  readonly atPrevious: boolean;
  /** Whether it ends a letter earlier, with the token. */
  readonly stayed: boolean;
  readonly letter: string | undefined;
  readonly separator: string;
}

function arrives(token: Token, { here, atPrevious, stayed, letter, separator }: Place): boolean {
  switch (token.kind) {
    case 'letter':
      return atPrevious && letter === token.letter;
    case 'one':
      return atPrevious && letter !== separator;
    case 'some':
      return here || (stayed && letter !== separator);
    case 'any':
      return here || stayed;
    case 'parts':
      return here;
  }
}

/** Whole parts with their separators, also none: `** /` goes on after any later separator. */
function afterParts(
  open: readonly boolean[],
  next: boolean[],
  letters: readonly string[],
  separator: string,
): void {
  let begun = false;
  for (const [at, letter] of letters.entries()) {
    begun ||= open[at] === true;
    if (begun && letter === separator) next[at + 1] = true;
  }
}

function tokensOf(pattern: string, separator: string): readonly Token[] {
  const tokens: Token[] = [];
  const letters = Array.from(pattern);
  for (let at = 0; at < letters.length; at += 1) {
    const letter = letters[at] ?? '';
    if (letter === '?') tokens.push({ kind: 'one' });
    else if (letter !== '*') tokens.push({ kind: 'letter', letter });
    else if (letters[at + 1] !== '*') tokens.push({ kind: 'some' });
    else if (letters[at + 2] === separator) {
      tokens.push({ kind: 'parts' });
      at += 2;
    } else {
      tokens.push({ kind: 'any' });
      at += 1;
    }
  }
  return tokens;
}
