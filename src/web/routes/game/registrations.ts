import type { Context } from 'koa';
import type { z } from 'zod';
import { nameOnServer } from '../../../domain/registration/name';
import type { PendingNames } from '../../game/pending-names';
import type { WaitingRoom } from '../../game/waiting-room';
import { parameter } from '../status/parameters';
import { placeOf } from './caller';
import { answerList, type ListDependencies } from './list';
import type { pendingRegistrations } from './schemas';
import { waitOf } from './waiting';

export interface RegistrationsDependencies extends ListDependencies {
  /** By guild. */
  readonly pending: WaitingRoom<PendingNames>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** `GET /v1/game/registrations`: contract, section 7. */
export function registrations(
  context: Context,
  dependencies: RegistrationsDependencies,
): Promise<void> {
  return answerList(context, dependencies, async (caller, leaving) => {
    const known = parameter(context, 'known');
    const { bedrockPrefix, guildId } = caller.server;
    const found = await dependencies.pending.wait({
      key: guildId,
      guest: placeOf(caller),
      // Whoever knows nothing yet waits for the first name.
      isNews: ({ version, names }) => (known === undefined ? names.length > 0 : version !== known),
      forMs: waitOf(context),
      leaving,
    });
    const now = dependencies.now();
    return {
      version: found.version,
      registrations: found.names
        .filter(({ endsAt }) => endsAt > now)
        .map(({ edition, name, endsAt }) => ({
          name: nameOnServer(edition, name, bedrockPrefix),
          edition,
          endsAt: new Date(endsAt).toISOString(),
        })),
    } satisfies z.infer<typeof pendingRegistrations>;
  });
}
