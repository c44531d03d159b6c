import type { AckKind } from '../world/model';
import type { InteractionState, SeenMessage } from '../server/interactions/state';

/** How the application acknowledged an interaction, and how long that took. */
export interface Acknowledgement {
  kind: AckKind;
  /** From sending to acknowledgement, by Discord's clock, in milliseconds. */
  ms: number;
}

/** A form that was opened to a person. */
export interface OpenModal {
  /** The interaction that it answers: what `submitModal` names. */
  interactionId: string;
  customId: string;
  title: string;
  components: NonNullable<InteractionState['modal']>['components'];
}

/** The application did not acknowledge in time, or not with what was waited for. */
export class InteractionFailure extends Error {
  override readonly name = 'InteractionFailure';
}

/** How long the waiting methods wait unless they are told otherwise, in milliseconds. */
export const PATIENCE = 20_000;

/** One interaction as the person who began it sees it. */
export class InteractionHandle {
  private current: InteractionState;
  private readonly listeners = new Set<() => void>();
  /** How the application acknowledged; rejects with "did not respond" after three seconds. */
  readonly acknowledged: Promise<Acknowledgement>;

  constructor(state: InteractionState, listen: (update: (next: InteractionState) => void) => void) {
    this.current = state;
    listen((next) => {
      if (next.revision < this.current.revision) return;
      this.current = next;
      for (const listener of [...this.listeners]) listener();
    });
    this.acknowledged = this.first('an acknowledgement', 10_000, ({ ack }) => ack ?? undefined);
    // Whoever does not ask must not be killed by an unhandled rejection.
    this.acknowledged.catch(() => undefined);
  }

  get id(): string {
    return this.current.id;
  }

  /** What the person sees right now. */
  get state(): InteractionState {
    return this.current;
  }

  /** The form that is shown; rejects when the interaction is answered with anything else. */
  modal(timeoutMs = PATIENCE): Promise<OpenModal> {
    return this.first('a form', timeoutMs, ({ id, ack, modal }) => {
      if (modal !== null) {
        const { custom_id: customId, title, components } = modal;
        return { interactionId: id, customId, title, components };
      }
      if (ack !== null) throw this.failure(`it was answered with ${ack.kind}, not with a form`);
      return undefined;
    });
  }

  /**
   * The answer, once it no longer "thinks": the message itself, the updated message, or where the
   * interaction was only acknowledged silently, the first follow-up.
   */
  reply(timeoutMs = PATIENCE): Promise<SeenMessage> {
    return this.first('an answer', timeoutMs, (state) => {
      const shown = shownAnswer(state);
      if (shown === undefined && (state.ack?.kind === 'modal' || state.choices !== null)) {
        throw this.failure('it was answered with a form or suggestions, not with a message');
      }
      return shown;
    });
  }

  /** The suggestions of an autocomplete. */
  choices(timeoutMs = PATIENCE): Promise<{ name: string; value: string | number }[]> {
    return this.first('suggestions', timeoutMs, ({ choices }) => choices ?? undefined);
  }

  /** The answer after its next edit. */
  nextEdit(timeoutMs = PATIENCE): Promise<SeenMessage> {
    const { replyEdits, reply, loading } = this.current;
    return this.first('an edit', timeoutMs, (state) => {
      if (state.reply === null || state.loading) return undefined;
      const isNew = state.reply.id !== reply?.id || loading;
      return isNew || state.replyEdits > replyEdits ? state.reply : undefined;
    });
  }

  /** The first state, the present one included, that is as wanted: for what is no message. */
  until(
    predicate: (state: InteractionState) => boolean,
    timeoutMs = PATIENCE,
  ): Promise<InteractionState> {
    return this.first('the wanted state', timeoutMs, (state) =>
      predicate(state) ? state : undefined,
    );
  }

  /** The first answer, the present one included, that is as wanted. The predicate also gets the whole state. */
  settled(
    predicate: (reply: SeenMessage, state: InteractionState) => boolean,
    timeoutMs = PATIENCE,
  ): Promise<SeenMessage> {
    return this.first('the wanted answer', timeoutMs, (state) => {
      const candidates = [state.loading ? null : state.reply, ...state.followups];
      return candidates.find((one) => one !== null && predicate(one, state)) ?? undefined;
    });
  }

  /** The nth follow-up, counted from 0. */
  followup(index = 0, timeoutMs = PATIENCE): Promise<SeenMessage> {
    return this.first('a follow-up', timeoutMs, ({ followups }) => followups[index]);
  }

  private failure(what: string): InteractionFailure {
    const { label, id } = this.current;
    return new InteractionFailure(`Interaction ${label} (${id}): ${what}.`);
  }

  /** Resolves with the first state's value that is not undefined. */
  private first<Value>(
    what: string,
    timeoutMs: number,
    pick: (state: InteractionState) => Value | undefined,
  ): Promise<Value> {
    return new Promise((resolve, reject) => {
      const look = (): boolean => {
        let value: Value | undefined;
        try {
          value = pick(this.current);
        } catch (error) {
          finish();
          reject(error instanceof Error ? error : this.failure(String(error)));
          return true;
        }
        if (value !== undefined) {
          finish();
          resolve(value);
          return true;
        }
        if (this.current.status !== 'failed') return false;
        finish();
        reject(this.failure('the application did not respond'));
        return true;
      };
      const timer = setTimeout(() => {
        finish();
        const now = JSON.stringify(this.current);
        reject(this.failure(`waited ${timeoutMs} ms for ${what}; it now is ${now}`));
      }, timeoutMs);
      timer.unref();
      const finish = (): void => {
        clearTimeout(timer);
        this.listeners.delete(look);
      };
      this.listeners.add(look);
      look();
    });
  }
}

/** What the person reads as the answer, if there is one yet. */
function shownAnswer(state: InteractionState): SeenMessage | undefined {
  if (state.loading) return undefined;
  return state.reply ?? state.followups[0];
}
