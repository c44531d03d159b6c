import type { ServerFact, SpanKind } from '../../domain/watching/server-state';

/** Without an end it is the present one. Milliseconds since the epoch. */
export interface Span {
  readonly kind: SpanKind;
  readonly from: number;
  readonly to: number | null;
}

/**
 * The spans that take the place of the present one. They begin where it began, each begins where the one before
 * ends, and neighbours differ in kind. A fact never reaches back before the present span; if a put-back clock
 * makes it seem so, it counts from that span's beginning.
 */
export function continueSpans(
  present: { readonly kind: SpanKind; readonly from: number },
  facts: readonly ServerFact[],
): Span[] {
  const begun: { kind: SpanKind; from: number }[] = [{ ...present }];
  for (const fact of facts) {
    if (fact.type !== 'span') continue;
    const last = begun.at(-1) ?? present;
    const from = Math.max(fact.since, last.from);
    // A span without a length is none.
    if (from === last.from) begun.pop();
    if (begun.at(-1)?.kind !== fact.kind) begun.push({ kind: fact.kind, from });
  }
  return begun.map((span, index) => ({ ...span, to: begun[index + 1]?.from ?? null }));
}
