import type { MirrorReader, MirrorRecord } from '../../db/mirrors';
import { mirrorKey } from '../../domain/mirrors/settings';
import type { Logger } from '../../observability/logger';

/** The mirrors that copy, close at hand: every message that the bot hears of is looked up here. */
export interface MirrorBookOptions {
  readonly records: Pick<MirrorReader, 'mirrors' | 'mirrorWebhooks'>;
  /** A mirror copies that did not when the bot looked before; also at its start. */
  readonly onNew: (mirror: MirrorRecord) => void;
  readonly log: Logger;
  /** Only tests choose another time between two looks (milliseconds). */
  readonly everyMs?: number;
}

interface Page {
  /** By the channel that is copied. */
  readonly byChannel: ReadonlyMap<string, readonly MirrorRecord[]>;
  readonly webhooks: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
}

const EVERY_MS = 2_000;

export class MirrorBook {
  #page: Page | null = null;
  #reading: Promise<Page> | null = null;
  readonly #timer: NodeJS.Timeout;

  constructor(private readonly options: MirrorBookOptions) {
    // A message that comes before the book knows its mirror is found by the review that follows.
    this.#timer = setInterval(() => {
      this.refresh();
    }, options.everyMs ?? EVERY_MS).unref();
  }

  /** What copies messages of this channel, or of threads in it. @throws DatabaseUnavailable while nothing was ever read */
  async of(channelId: string): Promise<readonly MirrorRecord[]> {
    const page = this.#page ?? (await this.#read());
    return page.byChannel.get(channelId) ?? [];
  }

  /** Whether some mirror copies threads. @throws DatabaseUnavailable while nothing was ever read */
  async copiesThreadsOf(guildId: string): Promise<boolean> {
    const { byChannel } = this.#page ?? (await this.#read());
    return [...byChannel.values()].some((mirrors) =>
      mirrors.some((mirror) => mirror.guildId === guildId && mirror.settings.threads),
    );
  }

  /** Those of a guild's channels. @throws DatabaseUnavailable while nothing was ever read */
  async from(guildId: string): Promise<readonly MirrorRecord[]> {
    const { byChannel } = this.#page ?? (await this.#read());
    return [...byChannel.values()].flat().filter((mirror) => mirror.guildId === guildId);
  }

  /** Whether a webhook is one of ours; of one that was made just now the worker knows. */
  isOurs(webhookId: string): boolean {
    return this.#page?.webhooks.has(webhookId) ?? false;
  }

  /** Reads anew; while that fails, what is known counts. */
  refresh(): void {
    this.#read().catch((error: unknown) => {
      this.options.log.debug({ err: error }, 'the mirrors could not be read');
    });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #read(): Promise<Page> {
    this.#reading ??= this.#load().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #load(): Promise<Page> {
    const { records, onNew } = this.options;
    const [all, webhooks] = await Promise.all([records.mirrors(), records.mirrorWebhooks()]);
    const active = all.filter(({ agreement }) => agreement === 'agreed');
    const byChannel = new Map<string, MirrorRecord[]>();
    for (const mirror of active) {
      const { fromChannelId } = mirror.settings;
      byChannel.set(fromChannelId, [...(byChannel.get(fromChannelId) ?? []), mirror]);
    }
    const before = this.#page?.keys;
    const keys = new Set(active.map(keyOf));
    this.#page = { byChannel, webhooks: new Set(webhooks), keys };
    for (const mirror of active) if (before?.has(keyOf(mirror)) !== true) onNew(mirror);
    return this.#page;
  }
}

/** The same word for other channels is another mirror. */
function keyOf({ guildId, settings }: MirrorRecord): string {
  return [mirrorKey(guildId, settings.id), settings.fromChannelId, settings.to.channelId].join();
}
