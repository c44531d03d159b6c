/** The desk could not be reached: nothing was opened and nothing was changed. */
export class DeskUnreachable extends Error {
  readonly code = 'desk-unreachable';

  constructor(options: ErrorOptions) {
    super('Temporal cannot be reached.', options);
    this.name = 'DeskUnreachable';
  }
}

/** The desk was reached but did not confirm in time: what was asked for may happen or not. */
export class DeskSilent extends Error {
  readonly code = 'desk-silent';

  constructor(options?: ErrorOptions) {
    super('Temporal was reached but did not confirm in time.', options);
    this.name = 'DeskSilent';
  }
}

/** The case's workflow is over, or there never was one. */
export class CaseOver extends Error {
  readonly code = 'case-over';

  constructor(options?: ErrorOptions) {
    super('The workflow of the case has ended.', options);
    this.name = 'CaseOver';
  }
}
