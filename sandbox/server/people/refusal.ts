/**
 * What a person cannot do because their client would not let them: use a command that they do not
 * see, press a button that is not there, leave a required field empty.
 */
export class ClientRefusal extends Error {
  override readonly name = 'ClientRefusal';

  constructor(
    /** For tests: which kind of obstacle it was. */
    readonly code:
      | 'unknown-person'
      | 'unknown-channel'
      | 'unknown-command'
      | 'not-allowed'
      | 'unknown-option'
      | 'invalid-option'
      | 'missing-option'
      | 'unknown-message'
      | 'unknown-component'
      | 'disabled-component'
      | 'invalid-choice'
      | 'no-modal'
      | 'unknown-field'
      | 'invalid-field',
    message: string,
  ) {
    super(message);
  }
}
