import { z } from 'zod';
import type { Answer } from '../../src/discord/views/answer';
import type { AnswerTo } from '../../workflows/answer-to';
import type { Attempt } from '../attempt';
import { answer } from '../discord/answer';
import type { RegistrationDependencies } from './dependencies';

/**
 * Shows an answer where the interaction's own user sees it, in place of what was there.
 *
 * @returns whether somebody could be answered: not when the token's 15 minutes are over, or the message is gone
 */
export async function answerIn(
  { discord, seal }: Pick<RegistrationDependencies, 'discord' | 'seal'>,
  { applicationId, sealedToken }: AnswerTo,
  body: Answer,
  { signal }: Attempt,
): Promise<boolean> {
  const interactionToken = seal.open(sealedToken, z.string());
  return answer(discord, { applicationId, interactionToken }, body, signal);
}
