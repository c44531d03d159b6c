import type { LinkOutcome, LinkRequest } from '../../workflows/registration/activities';
import type { Attempt } from '../attempt';
import { whitelistsOf } from './bridges';
import type { RegistrationDependencies } from './dependencies';

/** More accounts than a configuration can allow: where nothing is configured any more, the proof still counts. */
const MOST_WITHOUT_CONFIGURATION = 25;

/** @see RegistrationActivities.linkAccount */
export async function linkAccount(
  { guilds, records, log }: RegistrationDependencies,
  { registration, proof, state, events }: LinkRequest,
  { now }: Attempt,
): Promise<LinkOutcome> {
  const { registrationId, guildId, userId } = registration;
  const configuration = await guilds.get(guildId);
  const settings = configuration?.registration ?? null;
  const concluded = await records.recordProof({
    ...{ registrationId, guildId, state, events, now },
    player: proof.player,
    mostAccounts: settings?.mostAccounts ?? MOST_WITHOUT_CONFIGURATION,
    serverIds: whitelistsOf(configuration, proof.player),
  });
  const { at } = concluded;
  if (concluded.outcome === 'rejected') {
    return { outcome: 'rejected', rejection: concluded.rejection, at };
  }
  const accountKey = concluded.account.key;
  log.info({ guild: guildId, user: userId, account: accountKey }, 'an account was proven');
  return { outcome: 'linked', accountKey, at };
}
