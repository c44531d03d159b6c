/** An interaction whose answer only its user sees, for as long as its token lives: 15 minutes. */
export interface AnswerTo {
  /** Also says when it was made. */
  readonly interactionId: string;
  readonly applicationId: string;
  /** The interaction's token, sealed. */
  readonly sealedToken: string;
}
