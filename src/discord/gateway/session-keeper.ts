import type { SessionInfo } from '@discordjs/ws';
import { GatewayCloseCodes } from 'discord-api-types/v10';
import { Cursor } from './cursor';
import type { SessionStore, StoredSession } from './session-store';

/** The bot is one gateway connection: Discord wants a second one only beyond 2,500 guilds. */
export const SHARD_COUNT = 1;

/** After this many failed connections in a row the general address is tried in place of the session's own. */
const FAILURES_BEFORE_OTHER_URL = 3;

/**
 * Stands between @discordjs/ws and the session's file. The library wants to know what it received
 * last; the file says what was handled last, which is where a new process must go on.
 *
 * The library also forgets a session whenever it could not connect, and with it everything that
 * happened meanwhile. Trying to resume costs nothing: if the session is gone, Discord says so. So a
 * session is given up only when Discord has refused it on a connection that was greeted.
 */
export class SessionKeeper {
  #session: SessionInfo | null = null;
  #applicationId: string | null = null;
  #cursor = new Cursor(0);
  #greeted = false;
  #failures = 0;
  #frozen = false;

  private constructor(
    private readonly store: SessionStore,
    private readonly generalUrl: () => string | null,
  ) {}

  /** @param generalUrl the gateway's address for new sessions, once it is known */
  static async load(store: SessionStore, generalUrl: () => string | null): Promise<SessionKeeper> {
    const keeper = new SessionKeeper(store, generalUrl);
    const stored = await store.load();
    if (stored !== null) keeper.#restore(stored);
    return keeper;
  }

  #restore({ applicationId, sessionId, resumeUrl, sequence }: StoredSession): void {
    this.#applicationId = applicationId;
    this.#cursor = new Cursor(sequence);
    this.#session = {
      sessionId,
      resumeURL: resumeUrl,
      sequence,
      shardId: 0,
      shardCount: SHARD_COUNT,
    };
  }

  /** Known from the first session on. */
  get applicationId(): string | null {
    return this.#applicationId;
  }

  /**
   * For the library: the session to go on with. It resumes with this sequence, and names it in its
   * heartbeats, after which Discord need not keep the events up to there: so it is what was handled.
   */
  retrieve(): SessionInfo | null {
    if (this.#session === null) return null;
    const session = { ...this.#session, sequence: this.#cursor.handled };
    const general = this.generalUrl();
    if (general === null) return session;
    // Every other time, so that neither a dead address nor a mistaken one is final.
    const elsewhere = this.#failures >= FAILURES_BEFORE_OTHER_URL && this.#failures % 2 === 1;
    return elsewhere ? { ...session, resumeURL: general } : session;
  }

  /** From the library: what was received, or that it gives the session up. */
  update(info: SessionInfo | null): void {
    if (this.#frozen) return;
    if (info === null) {
      if (!this.#greeted) return;
      this.#session = null;
      this.store.save(null);
      return;
    }
    if (info.sessionId !== this.#session?.sessionId) this.#cursor = new Cursor(info.sequence - 1);
    // The address may be the general one that `retrieve` lent; a known session keeps its own.
    this.#session =
      info.sessionId === this.#session?.sessionId
        ? { ...info, resumeURL: this.#session.resumeURL }
        : info;
    this.#save();
  }

  /** A session began; `READY` names the application. */
  ready(applicationId: string): void {
    this.#applicationId = applicationId;
    this.#save();
    // A new session is of use to the next process only once it is in the file: this is no time to gather.
    void this.store.flush();
  }

  /** The gateway greeted a connection. */
  hello(): void {
    this.#greeted = true;
    this.#failures = 0;
  }

  /** A connection ended. */
  closed(code: number): void {
    if (!this.#greeted) this.#failures += 1;
    // With this code Discord itself refuses the place in the session.
    if (code !== (GatewayCloseCodes.InvalidSeq as number)) this.#greeted = false;
  }

  /**
   * An event has arrived.
   *
   * @returns to be called when it was handled; `null`: it is known already and nothing is to be done
   */
  begin(sequence: number): (() => void) | null {
    const cursor = this.#cursor;
    const done = cursor.begin(sequence);
    if (done === null) return null;
    return () => {
      done();
      if (cursor === this.#cursor) this.#save();
    };
  }

  /** From now on the session stays as it is, also when the library closes its connection. */
  freeze(): void {
    this.#frozen = true;
  }

  #save(): void {
    const session = this.#session;
    if (session === null || this.#applicationId === null) return;
    this.store.save({
      applicationId: this.#applicationId,
      sessionId: session.sessionId,
      resumeUrl: session.resumeURL,
      sequence: this.#cursor.handled,
    });
  }
}
