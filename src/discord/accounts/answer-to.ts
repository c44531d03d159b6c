import type { AnswerTo } from '../../../workflows/answer-to';
import type { Call } from '../interactions/call';

/** What the worker needs to answer this interaction; its token is sealed, since it passes through a history. */
export function answerTo({ interaction, parts }: Call): AnswerTo {
  return {
    interactionId: interaction.id,
    applicationId: interaction.application_id,
    sealedToken: parts.seal.seal(interaction.token),
  };
}
