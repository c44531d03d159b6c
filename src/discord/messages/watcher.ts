import { setTimeout as pause } from 'node:timers/promises';
import { MessageType, type GatewayMessageCreateDispatchData } from 'discord-api-types/v10';
import type { CaseReader } from '../../db/cases';
import type { Logger } from '../../observability/logger';
import type { Desk } from '../desk/desk';
import { CaseOver } from '../desk/errors';
import type { GuildDirectory } from '../guilds/directory';
import { throughOutages } from '../outage';
import { createdAt } from '../snowflake';
import { newsOf, type SeenMessage } from './burst-news';
import { Bursts } from './bursts';
import type { ChannelCases } from './channel-cases';

/** One signal a channel in this time, however much is written (milliseconds). */
const WINDOW_MS = 15_000;
/** How long a new channel's ticket may take to appear in the records. */
const RECORDED_WITHIN_MS = 10_000;

export interface WatcherOptions {
  readonly desk: Pick<Desk, 'messagesSeen' | 'channelGone'>;
  readonly cases: Pick<CaseReader, 'byChannel'>;
  readonly channelCases: ChannelCases;
  readonly guilds: Pick<GuildDirectory, 'get'>;
  readonly log: Logger;
  /** Aborted when the bot stops: what was not told by then is told by the next process. */
  readonly signal: AbortSignal;
  /** Only tests choose another window. */
  readonly windowMs?: number;
}

/** Tells tickets what happens in their channels. */
export class ChannelWatcher {
  readonly #bursts: Bursts<SeenMessage>;

  constructor(private readonly options: WatcherOptions) {
    this.#bursts = new Bursts({
      windowMs: options.windowMs ?? WINDOW_MS,
      tell: (channelId, messages) => this.#tell(channelId, messages),
    });
  }

  /** A message was written. Settles when its ticket knows; rejects when this process will not tell it. */
  async message(message: GatewayMessageCreateDispatchData): Promise<void> {
    const { channel_id: channelId, guild_id: guildId, author } = message;
    if (guildId === undefined || author.bot === true || message.webhook_id !== undefined) return;
    if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return;
    const { channelCases } = this.options;
    const known = await this.#throughOutages('finding the ticket of a channel', () =>
      channelCases.find(channelId),
    );
    if (known === null && !channelCases.isNew(channelId)) return;
    await this.#bursts.add(channelId, {
      guildId,
      authorId: author.id,
      roles: message.member?.roles ?? [],
      at: createdAt(message.id),
    });
  }

  /** A channel was deleted, by us or by somebody else. Settles when its ticket knows. */
  async channelDeleted(channelId: string): Promise<void> {
    const { channelCases, cases, desk, signal } = this.options;
    const isNew = channelCases.isNew(channelId);
    channelCases.forget(channelId);
    const look = () =>
      this.#throughOutages('finding the ticket of a deleted channel', () =>
        cases.byChannel(channelId),
      );
    let row = await look();
    if (row === null && isNew) {
      await pause(RECORDED_WITHIN_MS, undefined, { signal, ref: false });
      row = await look();
    }
    if (row === null || row.status === 'closing' || row.status === 'closed') return;
    const { caseId } = row;
    await this.#throughOutages('telling a ticket that its channel is gone', () =>
      unlessOver(() => desk.channelGone(caseId, channelId)),
    );
  }

  /** Tells what is gathered, and waits for that no longer than `withinMs`. */
  stop(withinMs: number): Promise<void> {
    return this.#bursts.stop(withinMs);
  }

  async #tell(channelId: string, messages: readonly SeenMessage[]): Promise<void> {
    const { channelCases, guilds, desk } = this.options;
    await this.#throughOutages('telling a ticket of its messages', async () => {
      const channelCase = await channelCases.find(channelId);
      const [first] = messages;
      if (channelCase === null || first === undefined) return;
      const configuration = await guilds.get(first.guildId);
      const news = newsOf(messages, channelCase, configuration);
      await unlessOver(() => desk.messagesSeen(channelCase.caseId, news));
    });
  }

  #throughOutages<T>(what: string, operation: () => Promise<T>): Promise<T> {
    const { log, signal } = this.options;
    return throughOutages(what, operation, { log, signal });
  }
}

/** A ticket that is over need not know. */
export async function unlessOver(tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    if (!(error instanceof CaseOver)) throw error;
  }
}
