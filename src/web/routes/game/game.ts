import type Router from '@koa/router';
import type { Middleware } from 'koa';
import type {
  RegistrationsReader,
  WhitelistEntry,
  WhitelistReader,
} from '../../../db/registration';
import type { Logger } from '../../../observability/logger';
import { Authentication } from '../../game/authenticate';
import type { Outcome } from '../../game/check-code';
import { FirstAnswers } from '../../game/first-answers';
import { pendingNames } from '../../game/pending-names';
import type { GameServers } from '../../game/server';
import { TokenBuckets } from '../../limits/token-buckets';
import { Turns } from '../../game/turns';
import { WaitingRoom } from '../../game/waiting-room';
import type { VerificationAnswer } from '../../game/verification-answer';
import type { GameWorkflows } from '../../game/workflows';
import { GAME_LIMITS, type GameLimits } from './limits';
import { registrations } from './registrations';
import { MOST_CHANGES } from './schemas';
import { verification } from './verification';
import { applied, whitelist } from './whitelist';

/** What the Game API works with. */
export interface GameApi {
  readonly servers: GameServers;
  readonly reader: Pick<
    RegistrationsReader,
    'pending' | 'pendingVersions' | 'pendingByName' | 'endedByName'
  > &
    Pick<WhitelistReader, 'whitelistPending'>;
  readonly workflows: GameWorkflows;
  /** The keyed hash under which a registration's code is stored. */
  readonly hashCode: (registrationId: string, code: string) => string;
  /** When the process stops: who waits for news is then answered at once. */
  readonly stopping: AbortSignal;
  readonly limits?: GameLimits;
}

/** So many players, and servers, are counted; who asks most seldom is forgotten first. */
const MOST_PLAYERS = 50_000;
const MOST_SERVERS = 5_000;
/** In bytes, with what remembers it. */
const ABOUT_A_VERDICT = 500;

/** The Game API, by which game servers' plugins ask: contract, section 7. */
export function gameRoutes(
  router: Router,
  api: GameApi,
  { log, now }: { readonly log: Logger; readonly now: () => number },
): void {
  const { reader, workflows, hashCode, stopping, limits = GAME_LIMITS } = api;
  const room = {
    everyMs: limits.lookEveryMs,
    most: limits.waiting,
    mostOfGuest: limits.waitingOfServer,
    stopping,
  };
  // Every server asks again and again while something is away; one line a minute tells it.
  const lines = new TokenBuckets({ burst: 1, perSecond: 1 / 60 }, 1, now);
  const shared = {
    authentication: new Authentication({ servers: api.servers, log, now }),
    rates: new TokenBuckets(limits.server, MOST_SERVERS, now),
    onAway: (error: unknown): void => {
      if (lines.take('away') > 0) return;
      log.warn({ err: error }, 'Game servers are asked to come again');
    },
    lists: new FirstAnswers<string>(now, ({ length }) => 500 + 2 * length),
    now,
  };
  const forVerification = {
    ...shared,
    registrations: reader,
    workflows,
    hashCode,
    playerRates: new TokenBuckets(limits.player, MOST_PLAYERS, now),
    turns: new Turns<Outcome>(),
    answers: new FirstAnswers<VerificationAnswer>(now, () => ABOUT_A_VERDICT),
  };
  const pending = new WaitingRoom({ ...room, look: pendingNames(reader) });
  const changes = new WaitingRoom<readonly WhitelistEntry[]>({
    ...room,
    look: (place) => {
      const [guildId = '', serverId = ''] = place.split('/');
      return reader.whitelistPending({ guildId, serverId, limit: MOST_CHANGES });
    },
  });

  // Whoever waited while the process stops is to send the next request to another one.
  const hangUp: Middleware = async (context, next) => {
    await next();
    if (stopping.aborted) context.set('Connection', 'close');
  };

  router.get('/v1/game/registrations', hangUp, (context) =>
    registrations(context, { ...shared, pending }),
  );
  router.post('/v1/game/verifications', (context) => verification(context, forVerification));
  router.get('/v1/game/whitelist', hangUp, (context) =>
    whitelist(context, { ...shared, changes, workflows }),
  );
  router.post('/v1/game/whitelist/applied', (context) =>
    applied(context, { ...shared, changes, workflows }),
  );
}
