import { advance } from './advance';
import { nextStep, type SubscriptionStep } from './step';
import {
  MINUTE,
  DAY,
  newSubscription,
  type HubPlace,
  type KeptSource,
  type PollOutcome,
  type SubscriptionCommand,
  type SubscriptionState,
} from './subscription';

/** A keeper for tests, as the workflow runs it, in a world that answers at once. */

export const BORN = Date.UTC(2026, 0, 1);
export const HUB: HubPlace = { id: 'hub', sealed: 's' };

export const source = (more: Partial<KeptSource> = {}): KeptSource => ({
  createdAt: BORN,
  polled: { id: 'feed', everyMs: 10 * MINUTE, everyMsWithHub: 30 * MINUTE },
  hub: HUB,
  secretMadeAt: BORN,
  silentAfterMs: null,
  ...more,
});

/** What the world answers; a test changes it on the way. */
interface World {
  source: KeptSource | null;
  lastDeliveryAt: number | null;
  hub: 'grants' | 'refuses' | 'is-away' | 'forgets';
  leaseSeconds: number | null;
  feed: PollOutcome;
  discord: boolean;
}

export const fine = { outcome: 'fine', delivered: false } as const satisfies PollOutcome;

/** A keeper as the workflow runs it, in a world without waiting. */
export class Life {
  state: SubscriptionState = newSubscription(BORN);
  now = BORN;
  readonly done: [SubscriptionStep['step'] | `tell ${string}`, number][] = [];
  readonly world: World = {
    source: source(),
    lastDeliveryAt: null,
    hub: 'grants',
    leaseSeconds: 5 * (DAY / 1_000),
    feed: fine,
    discord: true,
  };

  constructor(world: Partial<World> = {}) {
    Object.assign(this.world, world);
  }

  hear(command: SubscriptionCommand): void {
    this.state = advance(this.state, command, this.now);
  }

  /** Lives on until then; asleep, nothing is done before. */
  until(at: number, { asleep = false } = {}): this {
    if (asleep) this.now = at;
    for (let steps = 0; steps < 20_000; steps += 1) {
      this.hear({ type: 'deadline' });
      const step = nextStep(this.state, this.now);
      if (step.step === 'end') {
        this.note('end');
        return this;
      }
      if (step.step === 'wait') {
        if (step.until > at) {
          this.now = at;
          return this;
        }
        if (step.until <= this.now) throw new Error('It waits for what has been.');
        this.now = step.until;
        continue;
      }
      this.carryOut(step);
    }
    throw new Error('It never came to rest.');
  }

  private note(what: Life['done'][number][0]): void {
    this.done.push([what, this.now - BORN]);
  }

  private carryOut(step: Exclude<SubscriptionStep, { step: 'wait' | 'end' }>): void {
    const { world } = this;
    this.note(
      step.step === 'tell'
        ? `tell ${step.trouble.trouble}${step.trouble.over ? ' is over' : ''}`
        : step.step,
    );
    switch (step.step) {
      case 'look':
        this.hear({ type: 'looking' });
        this.hear({
          type: 'looked',
          look: { source: world.source, lastDeliveryAt: world.lastDeliveryAt, told: [] },
        });
        return;
      case 'ask': {
        this.hear({ type: 'asking' });
        const { hub, leaseSeconds } = world;
        // It asks back before it answers.
        if (hub === 'grants') this.hear({ type: 'hub-asked', act: 'subscribe', leaseSeconds });
        const reason = 'no';
        this.hear({
          type: 'asked',
          outcome:
            hub === 'refuses' || hub === 'is-away'
              ? { outcome: hub === 'refuses' ? 'refused' : 'unreachable', reason }
              : { outcome: 'accepted', secretMadeAt: world.source?.secretMadeAt ?? 0 },
        });
        return;
      }
      case 'record':
        if (this.state.hub !== null) this.hear({ type: 'recorded', hub: this.state.hub });
        return;
      case 'unsubscribe':
        this.hear({ type: 'unsubscribed', place: step.place });
        return;
      case 'poll':
        this.hear({ type: 'polled', outcome: world.feed });
        return;
      case 'tell':
        this.hear(
          world.discord
            ? { type: 'told', trouble: step.trouble.trouble, over: step.trouble.over }
            : { type: 'not-told' },
        );
        return;
      case 'erase':
        this.hear({ type: 'erased', more: false });
    }
  }

  /** When something was done, in milliseconds from the beginning. */
  times(what: Life['done'][number][0]): number[] {
    return this.done.filter(([step]) => step === what).map(([, at]) => at);
  }

  get told(): string[] {
    return this.done.flatMap(([step]) => (step.startsWith('tell ') ? [step.slice(5)] : []));
  }
}
