import { DEMO, startLocalDiscord, type Driver, type LocalDiscord } from '../../sandbox';
import { Castle } from './castle/castle';
import { untilAtRest } from './castle/rest';
import type { Disturbance } from './evidence/check-answers';
import { writeDossier } from './evidence/dossier';
import { gather } from './evidence/evidence';
import type { Finding } from './evidence/finding';
import { verdictOf } from './evidence/verdict';
import { PeopleRecord } from './people/record';

/** How long everything may take to come to rest when nothing is killed or spoilt any more. */
const REST_MS = 240_000;
/** A Discord that forgets nothing of a whole run. */
const JOURNAL_LIMIT = 5_000_000;

/** A Discord of the test's own, the product on it, and what people remember. */
export class Trial {
  readonly people = new PeopleRecord();
  readonly disturbances: Disturbance[] = [];

  private constructor(
    private readonly discord: LocalDiscord,
    readonly castle: Castle,
  ) {}

  /** Starts everything; the panel is posted. */
  static async begin(): Promise<Trial> {
    const discord = await startLocalDiscord({ journalLimit: JOURNAL_LIMIT });
    const trial = new Trial(discord, Castle.plan(discord));
    try {
      await trial.castle.start();
      await trial.postPanel();
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
    this.disturbances.push({ at: Date.now() });
  };

  /**
   * Waits until nothing is under way any more, then looks at everything from the outside.
   *
   * @param lived what is known already
   * @returns the figures, and everything that is not as it was promised
   */
  async verdict(lived: Finding = { figures: [], defects: [] }): Promise<Finding> {
    const restless = await untilAtRest(
      { underWay: () => this.underWay(), thinking: () => this.thinking() },
      REST_MS,
    );
    const evidence = await gather(this.driver, this.castle, this.people);
    const { figures, defects } = verdictOf(evidence, this.castle.kills, this.disturbances);
    const all = [...lived.defects, ...restless, ...defects];
    if (all.length > 0) {
      const file = await writeDossier(this.castle, evidence, all);
      process.stdout.write(`What is known of what went wrong: ${file}\n`);
    }
    return { figures: [...lived.figures, ...figures], defects: all };
  }

  /** Ends everything, whatever state it is in. */
  async end(): Promise<void> {
    await this.castle.raze();
    await this.discord.stop();
  }

  private async postPanel(): Promise<void> {
    const { driver, people } = this;
    await driver.waitFor(
      async () => (await driver.world()).commands.some(({ name }) => name === 'panel'),
      60_000,
      'the commands',
    );
    const ada = driver.person('ada');
    const asked = await people.ask(ada, '/panel post', () =>
      ada.runCommand('panel post', { panel: 'main', channel: 'support' }),
    );
    const { content } = await asked.handle.reply(60_000);
    asked.told = 'shown';
    const posted = await driver.messages(DEMO.channels.support);
    if (posted.length === 0) throw new Error(`The panel was not posted: ${content}`);
  }

  /** How many people still look at an answer that "thinks". */
  private async thinking(): Promise<number> {
    const states = await Promise.all(
      this.people.asked.map(
        async ({ handle }) => (await this.driver.interaction(handle.id)) ?? handle.state,
      ),
    );
    const channels = new Set((await this.driver.guild()).channels.map(({ id }) => id));
    return states.filter(
      ({ status, ack, loading, channelId }) =>
        // In a channel that went away, nobody looks at anything.
        channels.has(channelId) && (status === 'pending' || (ack !== null && loading)),
    ).length;
  }

  /** What is not finished yet, in words. */
  private async underWay(): Promise<string[]> {
    const { castle } = this;
    const rows = await castle.query<{ number: number; status: string }>(
      "select number, status from cases where status in ('opening', 'closing', 'reopening')",
    );
    const busy = rows.map(({ number, status }) => `#${number} is ${status}`);
    await castle.temporal(async (client) => {
      const running = client.workflow.list({ query: "ExecutionStatus = 'Running'" });
      for await (const { workflowId } of running) {
        const { raw } = await client.workflow.getHandle(workflowId).describe();
        for (const { activityType } of raw.pendingActivities ?? []) {
          busy.push(`${workflowId} waits for ${activityType?.name ?? 'something'}`);
        }
        if (raw.pendingWorkflowTask) busy.push(`${workflowId} has something to decide`);
      }
    });
    return busy;
  }
}
