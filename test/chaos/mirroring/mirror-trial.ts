import { setTimeout as pause } from 'node:timers/promises';
import { startLocalDiscord, type Driver, type LocalDiscord } from '../../../sandbox';
import { mirrorReviewWorkflowId } from '../../../workflows/mirror/contract';
import { DEMO } from '../../../sandbox';
import { until } from '../../workflow/until';
import { Castle } from '../castle/castle';
import { compareChannels, type Comparison } from './compare';
import { MIRROR, mirroringConfiguration } from './configuration';

/** A Discord that forgets nothing of a whole run. */
const JOURNAL_LIMIT = 5_000_000;
const LOOK_MS = 1_000;
/** For so long the two channels must stay as they are. */
const CALM_MS = 2_000;

/** A Discord of the test's own, and the product on it with a mirror. */
export class MirrorTrial {
  /** Cuts of the gateway. */
  cuts = 0;

  private constructor(
    private readonly discord: LocalDiscord,
    readonly castle: Castle,
  ) {}

  static async begin(): Promise<MirrorTrial> {
    const discord = await startLocalDiscord({ journalLimit: JOURNAL_LIMIT });
    const trial = new MirrorTrial(discord, Castle.plan(discord, mirroringConfiguration));
    try {
      await trial.castle.start();
      await trial.castle.temporal((client) =>
        until('the bot’s first look at the mirror', async () => {
          const id = mirrorReviewWorkflowId(DEMO.guild, MIRROR);
          const found = await client.workflow
            .getHandle(id)
            .describe()
            .catch(() => null);
          return found?.status.name === 'COMPLETED';
        }),
      );
      return trial;
    } catch (error) {
      await trial.end();
      throw error;
    }
  }

  get driver(): Driver {
    return this.discord.driver;
  }

  /** Something is about to be done to the bot's connection. */
  readonly disturb = (): void => {
    this.cuts += 1;
  };

  /** Waits until the copy equals the original and stays so, and gives the last look. */
  async untilEqual(patienceMs: number): Promise<Comparison> {
    const until = performance.now() + patienceMs;
    for (;;) {
      const seen = await compareChannels(this.driver);
      if (seen.differences.length === 0) {
        await pause(CALM_MS);
        const again = await compareChannels(this.driver);
        if (again.differences.length === 0 || performance.now() > until) return again;
      }
      if (performance.now() > until) return seen;
      await pause(LOOK_MS);
    }
  }

  /** Workflows of mirrors by how they stand. */
  workflows(): Promise<ReadonlyMap<string, number>> {
    return this.castle.temporal(async (client) => {
      const counts = new Map<string, number>();
      const query = "CastellanKind = 'mirror' or CastellanKind = 'mirror-review'";
      for await (const { status } of client.workflow.list({ query })) {
        counts.set(status.name, (counts.get(status.name) ?? 0) + 1);
      }
      return counts;
    });
  }

  /** Ends everything, whatever state it is in. */
  async end(): Promise<void> {
    await this.castle.raze();
    await this.discord.stop();
  }
}
