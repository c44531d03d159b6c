import type { CaseRecorder } from '../../src/db/cases';
import { newCase, type CaseState } from '../../src/domain/cases/case';
import type { CaseEvent, RecordedEvent } from '../../src/domain/cases/events';
import { evolve } from '../../src/domain/cases/evolve';
import { opening, OPENER, POLICY } from './case-fixtures';

export const NOW = Date.UTC(2026, 0, 10, 12, 0, 0, 123);
export const CASE = 'ticket-1';
export const CHANNEL = '500000000000000001';
export const MESSAGE = '600000000000000001';

/** A case's life as its workflow would lead it: each step's events and the state that they lead to. */
export class Life {
  state: CaseState = newCase(OPENER, NOW);
  now = NOW;

  constructor(
    private readonly cases: CaseRecorder,
    private readonly caseId: string = CASE,
  ) {}

  async accepted(): Promise<this> {
    const outcome = await this.cases.accept(opening(this.caseId, { now: NOW }));
    if (!outcome.accepted) throw new Error('The fixture has no limits.');
    this.step({ type: 'accepted', number: outcome.number, policy: POLICY });
    return this;
  }

  async open(): Promise<this> {
    await this.accepted();
    await this.record({ type: 'channel-created', channelId: CHANNEL, messageId: MESSAGE });
    return this;
  }

  /** One second later, these happen. */
  step(...events: CaseEvent[]): { events: RecordedEvent[]; state: CaseState } {
    this.now += 1_000;
    const recorded = events.map((event) => {
      this.state = evolve(this.state, event, this.now);
      return { seq: this.state.seq, at: this.now, event };
    });
    return { events: recorded, state: this.state };
  }

  async record(...events: CaseEvent[]): Promise<void> {
    await this.write(this.step(...events));
  }

  async write(
    change: { events: RecordedEvent[]; state: CaseState },
    notes: [number, string][] = [],
  ): Promise<void> {
    await this.cases.record({ caseId: this.caseId, ...change, notes: new Map(notes) });
  }
}
