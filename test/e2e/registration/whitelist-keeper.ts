import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { DEMO } from '../../../sandbox';
import { serverIsBack, whitelistWorkflowId } from '../../../workflows/whitelist/contract';
import { until } from '../../workflow/until';

/** What brings a server's whitelist in step, seen from outside. */
export class WhitelistKeeper {
  readonly #id: string;

  constructor(
    private readonly client: Client,
    serverId: string,
  ) {
    this.#id = whitelistWorkflowId(DEMO.guild, serverId);
  }

  /** The server answers again, as the rounds would say; by then nothing may be left to do. */
  async back(): Promise<void> {
    await this.#handle.signal(serverIsBack).catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  }

  /** Waits until the server knows everything. */
  async done(): Promise<void> {
    await this.#handle.result();
  }

  /** Waits until the server could not be told for this reason, in the run that is under way. */
  async met(reason: string): Promise<void> {
    await until(reason, async () => {
      const { events } = await this.#handle.fetchHistory();
      return events?.some(({ activityTaskCompletedEventAttributes: completed }) =>
        completed?.result?.payloads?.some(({ data }) =>
          Buffer.from(data ?? []).includes(`"${reason}"`),
        ),
      );
    });
  }

  get #handle() {
    return this.client.workflow.getHandle(this.#id);
  }
}
