/** What nearly no field can be. */
export const ODD_VALUES: readonly unknown[] = [
  { wrong: true },
  [],
  [{ wrong: true }],
  ['wrong'],
  true,
  -1,
  3.5,
  1e12,
  '',
  'x'.repeat(5_000),
];

/**
 * Copies of a body that are each wrong, or odd, in one place: every value in it, however deep, is
 * replaced by every odd value and left out once.
 */
export function* spoilt(body: unknown): Generator {
  yield* ODD_VALUES;
  if (Array.isArray(body)) {
    const entries: readonly unknown[] = body;
    for (const [index, inner] of entries.entries()) {
      const crowd = new Array<unknown>(41).fill(inner);
      for (const odd of spoilt(inner)) yield entries.with(index, odd);
      yield entries.toSpliced(index, 1);
      yield entries.toSpliced(index, 0, ...crowd);
    }
  } else if (typeof body === 'object' && body !== null) {
    for (const [key, inner] of Object.entries(body)) {
      for (const odd of spoilt(inner)) yield { ...body, [key]: odd };
      yield Object.fromEntries(Object.entries(body).filter(([name]) => name !== key));
    }
  }
}
