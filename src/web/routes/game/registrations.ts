import type { Context } from 'koa';
import type { z } from 'zod';
import { nameOnServer } from '../../../domain/registration/name';
import type { Authentication } from '../../game/authenticate';
import type { PendingNames } from '../../game/pending-names';
import type { TokenBuckets } from '../../game/token-buckets';
import type { WaitingRoom } from '../../game/waiting-room';
import { parameter } from '../status/parameters';
import { callerOf, placeOf } from './caller';
import { LONGEST_SERVER_NAME, type pendingRegistrations } from './schemas';
import { whileThere } from './unavailable';
import { leavingOf, serverNameOf, waitOf } from './waiting';

export interface RegistrationsDependencies {
  readonly authentication: Authentication;
  readonly rates: TokenBuckets;
  readonly onAway: (error: unknown) => void;
  /** By guild. */
  readonly pending: WaitingRoom<PendingNames>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const NO_BODY = Buffer.alloc(0);

/** `GET /v1/game/registrations`: contract, section 7. */
export async function registrations(
  context: Context,
  dependencies: RegistrationsDependencies,
): Promise<void> {
  const name = serverNameOf(context, LONGEST_SERVER_NAME);
  await whileThere(context, dependencies.onAway, async () => {
    const caller = await callerOf(context, dependencies, name, NO_BODY);
    const forMs = waitOf(context);
    const known = parameter(context, 'known');
    const found = await dependencies.pending.wait({
      key: caller.server.guildId,
      guest: placeOf(caller),
      // Whoever knows nothing yet waits for the first name.
      isNews: ({ version, names }) => (known === undefined ? names.length > 0 : version !== known),
      forMs,
      leaving: leavingOf(context),
    });
    const now = dependencies.now();
    context.set('Cache-Control', 'no-store');
    context.body = {
      version: found.version,
      registrations: found.names
        .filter(({ endsAt }) => endsAt > now)
        .map(({ edition, name: written, endsAt }) => ({
          name: nameOnServer(edition, written, caller.server.bedrockPrefix),
          edition,
          endsAt: new Date(endsAt).toISOString(),
        })),
    } satisfies z.infer<typeof pendingRegistrations>;
  });
}
