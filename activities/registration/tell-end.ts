import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { AccountTrouble } from '../../src/discord/views/account-log';
import {
  registrationEndAnswer,
  registrationEndMessage,
  registrationEndNotice,
  type RegistrationEnd,
} from '../../src/discord/views/registration-end';
import type { ConclusionRequest } from '../../workflows/registration/activities';
import type { Attempt } from '../attempt';
import { isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import { answerIn } from './answering';
import type { RegistrationDependencies } from './dependencies';
import { writeTo } from './direct-message';

export interface Ending {
  readonly request: ConclusionRequest;
  readonly configuration: GuildConfiguration | null;
  readonly end: RegistrationEnd;
}

/**
 * Tells the user how it ended, where they can see it: in place of the code while Discord allows that, else by
 * direct message, else in the channel for that, which names nothing personal. All may be tried again.
 *
 * @returns why they could not be told, where staff can help
 */
export async function tellEnd(
  deps: RegistrationDependencies,
  { request, configuration, end }: Ending,
  attempt: Attempt,
): Promise<AccountTrouble | null> {
  const { registration, answerTo } = request;
  const { userId, startedAt: since } = registration;
  if (await answerIn(deps, answerTo, registrationEndAnswer(registration, end), attempt)) {
    return null;
  }
  const key = `${registration.registrationId}.${registration.startedAt}.end`;
  const body = registrationEndMessage(registration, end, configuration?.guildName ?? '');
  if (await writeTo(deps, { userId, body, key, since }, attempt)) return null;
  const channelId = configuration?.registration?.fallbackChannelId ?? null;
  if (channelId === null) return null;
  const notice = { channelId, body: registrationEndNotice(userId, end), key, since };
  try {
    await postOnce(deps.discord, await deps.botId(), notice, attempt);
    return null;
  } catch (error) {
    if (!isLasting(error)) throw error;
    deps.log.warn({ channel: channelId, reason: error.code }, 'the end cannot be told');
    return 'channel-forbidden';
  }
}
