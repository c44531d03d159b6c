import { setMaxListeners } from 'node:events';
import type { FailureCause } from '../../domain/watching/check';
import { isInternalAddress } from '../../network/addresses';
import { causeOf } from '../probes/failure';
import { findAddresses } from '../probes/find-addresses';
import { TimeLimit } from '../probes/time-limit';
import { createResolver, type Resolver } from '../resolver';
import { RconConnection } from './connection';
import { RconFailure, type RconFailureCode } from './failure';
import { requirePassword, requireSendable } from './sendable';
import { Turns } from './turns';

const RCON_PORT = 25_575;
const DEFAULT_TIMEOUT_MS = 10_000;
/** A connection that nobody uses is not kept; while it is kept, the server logs no new login. */
const DEFAULT_IDLE_MS = 60_000;

/** Where commands go. */
export interface RconPlace {
  /** A name or an IP address, without port. */
  readonly address: string;
  /** `null`: 25575. */
  readonly port: number | null;
  /** In clear text. */
  readonly password: string;
  /** Whether addresses of private and local networks may be asked. */
  readonly allowInternal: boolean;
}

export interface RconParts {
  /** Default: the machine's name servers. */
  readonly resolver?: Resolver;
  /** Which addresses are asked only where the administrator allowed it. */
  readonly isInternal?: (address: string) => boolean;
  /** A connection is closed when no command came for so many milliseconds. */
  readonly idleMs?: number;
}

export interface CommandLimits {
  /** From the call to the answer, waiting for its turn and the login included; default 10,000. */
  readonly timeoutMs?: number;
  /** Ends it at once; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /**
   * Whether the command does no harm when it runs twice. Then it is sent once more if a connection that
   * was kept turns out to be broken, for example because the server has restarted.
   */
  readonly repeatable?: boolean;
}

/** Something that carries out a game server's commands. */
export interface Console {
  /**
   * @param command one line of at most 1,446 bytes, without a slash before it
   * @returns what the command put out, at most 1 MiB; text from outside
   * @throws RconFailure, or the signal's reason
   */
  run(command: string, limits?: CommandLimits): Promise<string>;
}

/**
 * A game server's RCON. It connects with the first command and again after a break, sends one command at a
 * time in the order of the calls, and gives each answer to the one who asked.
 */
export class RconClient implements Console {
  readonly #turns = new Turns();
  readonly #resolver: Resolver;
  readonly #isInternal: (address: string) => boolean;
  readonly #idleMs: number;
  /** Commands that wait or run; each ends with its own. */
  readonly #running = new Set<AbortController>();
  #isClosed = false;
  #connection: RconConnection | undefined;
  /** Some servers hang up on what is no command, or say nothing: their outputs end with silence. */
  #bearsQuestions = true;
  #idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly place: RconPlace,
    { resolver, isInternal = isInternalAddress, idleMs = DEFAULT_IDLE_MS }: RconParts = {},
  ) {
    this.#resolver = resolver ?? createResolver();
    this.#isInternal = isInternal;
    this.#idleMs = idleMs;
  }

  async run(
    command: string,
    { timeoutMs = DEFAULT_TIMEOUT_MS, signal, repeatable = false }: CommandLimits = {},
  ): Promise<string> {
    signal?.throwIfAborted();
    requireSendable(command);
    requirePassword(this.place.password);
    const running = new AbortController();
    const limit = new TimeLimit({ timeoutMs, signal: running.signal });
    const unfollow = follow(signal, running);
    this.#running.add(running);
    try {
      return await this.#turns.take(limit, () => this.#send(command, limit, repeatable));
    } catch (error) {
      if (this.#isClosed) {
        throw new RconFailure('client-closed', { mayHaveRun: mayHaveRun(error) });
      }
      signal?.throwIfAborted();
      throw failureOf(error);
    } finally {
      this.#running.delete(running);
      unfollow();
      limit.close();
    }
  }

  /** Hangs up; whoever waits is told `client-closed`. It may be called again. */
  close(): void {
    this.#isClosed = true;
    for (const running of this.#running) running.abort();
    this.#hangUp();
  }

  async #send(command: string, limit: TimeLimit, repeatable: boolean): Promise<string> {
    clearTimeout(this.#idle);
    try {
      const kept = this.#connection?.isOpen === true ? this.#connection : undefined;
      const connection = kept ?? (await this.#connect(limit));
      try {
        return await ask(connection, command, limit);
      } catch (error) {
        const hungUp = this.#bearsQuestions && !connection.bearsQuestions;
        if (!repeatable || !isBroken(error) || (kept === undefined && !hungUp)) throw error;
        this.#bearsQuestions = connection.bearsQuestions;
        return await ask(await this.#connect(limit), command, limit);
      } finally {
        this.#bearsQuestions &&= connection.bearsQuestions;
      }
    } finally {
      this.#idle = setTimeout(() => {
        this.#hangUp();
      }, this.#idleMs).unref();
      if (this.#isClosed) this.#hangUp();
    }
  }

  async #connect(limit: TimeLimit): Promise<RconConnection> {
    if (this.#isClosed) throw new RconFailure('client-closed');
    const { address, port, password, allowInternal } = this.place;
    const means = { resolver: this.#resolver, isInternal: this.#isInternal, limit };
    const addresses = await findAddresses(address, allowInternal, means);
    const place = port ?? RCON_PORT;
    const bears = this.#bearsQuestions;
    this.#connection = await RconConnection.open(addresses, place, password, bears, limit);
    return this.#connection;
  }

  #hangUp(): void {
    clearTimeout(this.#idle);
    this.#connection?.close();
    this.#connection = undefined;
  }
}

/** Aborts with the signal. AbortSignal.any would keep something of every command in a signal that lives on. */
function follow(signal: AbortSignal | undefined, running: AbortController): () => void {
  if (signal === undefined) return () => undefined;
  const abort = (): void => {
    running.abort();
  };
  // Many commands may wait with one signal; Node.js takes more than ten listeners for a leak.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', abort, { once: true });
  return () => {
    signal.removeEventListener('abort', abort);
  };
}

/** From here on the server may have carried the command out. */
async function ask(connection: RconConnection, command: string, limit: TimeLimit): Promise<string> {
  try {
    return await connection.ask(command, limit);
  } catch (error) {
    const failure = failureOf(error);
    if (!(failure instanceof RconFailure)) throw failure;
    const { code } = failure;
    throw new RconFailure(code, { mayHaveRun: code !== 'wrong-password', cause: error });
  }
}

function isBroken(error: unknown): boolean {
  return error instanceof RconFailure && error.code === 'closed';
}

function mayHaveRun(error: unknown): boolean {
  return error instanceof RconFailure && error.mayHaveRun;
}

/** What no server and no network can bring about is a mistake of ours, and stays what it is. */
function failureOf(error: unknown): unknown {
  if (error instanceof RconFailure) return error;
  const cause = causeOf(error);
  return cause === undefined ? error : new RconFailure(CODES[cause], { cause: error });
}

const CODES: Readonly<Record<FailureCause, RconFailureCode>> = {
  refused: 'refused',
  'timed-out': 'timed-out',
  'name-not-found': 'name-not-found',
  unreachable: 'unreachable',
  'closed-early': 'closed',
  'protocol-error': 'protocol-error',
  'wrong-answer': 'wrong-password',
  'too-large': 'too-large',
  'forbidden-address': 'forbidden-address',
};
