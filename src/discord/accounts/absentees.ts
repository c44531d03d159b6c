import type { API } from '@discordjs/core';
import { DiscordAPIError } from '@discordjs/rest';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { RegistrationReader } from '../../db/registration';
import type { Logger } from '../../observability/logger';
import { MOST_ASKED, type AbsentMembers } from '../gateway/absent-members';
import type { ConfigurationSource } from '../guilds/directory';
import { throughOutages } from '../outage';
import type { Departure } from './departures';

export interface AbsenteesOptions {
  readonly api: Pick<API, 'guilds'>;
  readonly members: Pick<AbsentMembers, 'among'>;
  readonly guilds: ConfigurationSource;
  /** Reading only. */
  readonly accounts: Pick<RegistrationReader, 'accounts'>;
  /** Settles when a departure was handed over. */
  readonly departed: (departure: Departure) => Promise<void>;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * A session that could not be resumed does not tell who left before it began: where accounts are unlinked then,
 * every owner of one is asked after. Whoever was banned meanwhile counts as one who left.
 *
 * @returns looks through one guild; settles when all departures were handed over
 */
export function createAbsentees(options: AbsenteesOptions): (guildId: string) => Promise<void> {
  const { members, guilds, accounts, departed, log, signal } = options;
  return async (guildId) => {
    for (let after: number | undefined; ;) {
      const from = after === undefined ? {} : { after };
      const page = await throughOutages(
        'looking for owners of accounts who have left',
        async () => {
          const configuration = await guilds.get(guildId);
          if (configuration?.registration?.onLeave !== 'unlink') return null;
          return accounts.accounts({ guildId, limit: MOST_ASKED, ...from });
        },
        { log, signal },
      );
      if (page === null || page.rows.length === 0) return;
      const owners = new Set(page.rows.map(({ userId }) => userId));
      for (const userId of await members.among(guildId, [...owners], signal)) {
        if (await isGone(options, guildId, userId)) {
          await departed({ cause: 'left', guildId, userId });
        }
      }
      if (page.next === null) return;
      after = page.next;
    }
  };
}

/** Accounts are not taken on one answer alone: a second way has to say the same. */
async function isGone(
  { api, log, signal }: AbsenteesOptions,
  guildId: string,
  userId: string,
): Promise<boolean> {
  try {
    await api.guilds.getMember(guildId, userId, { signal });
    return false;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMember) {
      return true;
    }
    signal.throwIfAborted();
    log.warn({ err: error, user: userId }, 'whether an owner of accounts has left is not known');
    return false;
  }
}
