import { setTimeout as pause } from 'node:timers/promises';
import { DiscordAPIError, type REST } from '@discordjs/rest';
import {
  CloseCodes,
  WebSocketManager,
  WebSocketShardEvents,
  WebSocketShardStatus,
} from '@discordjs/ws';
import { GatewayDispatchEvents, type GatewayDispatchPayload } from 'discord-api-types/v10';
import { ConfigurationError } from '../../cli/service';
import type { Logger } from '../../observability/logger';
import type { AbsentMembers } from './absent-members';
import { finalClose, TOKEN_REFUSED } from './close-codes';
import { intentsOf } from './intents';
import { SessionKeeper, SHARD_COUNT } from './session-keeper';
import type { SessionStore } from './session-store';

/** What the gateway is connected with. */
export interface GatewayOptions {
  readonly rest: REST;
  readonly token: string;
  readonly store: SessionStore;
  /** Is told how to ask, and is to be told by `handle` what was answered. */
  readonly members: AbsentMembers;
  readonly log: Logger;
  /**
   * Handles an event. The event counts as handled when the promise settles; until then a process
   * that dies gets it again.
   */
  readonly handle: (event: GatewayDispatchPayload) => Promise<void>;
  /** Called whenever the application's id becomes known: with `READY`, or with the stored session. */
  readonly onApplication: (applicationId: string) => void;
  /** Called when a connection stands: what Discord tells again of the time before has all been told. */
  readonly onConnected: () => void;
}

/** The connection over which Discord tells what happens. */
export interface Gateway {
  /** Settles when Discord has ended the connection for good. */
  readonly failed: Promise<Error>;
  /** Whether events arrive right now. */
  readonly ready: () => boolean;
  /**
   * Closes the connection so that the session can be resumed. Events that are being handled may
   * finish; then the store is to be flushed.
   */
  stop(): Promise<void>;
}

/**
 * Connects to the gateway, resuming the session of an earlier process if there is one. Tries on for
 * as long as Discord cannot be reached.
 *
 * @throws ConfigurationError when Discord refuses the token or the connection for good
 */
export async function connectGateway(options: GatewayOptions): Promise<Gateway> {
  const { rest, token, store, log } = options;
  let generalUrl: string | null = null;
  const keeper = await SessionKeeper.load(store, () => generalUrl);

  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<Error>((resolve) => {
    fail = resolve;
  });
  let status: WebSocketShardStatus = WebSocketShardStatus.Connecting;
  let stopping = false;

  const intents = await untilReached(options, () => intentsOf(rest));
  const manager = new WebSocketManager({
    token,
    rest,
    intents,
    shardCount: SHARD_COUNT,
    shardIds: [0],
    retrieveSessionInfo: () => keeper.retrieve(),
    updateSessionInfo: (_shard, info) => {
      keeper.update(info);
    },
  });
  options.members.askThrough(async (question) => {
    await manager.send(0, question);
  });
  manager.on(WebSocketShardEvents.Hello, () => {
    keeper.hello();
  });
  manager.on(WebSocketShardEvents.Ready, ({ application }) => {
    status = WebSocketShardStatus.Ready;
    keeper.ready(application.id);
    options.onApplication(application.id);
    log.info('connected to Discord with a new session');
    options.onConnected();
  });
  manager.on(WebSocketShardEvents.Resumed, () => {
    status = WebSocketShardStatus.Ready;
    if (keeper.applicationId !== null) options.onApplication(keeper.applicationId);
    log.info('connected to Discord; the earlier session goes on');
    options.onConnected();
  });
  manager.on(WebSocketShardEvents.Closed, (code) => {
    status = WebSocketShardStatus.Idle;
    keeper.closed(code);
    const final = finalClose(code);
    if (final !== undefined) fail(new ConfigurationError(final));
    else if (!stopping)
      log.warn({ reason: code }, 'the connection to Discord ended; connecting again');
  });
  manager.on(WebSocketShardEvents.SocketError, (error) => {
    log.debug({ err: error }, 'the connection to Discord failed');
  });
  manager.on(WebSocketShardEvents.Error, (error) => {
    log.error({ err: error }, 'the gateway reports an error');
  });
  manager.on(WebSocketShardEvents.Debug, (message) => {
    log.trace({ message }, 'gateway');
  });
  manager.on(WebSocketShardEvents.Dispatch, (event) => {
    // What arrives while we stop is left for the next process: it is replayed.
    if (stopping) return;
    const done = keeper.begin(event.s);
    if (done === null) return;
    if (event.t === GatewayDispatchEvents.Resumed) {
      done();
      return;
    }
    // What was not handled to its end is not done: a later process gets it again.
    options.handle(event).then(done, () => undefined);
  });

  const connected = (async () => {
    generalUrl = await findGateway(manager, options);
    await manager.connect();
  })();
  const refused = failed.then((error) => {
    throw error;
  });
  try {
    await Promise.race([connected, refused]);
  } catch (error) {
    // The library's own words for a final close name no code; ours were settled just before.
    const final = await Promise.race([failed, pause(50, undefined)]);
    await close(manager, {});
    throw final ?? error;
  } finally {
    refused.catch(() => undefined);
    connected.catch(() => undefined);
  }

  return {
    failed,
    ready: () => status === WebSocketShardStatus.Ready,
    async stop() {
      stopping = true;
      keeper.freeze();
      // Any code but 1000 and 1001 leaves the session alive; a silent server must not hold us up.
      const closed = close(manager, { code: CloseCodes.Resuming, reason: 'restarting' });
      await Promise.race([closed, pause(2_000, undefined, { ref: false })]);
    },
  };
}

async function close(
  manager: WebSocketManager,
  options: { readonly code?: number; readonly reason?: string },
): Promise<void> {
  try {
    await manager.destroy(options);
  } catch {
    // It was not open; that is as good.
  }
}

/** Asks for the gateway's address until Discord answers and allows a session. */
function findGateway(manager: WebSocketManager, options: GatewayOptions): Promise<string> {
  return untilReached(options, async () => {
    const { url, session_start_limit: limit } = await manager.fetchGatewayInformation(true);
    if (limit.remaining >= SHARD_COUNT) return url;
    options.log.error(
      { resetAfterMs: limit.reset_after },
      'Discord allows no more new sessions for now; waiting',
    );
    return undefined;
  });
}

/**
 * Asks Discord something until it answers, with pauses from 0.5 to 15 seconds.
 *
 * @param ask resolves with `undefined` when it is to be asked again
 * @throws ConfigurationError when Discord refuses the token
 */
async function untilReached<T>(
  { rest, token, log }: GatewayOptions,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  for (let wait = 500; ; wait = Math.min(wait * 2, 15_000)) {
    try {
      // A 401 makes the library forget the token, also one that a proxy on the way gave.
      rest.setToken(token);
      const found = await ask();
      if (found !== undefined) return found;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 401) {
        throw new ConfigurationError(TOKEN_REFUSED, { cause: error });
      }
      log.warn({ err: error }, 'Discord is not reached yet; trying on');
    }
    await pause(wait);
  }
}
