/** Too many wait already. */
export class WaitingRoomFull extends Error {
  readonly code = 'waiting-room-full';

  /** @param of whether it is the guest's own doing, or all of them together */
  constructor(readonly of: 'guest' | 'all') {
    super('Too many requests wait already.');
    this.name = 'WaitingRoomFull';
  }
}

export interface WaitingRoomOptions<Value> {
  /** Reads what is there now. It may throw; whoever waits for it then hears of it. */
  readonly look: (key: string) => Promise<Value>;
  /** How long between two looks, in milliseconds. */
  readonly everyMs: number;
  /** How many may wait at the same time, and how many of one guest. */
  readonly most: number;
  readonly mostOfGuest: number;
  /** When the process stops nobody waits any longer. */
  readonly stopping: AbortSignal;
}

export interface Wait<Value> {
  /** What is waited for. All who wait for the same share one look. */
  readonly key: string;
  readonly guest: string;
  readonly isNews: (value: Value) => boolean;
  /** In milliseconds; 0: not at all. */
  readonly forMs: number;
  /** When whoever waits goes away. */
  readonly leaving: AbortSignal;
}

interface Waiter<Value> {
  readonly isNews: (value: Value) => boolean;
  readonly end: (value: Value) => void;
  readonly fail: (error: unknown) => void;
  latest: Value;
}

interface Room<Value> {
  readonly waiters: Set<Waiter<Value>>;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Where long polls wait: until there is news, the time is over, they leave, or the process stops. While
 * anybody waits there is one look after the other with a pause between them; else there is none.
 */
export class WaitingRoom<Value> {
  readonly #options: WaitingRoomOptions<Value>;
  readonly #rooms = new Map<string, Room<Value>>();
  readonly #looks = new Map<string, Promise<Value>>();
  readonly #guests = new Map<string, number>();
  #waiting = 0;

  constructor(options: WaitingRoomOptions<Value>) {
    this.#options = options;
    options.stopping.addEventListener('abort', () => {
      for (const { waiters } of [...this.#rooms.values()]) {
        for (const waiter of [...waiters]) waiter.end(waiter.latest);
      }
    });
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * @returns the news, or what was there last
   * @throws WaitingRoomFull, and whatever `look` throws
   */
  async wait(wait: Wait<Value>): Promise<Value> {
    const { stopping, most, mostOfGuest } = this.#options;
    const first = await this.#look(wait.key);
    const over = (): boolean => stopping.aborted || wait.leaving.aborted;
    if (wait.forMs <= 0 || over() || wait.isNews(first)) return first;
    const ofGuest = this.#guests.get(wait.guest) ?? 0;
    if (ofGuest >= mostOfGuest) throw new WaitingRoomFull('guest');
    if (this.#waiting >= most) throw new WaitingRoomFull('all');
    this.#waiting += 1;
    this.#guests.set(wait.guest, ofGuest + 1);
    try {
      return await this.#stay(wait, first);
    } finally {
      this.#waiting -= 1;
      const left = (this.#guests.get(wait.guest) ?? 1) - 1;
      if (left === 0) this.#guests.delete(wait.guest);
      else this.#guests.set(wait.guest, left);
    }
  }

  #stay({ key, isNews, forMs, leaving }: Wait<Value>, first: Value): Promise<Value> {
    const room = this.#rooms.get(key) ?? { waiters: new Set(), timer: undefined };
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        leaving.removeEventListener('abort', giveUp);
        room.waiters.delete(waiter);
        if (room.waiters.size === 0) this.#close(key, room);
      };
      const waiter: Waiter<Value> = {
        isNews,
        latest: first,
        end: (value) => {
          leave();
          resolve(value);
        },
        fail: (error) => {
          leave();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      const giveUp = (): void => {
        waiter.end(waiter.latest);
      };
      const timer = setTimeout(giveUp, forMs);
      leaving.addEventListener('abort', giveUp, { once: true });
      room.waiters.add(waiter);
      if (this.#rooms.get(key) !== room) {
        this.#rooms.set(key, room);
        this.#lookLater(key, room);
      }
    });
  }

  #lookLater(key: string, room: Room<Value>): void {
    room.timer = setTimeout(() => {
      void this.#lookAgain(key, room);
    }, this.#options.everyMs);
  }

  async #lookAgain(key: string, room: Room<Value>): Promise<void> {
    try {
      const value = await this.#look(key);
      for (const waiter of [...room.waiters]) {
        waiter.latest = value;
        if (waiter.isNews(value)) waiter.end(value);
      }
    } catch (error) {
      for (const waiter of [...room.waiters]) waiter.fail(error);
    }
    // It may be closed by now, and another one be open in its place.
    if (this.#rooms.get(key) === room) this.#lookLater(key, room);
  }

  #close(key: string, room: Room<Value>): void {
    clearTimeout(room.timer);
    if (this.#rooms.get(key) === room) this.#rooms.delete(key);
  }

  /** Those who look for the same at the same time share one look. */
  #look(key: string): Promise<Value> {
    const underWay = this.#looks.get(key);
    if (underWay !== undefined) return underWay;
    const look = this.#options.look(key).finally(() => {
      this.#looks.delete(key);
    });
    this.#looks.set(key, look);
    return look;
  }
}
