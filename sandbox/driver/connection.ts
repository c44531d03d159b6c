import { WebSocket } from 'ws';
import type { InputOf, OperationName, OutputOf } from '../control/operations';
import type { ControlError } from '../control/control';
import type { JournalEntry } from '../server/journal-entry';
import type { InteractionState } from '../server/interactions/state';

/** Why the local Discord did not do what a person or the driver asked for. */
export class DriverError extends Error {
  override readonly name = 'DriverError';

  constructor(
    /** Discord's error code (a number), or the client's obstacle such as `not-allowed`. */
    readonly code: string | number,
    /** The HTTP status that a bot would have got. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

interface Told {
  id?: number;
  ok?: unknown;
  error?: ControlError;
  interaction?: InteractionState;
  journal?: JournalEntry;
}

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** The driver's connection to a local Discord, in this process or in another one. */
export class DriverConnection {
  private readonly waiting = new Map<number, Waiting>();
  private readonly interactionListeners = new Map<string, (state: InteractionState) => void>();
  private readonly early = new Map<string, InteractionState[]>();
  private readonly journalListeners = new Set<(entry: JournalEntry) => void>();
  private count = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      // What comes here was written by our own server's Control, in the shape of Told.
      this.receive(JSON.parse(data.toString('utf8')) as Told);
    });
    socket.on('close', () => {
      this.fail(new Error('The connection to the local Discord is closed.'));
    });
    socket.on('error', (error) => {
      this.fail(error);
    });
  }

  static open(baseUrl: string): Promise<DriverConnection> {
    const socket = new WebSocket(`${baseUrl.replace(/^http/, 'ws')}/sandbox/stream`);
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('open', () => {
        socket.off('error', reject);
        resolve(new DriverConnection(socket));
      });
    });
  }

  /** Runs an operation. @throws DriverError if it is refused */
  call<Name extends OperationName>(op: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
    this.count += 1;
    const id = this.count;
    return new Promise((resolve, reject) => {
      if (this.socket.readyState !== WebSocket.OPEN) {
        reject(new Error('The connection to the local Discord is closed.'));
        return;
      }
      this.waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.socket.send(JSON.stringify({ id, op, input }));
    });
  }

  /** Calls back with every state of the interaction that is told from now on, and what came before. */
  onInteraction(id: string, callback: (state: InteractionState) => void): void {
    this.interactionListeners.set(id, callback);
    for (const state of this.early.get(id) ?? []) callback(state);
    this.early.delete(id);
  }

  /** Calls back with every journal entry, until the returned function is called. */
  async onJournal(callback: (entry: JournalEntry) => void): Promise<() => void> {
    this.journalListeners.add(callback);
    if (this.journalListeners.size === 1) await this.call('journal/watch', { on: true });
    return () => {
      this.journalListeners.delete(callback);
      if (this.journalListeners.size > 0 || this.socket.readyState !== WebSocket.OPEN) return;
      // Nobody waits for it to be switched off.
      this.call('journal/watch', { on: false }).catch(() => undefined);
    };
  }

  close(): void {
    this.socket.terminate();
  }

  private receive(told: Told): void {
    if (told.interaction !== undefined) {
      const { id } = told.interaction;
      const listener = this.interactionListeners.get(id);
      if (listener !== undefined) listener(told.interaction);
      // The interaction may be answered before its own sender knows its id.
      else this.early.set(id, [...(this.early.get(id) ?? []), told.interaction]);
      return;
    }
    if (told.journal !== undefined) {
      for (const listener of [...this.journalListeners]) listener(told.journal);
      return;
    }
    const waiting = this.waiting.get(told.id ?? 0);
    this.waiting.delete(told.id ?? 0);
    if (told.error === undefined) waiting?.resolve(told.ok);
    else {
      const { code, status, message } = told.error;
      waiting?.reject(new DriverError(code, status, message));
    }
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
