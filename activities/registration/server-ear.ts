import type { Edition } from '../../src/domain/registration/account';
import { sameName } from '../../src/domain/registration/name';
import type { PendingRegistration } from '../../src/db/registration';
import type { GameBridge, PendingName, Typed } from '../../src/minecraft/bridge';
import type { Logger } from '../../src/observability/logger';
import { Listener } from './game-listener';

/** Registrations of a name whose codes can be typed. */
export type ReadPending = (
  guildId: string,
  edition: Edition,
  name: string,
) => Promise<readonly PendingRegistration[]>;

/** Between two calls of a workflow that goes on to listen there is less; whoever is gone for longer is gone. */
const FORGOTTEN_AFTER_MS = 60_000;
/** A last look takes what was set up in the game away; then nothing is asked of the server any more. */
const LINGER_MS = 10_000;

export interface ServerEarOptions {
  readonly guildId: string;
  /** What the bridge was opened with. */
  readonly settings: string;
  readonly bridge: GameBridge;
  readonly readPending: ReadPending;
  readonly hashCode: (registrationId: string, code: string) => string;
  readonly log: Logger;
}

/** Listens on one server for all registrations of this process that wait for it. */
export class ServerEar {
  readonly #listeners = new Map<string, Listener>();
  readonly #ending = new AbortController();
  #emptySince = performance.now();

  constructor(private readonly options: ServerEarOptions) {
    void this.#hear();
  }

  get settings(): string {
    return this.options.settings;
  }

  get isClosed(): boolean {
    return this.#ending.signal.aborted;
  }

  listener(registrationId: string): Listener | undefined {
    return this.#listeners.get(registrationId);
  }

  listen(registrationId: string, player: PendingName): Listener {
    const known = this.#listeners.get(registrationId);
    if (known !== undefined) return known;
    const listener = new Listener(player, () => {
      // A later attempt to register the name may listen by now.
      if (this.#listeners.get(registrationId) !== listener) return;
      this.#listeners.delete(registrationId);
      this.#emptySince = performance.now();
    });
    this.#listeners.set(registrationId, listener);
    return listener;
  }

  forget(registrationId: string): void {
    this.#listeners.get(registrationId)?.end('over');
  }

  close(): void {
    this.#ending.abort();
    for (const listener of [...this.#listeners.values()]) listener.end('interrupted');
    this.options.bridge.close();
  }

  async #hear(): Promise<void> {
    const { bridge, log } = this.options;
    const { signal } = this.#ending;
    try {
      for await (const typed of bridge.watch(() => Promise.resolve(this.#pending()), signal)) {
        await this.#pass(typed);
      }
    } catch (error) {
      log.error({ err: error }, 'listening on a game server ended');
    } finally {
      this.close();
    }
  }

  /** Whose names the server is watched for. It is asked again and again. */
  #pending(): PendingName[] {
    const now = performance.now();
    for (const listener of [...this.#listeners.values()]) {
      const gone = listener.asking === 0 && now - listener.lastAsked > FORGOTTEN_AFTER_MS;
      if (gone) listener.end('over');
    }
    if (this.#listeners.size === 0 && now - this.#emptySince > LINGER_MS) this.close();
    return [...this.#listeners.values()].map(({ player }) => player);
  }

  /** Gives it to the registration whose code it is; else to all of that name, since nobody knows which was meant. */
  async #pass(typed: Typed): Promise<void> {
    const { guildId, readPending, hashCode, log } = this.options;
    const { edition, name } = typed.player;
    const mine = [...this.#listeners].filter(
      ([, { player }]) => player.edition === edition && sameName(edition, player.name, name),
    );
    try {
      const pending = await readPending(guildId, edition, name);
      const right = pending.find(
        ({ registrationId, codeHash }) => hashCode(registrationId, typed.text) === codeHash,
      );
      const meant = mine.filter(([id]) => right === undefined || right.registrationId === id);
      for (const [id, listener] of meant) {
        listener.hear({ typed, codeHash: hashCode(id, typed.text) });
      }
      if (meant.length === 0) typed.again();
    } catch (error) {
      log.debug({ err: error }, 'what was typed cannot be looked up yet');
      typed.again();
    }
  }
}
