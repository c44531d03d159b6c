import type { Item } from './item';
import type { LeftOut } from './left-out';

/** What one request of a source comes to, once it is known to be genuine. It is never an exception. */
export type Delivery =
  | {
      readonly result: 'items';
      /** In the order in which they happened; at least one. */
      readonly items: readonly [Item, ...Item[]];
      /** Of pushes among them; absent: it leaves out nothing, or nothing that can be asked for. */
      readonly leftOut?: readonly LeftOut[];
    }
  | Ignored
  | Challenge
  | Revocation
  | Malformed;

/** There is nothing to announce in it. */
export interface Ignored {
  readonly result: 'ignored';
  /** A sentence for the administrator who looks why nothing was posted. */
  readonly reason: string;
}

/** The service wants to know whether we asked for it; it goes on when it gets the answer. */
export interface Challenge {
  readonly result: 'challenge';
  readonly answer: {
    readonly contentType: 'text/plain';
    readonly body: string;
  };
  readonly subscription: {
    readonly act: 'subscribe' | 'unsubscribe';
    /** As the service names what is subscribed to. */
    readonly topic: string;
    /** How long it lasts from now, in seconds; `null`: until it is revoked. */
    readonly leaseSeconds: number | null;
  };
}

/** The service will send nothing more, or never began. */
export interface Revocation {
  readonly result: 'revocation';
  readonly topic: string;
  /** In the service's own words. */
  readonly reason: string;
}

/** It is not what the service's documentation says. */
export interface Malformed {
  readonly result: 'malformed';
  /** Where, as a path in the body (`repository.full_name`), or a header's name. */
  readonly field: string;
  /** A sentence: what is wrong there. It holds nothing of what was sent. */
  readonly problem: string;
  /** What would have been right there. */
  readonly example: string;
}

export const ignored = (reason: string): Ignored => ({ result: 'ignored', reason });

export const malformed = (field: string, problem: string, example: string): Malformed => ({
  result: 'malformed',
  field,
  problem,
  example,
});

export const announced = (item: Item, leftOut: LeftOut | null = null): Delivery =>
  itemsOf([item], leftOut === null ? [] : [leftOut]);

/** @param otherwise why there is nothing to announce, when there are no items */
export function delivered(
  items: readonly Item[],
  otherwise: string,
  leftOut: readonly LeftOut[] = [],
): Delivery {
  const [first, ...rest] = items;
  return first === undefined ? ignored(otherwise) : itemsOf([first, ...rest], leftOut);
}

const itemsOf = (items: readonly [Item, ...Item[]], leftOut: readonly LeftOut[]): Delivery => ({
  result: 'items',
  items,
  ...(leftOut.length > 0 && { leftOut }),
});
