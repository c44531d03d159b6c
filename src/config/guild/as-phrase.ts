/** A sentence of the domain's as it follows a path and a colon: `The rule begins …` is `the rule begins …`. */
export function asPhrase(sentence: string): string {
  const [first = '', second = ''] = sentence;
  const lowered = second === second.toLowerCase() ? first.toLowerCase() : first;
  return `${lowered}${sentence.slice(1)}`.replace(/\.$/, '');
}
