import type { WatchOutcome, WatchRequest } from '../../workflows/registration/activities';
import type { Attempt } from '../attempt';
import { bedrockPrefixOn, gameOf } from './bridges';
import type { RegistrationDependencies } from './dependencies';

/** @see RegistrationActivities.watchGame */
export async function watchGame(
  { guilds, ears }: RegistrationDependencies,
  { registration, serverId, cursor, verdicts }: WatchRequest,
  { signal }: Attempt,
): Promise<WatchOutcome> {
  const { guildId, registrationId, edition, name } = registration;
  const configuration = await guilds.get(guildId);
  const game = gameOf(configuration, serverId);
  const settings = configuration?.registration ?? null;
  if (settings === null || game === undefined || game.adapter === 'plugin') {
    return { outcome: 'not-watched' };
  }
  const player = { edition, name };
  const prefix = bedrockPrefixOn(configuration, serverId);
  const listener = ears.listen(game, prefix, { guildId, registrationId, player });
  try {
    // A call hears one thing; the cursor is the hash of what the call before has heard.
    for (const { verdict } of verdicts) await listener.tell(verdict, cursor);
    const heard = await listener.next(signal);
    if (heard === null) return { outcome: 'not-watched' };
    const { typed, codeHash } = heard;
    return {
      outcome: 'heard',
      guesses: [{ serverId, player: typed.player, codeHash }],
      cursor: codeHash,
    };
  } catch (error) {
    // Where this try was given up, a later one may listen by now.
    if (signal.aborted && listener.asking === 0) listener.end('over');
    throw error;
  }
}
