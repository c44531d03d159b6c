/** What one look at the evidence found. */
export interface Finding {
  /** Lines of the table that is printed. */
  readonly figures: readonly (readonly [what: string, value: number | string])[];
  /** Everything that is not as it was promised, in words. */
  readonly defects: readonly string[];
}
