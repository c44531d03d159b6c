import type { DueServer } from '../../src/db/watching';
import { catchUp } from '../../src/domain/watching/catch-up';
import type { Check, CheckResult } from '../../src/domain/watching/check';
import { observe, type Observation } from '../../src/domain/watching/observe';
import type { ServerFact, ServerState } from '../../src/domain/watching/server-state';
import { needsAnotherProbe } from '../../src/domain/watching/status';

/** One server in a round: what is seen of it, and what follows. */
export class Watch {
  state: ServerState;
  readonly facts: ServerFact[] = [];
  readonly checks: Check[] = [];
  /** What the newest probe said, as long as it is not clear whether it can be believed. */
  private newest: Check | null = null;

  /** @param now when the round began (milliseconds since the epoch) */
  constructor(
    readonly due: DueServer,
    now: number,
  ) {
    this.state = due.state;
    this.catchUp(now);
  }

  /** What a probe that began at `at` said. It counts once it is believed. */
  hear(at: number, result: CheckResult): void {
    this.newest = { at, result };
  }

  /** Whether the newest probe failed although the server was not known to be down. */
  get surprises(): boolean {
    return this.newest?.result.up === false && this.state.verdict !== 'down';
  }

  /** The newest probe counts. */
  believe(): void {
    if (this.newest === null) return;
    // The machine may have slept between two probes of one round.
    this.catchUp(this.newest.at);
    this.checks.push(this.newest);
    this.see({ type: 'check', ...this.newest });
    this.newest = null;
  }

  /** We are cut off: an answer counts, and a failure says that we cannot see. */
  doubtOurselves(now: number): void {
    if (this.newest?.result.up === false) {
      this.see({ type: 'blind', from: this.newest.at, to: now });
      this.newest = null;
    } else this.believe();
  }

  get isSuspect(): boolean {
    return needsAnotherProbe(this.state);
  }

  private catchUp(now: number): void {
    for (const observation of catchUp(this.state, this.due.server, now)) this.see(observation);
  }

  private see(observation: Observation): void {
    const { state, facts } = observe(this.state, this.due.server.thresholds, observation);
    this.state = state;
    this.facts.push(...facts);
  }
}
