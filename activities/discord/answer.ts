import type { API } from '@discordjs/core';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { Answer } from '../../src/discord/views/answer';
import { discordCode } from './codes';

/** How an interaction is answered after it was acknowledged. */
export interface Answerable {
  readonly applicationId: string;
  readonly interactionToken: string;
}

/** No longer valid, never valid, or its message was dismissed: nobody is there to read an answer. */
const NOBODY: readonly (number | undefined)[] = [
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownInteraction,
];

/**
 * Shows the answer to an interaction in place of what was shown before. Repeating it does no harm.
 *
 * @returns whether somebody could be answered
 */
export async function answer(
  discord: API,
  { applicationId, interactionToken }: Answerable,
  body: Answer,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await discord.interactions.editReply(applicationId, interactionToken, body, '@original', {
      signal,
    });
    return true;
  } catch (error) {
    if (NOBODY.includes(discordCode(error))) return false;
    throw error;
  }
}
