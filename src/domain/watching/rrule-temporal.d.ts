/**
 * What we use of the package. Its own types are marked as those of an ES module, which TypeScript does not let
 * CommonJS import, although the package has a CommonJS build.
 */
declare module 'rrule-temporal' {
  interface Occurrence {
    readonly epochMilliseconds: number;
  }

  export class RRuleTemporal {
    /** @param options `rruleString`: `DTSTART` and `RRULE` on two lines, as RFC 5545 writes them */
    constructor(options: { readonly rruleString: string; readonly strict?: boolean });
    between(after: Date, before: Date, inclusive: boolean): readonly Occurrence[];
    /** The first after the instant, or at it if `inclusive`. */
    next(after: Date, inclusive: boolean): Occurrence | null;
    /** The last before the instant, or at it if `inclusive`. */
    previous(before: Date, inclusive: boolean): Occurrence | null;
  }
}
