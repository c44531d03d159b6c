import {
  MessageType,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageUpdateDispatchData,
} from 'discord-api-types/v10';
import type { MirrorInput } from '../../../workflows/mirror/contract';
import type { MirrorReader, MirrorRecord } from '../../db/mirrors';
import { authorPasses } from '../../domain/mirrors/filter';
import type { Logger } from '../../observability/logger';
import { AtMost } from '../../timing/at-most';
import { CaseOver } from '../desk/errors';
import type { MirrorDesk } from '../desk/mirror-desk';
import { Bursts } from '../messages/bursts';
import { throughOutages } from '../outage';
import { createdAt } from '../snowflake';
import { MirrorBook } from './book';
import type { ThreadParents } from './thread-parents';

export interface MirrorWatcherOptions {
  readonly desk: MirrorDesk;
  readonly records: Pick<MirrorReader, 'mirrors' | 'mirrorWebhooks' | 'copyOf'>;
  readonly threads: ThreadParents;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Logger;
  /** Aborted when the bot stops: what was not told by then is told by the next process. */
  readonly signal: AbortSignal;
}

/** One look a message in this time, however many react to it (milliseconds). */
const REACTIONS_MS = 3_000;
/** As many messages are handed over at once: a burst must not keep those who click waiting. */
const AT_ONCE = 24;

/** Where a message stands, as mirrors see it. */
interface Place {
  readonly mirrors: readonly MirrorRecord[];
  readonly isThread: boolean;
}

type Change = 'edited' | 'deleted' | 'reacted';

/** Tells the workflows of mirrors what happens to messages. What is written there is none of the bot's business. */
export class MirrorWatcher {
  readonly #book: MirrorBook;
  readonly #turns = new AtMost(AT_ONCE);
  readonly #reactions: Bursts<string>;
  /** Messages that are just being handed over; what happens to them next waits for that. */
  readonly #beginning = new Map<string, Promise<void>>();

  constructor(private readonly options: MirrorWatcherOptions) {
    const { records, log, signal } = options;
    this.#book = new MirrorBook({
      records,
      log,
      onNew: (mirror) => {
        this.#review(mirror).catch((error: unknown) => {
          if (!signal.aborted) log.error({ err: error }, 'a mirror could not be reviewed');
        });
      },
    });
    this.#reactions = new Bursts({
      windowMs: REACTIONS_MS,
      tell: async (channelAndMessage, [guildId]) => {
        const [channelId = '', messageId = ''] = channelAndMessage.split('/');
        await this.#changed('reacted', guildId ?? '', channelId, messageId);
      },
    });
  }

  /** A message was written. Settles when every mirror of its channel has it. */
  async created(message: GatewayMessageCreateDispatchData): Promise<void> {
    const { guild_id: guildId, channel_id: channelId, id, author, webhook_id: webhookId } = message;
    if (guildId === undefined || !WRITTEN.includes(message.type)) return;
    if (webhookId !== undefined && this.#book.isOurs(webhookId)) return;
    const { mirrors, isThread } = await this.#placeOf(guildId, channelId);
    const who = { authorId: author.id, bot: author.bot === true || webhookId !== undefined };
    const wanted = mirrors.filter(({ settings }) => authorPasses(settings.filter, who));
    if (wanted.length === 0) return;
    const begun = Promise.all(
      wanted.map((mirror) =>
        this.#hand('copying a message', () =>
          this.options.desk.mirrorMessage(
            inputOf(mirror, { channelId, isThread, messageId: id, changed: false }),
          ),
        ),
      ),
    ).then(() => undefined);
    this.#beginning.set(id, begun);
    try {
      await begun;
    } finally {
      this.#beginning.delete(id);
    }
  }

  /** A message was edited, or only a link in it was looked up, which the copy does by itself. */
  async updated(message: GatewayMessageUpdateDispatchData): Promise<void> {
    const { guild_id: guildId, channel_id: channelId, id } = message;
    if (guildId === undefined || message.edited_timestamp === null) return;
    await this.#changed('edited', guildId, channelId, id);
  }

  async deleted(
    guildId: string | undefined,
    channelId: string,
    ids: readonly string[],
  ): Promise<void> {
    if (guildId === undefined) return;
    await Promise.all(ids.map((id) => this.#changed('deleted', guildId, channelId, id)));
  }

  async reacted(guildId: string | undefined, channelId: string, messageId: string): Promise<void> {
    if (guildId === undefined) return;
    const { mirrors } = await this.#placeOf(guildId, channelId);
    if (!mirrors.some(({ settings }) => settings.reactions)) return;
    await this.#reactions.add(`${channelId}/${messageId}`, guildId);
  }

  /** A session began that may not tell of everything: what it leaves out is looked up. */
  async sessionBegan(guildId: string): Promise<void> {
    const mirrors = await this.#through('finding the mirrors of a guild', () =>
      this.#book.from(guildId),
    );
    await Promise.all(mirrors.map((mirror) => this.#review(mirror)));
  }

  /** Tells what is gathered, and waits for that no longer than `withinMs`. */
  async stop(withinMs: number): Promise<void> {
    this.#book.close();
    await this.#reactions.stop(withinMs);
  }

  async #changed(
    change: Change,
    guildId: string,
    channelId: string,
    messageId: string,
  ): Promise<void> {
    const { mirrors, isThread } = await this.#placeOf(guildId, channelId);
    const concerned = mirrors.filter(({ settings }) => change !== 'reacted' || settings.reactions);
    if (concerned.length === 0) return;
    await this.#beginning.get(messageId)?.catch(() => undefined);
    await Promise.all(
      concerned.map((mirror) =>
        this.#hand('following a message', () =>
          this.#follow(
            change,
            mirror,
            inputOf(mirror, { channelId, isThread, messageId, changed: true }),
          ),
        ),
      ),
    );
  }

  /** A deletion is followed as long as there is a copy, also when its workflow has ended. */
  async #follow(change: Change, mirror: MirrorRecord, input: MirrorInput): Promise<void> {
    const { desk, records, now } = this.options;
    try {
      await desk.messageChanged(input);
    } catch (error) {
      if (!(error instanceof CaseOver)) throw error;
      if (change !== 'deleted' && now() >= input.until) return;
      const { settings } = mirror;
      const copy = await records.copyOf(mirror.guildId, settings.id, input.messageId);
      if (copy !== null) await desk.followAgain(input);
    }
  }

  async #placeOf(guildId: string, channelId: string): Promise<Place> {
    return this.#through('finding the mirrors of a channel', async () => {
      const mirrors = await this.#book.of(channelId);
      if (mirrors.length > 0) return { mirrors, isThread: false };
      if (!(await this.#book.copiesThreadsOf(guildId))) return NOWHERE;
      const parentId = await this.options.threads.find(channelId);
      if (parentId === null) return NOWHERE;
      const above = await this.#book.of(parentId);
      return { mirrors: above.filter(({ settings }) => settings.threads), isThread: true };
    });
  }

  #review({ guildId, settings }: MirrorRecord): Promise<void> {
    return this.#hand('reviewing a mirror', () =>
      this.options.desk.reviewMirror({ guildId, mirrorId: settings.id }),
    );
  }

  #hand(what: string, operation: () => Promise<void>): Promise<void> {
    return this.#through(what, () => this.#turns.run(operation));
  }

  #through<T>(what: string, operation: () => Promise<T>): Promise<T> {
    const { log, signal } = this.options;
    return throughOutages(what, operation, { log, signal });
  }
}

const NOWHERE: Place = { mirrors: [], isThread: false };

/** What people and bots write; the rest is Discord's own notices. */
const WRITTEN: readonly MessageType[] = [
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
];

function inputOf(
  { guildId, settings }: MirrorRecord,
  message: Pick<MirrorInput, 'channelId' | 'isThread' | 'messageId' | 'changed'>,
): MirrorInput {
  const until = createdAt(message.messageId) + settings.editWindowMs;
  return { guildId, mirrorId: settings.id, until, ...message };
}
