import { accountLogMessage, type AccountLogEntry } from '../../src/discord/views/account-log';
import type { Attempt } from '../attempt';
import { isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import type { RegistrationDependencies } from './dependencies';

/** What staff are told of one happening, in the order of the list. */
export interface StaffNews {
  /** `null`: nobody is told. */
  readonly channelId: string | null;
  /** The same for every try, and never for another happening. */
  readonly key: string;
  /** Nothing of it was told before this instant. */
  readonly since: number;
  readonly entries: readonly AccountLogEntry[];
}

/** Writes into the staff's log, each once. A log that cannot be written to keeps nothing else from being done. */
export async function tellStaff(
  { discord, botId, log }: Pick<RegistrationDependencies, 'discord' | 'botId' | 'log'>,
  { channelId, key, since, entries }: StaffNews,
  attempt: Attempt,
): Promise<void> {
  if (channelId === null) return;
  for (const [index, entry] of entries.entries()) {
    const body = accountLogMessage(entry);
    const message = { channelId, body, key: `${key}.log.${index}`, since };
    try {
      await postOnce(discord, await botId(), message, attempt);
    } catch (error) {
      if (!isLasting(error)) throw error;
      log.warn({ channel: channelId, reason: error.code }, 'the log of accounts cannot be written');
      return;
    }
  }
}
