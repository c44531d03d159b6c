import { setTimeout as pause } from 'node:timers/promises';

/**
 * Gathers what happens in one channel within a short time into one piece of news. The first message
 * opens a burst, which is told when its time is over, however many follow: a lively channel is told
 * of once per window, and no message waits longer than that.
 */
export interface BurstOptions<Message> {
  readonly windowMs: number;
  /** Tells of a burst, in the order of arrival. When it rejects, the messages count as untold. */
  readonly tell: (channelId: string, messages: readonly Message[]) => Promise<void>;
}

interface Burst<Message> {
  readonly messages: Message[];
  readonly told: Promise<void>;
  /** Ends the window at once. */
  readonly close: () => void;
}

export class Bursts<Message> {
  /** Open bursts, by channel. */
  readonly #open = new Map<string, Burst<Message>>();
  /** The telling of earlier bursts of a channel, which a later one waits for. */
  readonly #telling = new Map<string, Promise<void>>();

  constructor(private readonly options: BurstOptions<Message>) {}

  /**
   * Adds a message to its channel's burst.
   *
   * @returns settles when the burst was told of; rejects when it will not be in this process
   */
  add(channelId: string, message: Message): Promise<void> {
    const open = this.#open.get(channelId);
    if (open !== undefined) {
      open.messages.push(message);
      return open.told;
    }
    const messages = [message];
    let close: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const timer = setTimeout(close, this.options.windowMs);
    const before = this.#telling.get(channelId) ?? Promise.resolve();
    const told = closed.then(async () => {
      clearTimeout(timer);
      await before.catch(() => undefined);
      // While an earlier burst could not be told, this one goes on gathering: one piece of news is enough.
      this.#open.delete(channelId);
      await this.options.tell(channelId, messages);
    });
    this.#open.set(channelId, { messages, told, close });
    const ended = told
      .catch(() => undefined)
      .then(() => {
        if (this.#telling.get(channelId) === ended) this.#telling.delete(channelId);
      });
    this.#telling.set(channelId, ended);
    return told;
  }

  /**
   * Tells of everything that is gathered now, without waiting for the windows to end.
   *
   * @param withinMs for how long to wait until it is told
   */
  async stop(withinMs: number): Promise<void> {
    for (const { close } of this.#open.values()) close();
    const late = new AbortController();
    const limit = pause(withinMs, undefined, { signal: late.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.#telling.values()), limit]);
    late.abort();
  }
}
