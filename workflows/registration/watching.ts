import {
  ActivityFailure,
  CancellationScope,
  isCancellation,
  proxyActivities,
} from '@temporalio/workflow';
import type { Guess } from '../../src/domain/registration/registration';
import { GAMES_TASK_QUEUE } from '../games-queue';
import { handlersFirst } from '../turn';
import type { HeardVerdict, RegistrationActivities, RegistrationRef } from './activities';
import type { GuessVerdict } from './contract';

/**
 * It listens for as long as the registration lasts. A heartbeat that is recorded is an Action, and the news of a
 * cancellation comes with one: at least every 24 s with this timeout.
 */
const { watchGame } = proxyActivities<RegistrationActivities>({
  taskQueue: GAMES_TASK_QUEUE,
  startToCloseTimeout: '1 day',
  heartbeatTimeout: '30 seconds',
  retry: {
    initialInterval: '1 second',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
  },
});

/** Where a server was listened to last. */
export interface Watched {
  readonly serverId: string;
  readonly cursor: string | null;
}

/** Listens on servers without a plugin, each by itself, and has judged what is heard. */
export class Watching {
  private readonly scope = new CancellationScope();
  private readonly cursors = new Map<string, string | null>();
  private hearing = 0;
  private last: HeardVerdict | null = null;

  constructor(
    private readonly registration: RegistrationRef,
    private readonly judge: (guess: Guess) => Promise<GuessVerdict>,
    private readonly isOver: () => boolean,
  ) {}

  /** Listens on these servers, too. */
  begin(watched: readonly Watched[]): void {
    for (const { serverId, cursor } of watched) {
      if (this.cursors.has(serverId)) continue;
      this.cursors.set(serverId, cursor);
      void this.scope.run(() => this.watch(serverId));
    }
  }

  end(): void {
    this.scope.cancel();
  }

  /** Whether all that was heard is judged, and the cursors are behind it. */
  get quiet(): boolean {
    return this.hearing === 0;
  }

  get servers(): readonly Watched[] {
    return [...this.cursors].map(([serverId, cursor]) => ({ serverId, cursor }));
  }

  /** What was heard last, with its verdict. */
  get heard(): HeardVerdict | null {
    return this.last;
  }

  private async watch(serverId: string): Promise<void> {
    try {
      let verdicts: readonly HeardVerdict[] | null = [];
      while (verdicts !== null && !this.isOver()) {
        verdicts = await this.listen(serverId, verdicts);
      }
    } catch (error) {
      // Cancelled: the registration is over. Given up: the code can still be typed elsewhere.
      if (!isCancellation(error) && !(error instanceof ActivityFailure)) throw error;
    }
  }

  /** @returns what became of what was heard; `null`: the server is not watched any more */
  private async listen(
    serverId: string,
    verdicts: readonly HeardVerdict[],
  ): Promise<readonly HeardVerdict[] | null> {
    await handlersFirst();
    const { registration } = this;
    const cursor = this.cursors.get(serverId) ?? null;
    const outcome = await watchGame.executeWithOptions({ summary: `Listen on ${serverId}` }, [
      { registration, serverId, cursor, verdicts },
    ]);
    if (outcome.outcome === 'not-watched') return null;
    this.hearing += 1;
    const judged: HeardVerdict[] = [];
    for (const guess of outcome.guesses) {
      if (this.isOver()) break;
      const verdict = await this.judge(guess);
      this.last = { serverId, player: guess.player, verdict };
      judged.push(this.last);
    }
    this.cursors.set(serverId, outcome.cursor);
    this.hearing -= 1;
    return judged;
  }
}
