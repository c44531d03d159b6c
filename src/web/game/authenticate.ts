import { randomBytes } from 'node:crypto';
import type { Logger } from '../../observability/logger';
import { label } from '../../domain/text';
import { ProblemError } from '../problem';
import { verify, type ReceivedWebhook } from '../standard-webhooks/verify';
import type { GameServer, GameServers } from './server';
import { TokenBuckets } from '../limits/token-buckets';

/** As many signatures are computed for every request: how long it takes says nothing of the server. */
const KEYS = 2;

const CLOCK =
  'The signature is right, but its time is more than 5 minutes from ours (the header Date). Set the clock of the game server, and sign every request anew.';
const REFUSED =
  'The request is not signed as it must be, by Standard Webhooks with the secret of a game server that is set up here. Check the name of the server and its secret.';

export interface AuthenticationDependencies {
  readonly servers: GameServers;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Who asks, and under which id. */
export interface Caller {
  readonly server: GameServer;
  readonly requestId: string;
}

/** Tells whether a request comes from the game server that it names. */
export class Authentication {
  /** What a server that nobody knows is measured with. */
  readonly #decoys = Array.from({ length: KEYS }, () => randomBytes(32));
  readonly #lines: TokenBuckets;

  constructor(private readonly dependencies: AuthenticationDependencies) {
    // A server that is set up wrong asks all the time; one line a minute tells it.
    this.#lines = new TokenBuckets({ burst: 1, perSecond: 1 / 60 }, 1_000, dependencies.now);
  }

  /**
   * A server that nobody knows, one without a secret and a wrong signature get the same answer, after
   * the same work.
   *
   * @param name the server's, as the request gives it
   * @throws ProblemError 401; DatabaseUnavailable
   */
  async caller(name: string, request: ReceivedWebhook): Promise<Caller> {
    const server = await this.dependencies.servers.find(name);
    const keys = [...(server?.keys ?? []), ...this.#decoys].slice(0, KEYS);
    const verdict = verify(request, keys, this.dependencies.now());
    if (verdict.verified && server !== null) return { server, requestId: verdict.id };
    const reason = server === null ? 'unknown-server' : verdict.verified ? '' : verdict.reason;
    this.#tell(server === null ? '' : `${server.guildId}/${server.id}`, name, reason);
    throw unauthorized(reason === 'too-old' || reason === 'too-new' ? CLOCK : REFUSED);
  }

  #tell(known: string, name: string, reason: string): void {
    if (this.#lines.take(known) > 0) return;
    this.dependencies.log.warn(
      { server: known === '' ? label(name, { max: 80, empty: '?' }) : known, reason },
      'A request in the name of a game server was refused',
    );
  }
}

const unauthorized = (detail: string): ProblemError => new ProblemError({ status: 401, detail });
