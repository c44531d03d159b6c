import type { MirrorRecord, Stream } from '../../src/db/mirrors';
import type { Attempt } from '../attempt';
import type { MirrorDependencies } from './dependencies';

/** What a piece of work in a target needs. */
export interface Scene {
  readonly deps: MirrorDependencies;
  readonly mirror: MirrorRecord;
  readonly stream: Stream;
  readonly attempt: Attempt;
  /** Holds the target on. @throws HoldLost when another one has it now */
  readonly keep: () => Promise<void>;
}

/** Another try works on the target by now: this one must not touch it any more. */
export class HoldLost extends Error {
  constructor() {
    super('Another try works on the target.');
    this.name = 'HoldLost';
  }
}

export function newerOf(left: string, right: string): string {
  return BigInt(left) > BigInt(right) ? left : right;
}
