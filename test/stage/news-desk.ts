import type { Knex } from 'knex';
import { z } from 'zod';
import type { Service } from '../../src/cli/service';
import { readEnvironment } from '../../src/config/environment';
import {
  createAnnouncementReader,
  createAnnouncementRecorder,
  type DeliveryRecord,
} from '../../src/db/announcements';
import { connect } from '../../src/db/connection';
import type { SourceSettings } from '../../src/domain/announcements/settings';
import { createLogger } from '../../src/observability/logger';
import { startWeb } from '../../src/web/service';
import { samples, type SampleDelivery } from '../../src/web/sources/samples';
import type { Provider } from '../../src/web/sources/source';
import { DEMO } from '../../sandbox';
import { source } from '../contracts/announcement-fixtures';
import { Stage } from '../e2e/bot-stage/stage';
import { freePort } from '../integration/probes/server-process';
import { until } from '../workflow/until';

/** One that every way of signing takes. */
export const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
export const YOUTUBE_CHANNEL = 'UC0123456789abcdefghijkl';

/** What a test of announcements sees of a message. */
const message = z.object({
  id: z.string(),
  content: z.string(),
  flags: z.number(),
  mention_roles: z.array(z.string()),
  embeds: z.array(z.looseObject({ title: z.string().optional() })),
});
export type Post = z.infer<typeof message>;

interface Sending {
  /** 40 hexadecimal digits; the same ones are the same content. */
  readonly mark: string;
  /** The delivery's id; by default the mark. */
  readonly id?: string;
  /** Instead of the sample's own. */
  readonly body?: unknown;
  /** By default the provider's word. */
  readonly source?: string;
}

/** Web server and worker on real parts, with sources that deliver to them. */
export class NewsDesk {
  #running: Service[] = [];

  private constructor(
    readonly stage: Stage,
    readonly knex: Knex,
    private readonly port: number,
  ) {}

  static async open(): Promise<NewsDesk> {
    const [stage, port] = await Promise.all([Stage.set(), freePort()]);
    await stage.driver.limits('off');
    const database = stage.variables['DATABASE_URL'] ?? '';
    const knex = connect(database, { applicationName: 'news-desk', poolMax: 3 });
    const desk = new NewsDesk(stage, knex, port);
    await desk.start();
    return desk;
  }

  async start(): Promise<void> {
    const variables = {
      HTTP_PORT: String(this.port),
      PUBLIC_URL: this.url,
      WEBHOOK_SECRET: SECRET,
    };
    const environment = readEnvironment({ ...this.stage.variables, ...variables });
    const log = createLogger({ level: 'fatal', name: 'web' });
    this.#running = await Promise.all([
      startWeb({ environment, log }),
      this.stage.startWorker(variables),
    ]);
  }

  async close(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((service) => service.stop()));
    await this.knex.destroy();
    await this.stage.strike();
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get reader() {
    return createAnnouncementReader(this.knex);
  }

  /** Defines a source, and waits until the web server knows it. */
  async define(id: string, settings: Partial<SourceSettings>): Promise<void> {
    const definition = source(id, { secretVariables: ['WEBHOOK_SECRET'], ...settings });
    await createAnnouncementRecorder(this.knex).putSource(DEMO.guild, definition);
    const address = `${this.url}/webhooks/${definition.origin.provider}/${DEMO.guild}-${id}`;
    await until(`the source ${id}`, async () => {
      const answer = await fetch(address, { method: 'POST' });
      await answer.text();
      return answer.status !== 404;
    });
  }

  /** Makes a channel, as the bot. @returns its id */
  async channel(body: { readonly name: string; readonly [more: string]: unknown }) {
    const made = await this.#asBot('POST', `/guilds/${DEMO.guild}/channels`, body);
    return z
      .object({ id: z.string(), available_tags: z.array(z.object({ id: z.string() })).default([]) })
      .parse(made);
  }

  /** A channel's or thread's messages, the oldest first. */
  async posts(channelId: string): Promise<readonly Post[]> {
    const messages = await this.#asBot('GET', `/channels/${channelId}/messages?limit=100`);
    return z.array(message).parse(messages).reverse();
  }

  async threads(parentId: string) {
    const { threads } = z
      .object({
        threads: z.array(
          z.looseObject({ id: z.string(), name: z.string(), parent_id: z.string() }),
        ),
      })
      .parse(await this.#asBot('GET', `/guilds/${DEMO.guild}/threads/active`));
    return threads.filter((thread) => thread.parent_id === parentId);
  }

  async deletePost(channelId: string, messageId: string): Promise<void> {
    await this.#asBot('DELETE', `/channels/${channelId}/messages/${messageId}`);
  }

  /** Denies the bot to write there, or allows it again. */
  async mute(channelId: string, muted: boolean): Promise<void> {
    await this.#asBot('PUT', `/channels/${channelId}/permissions/${DEMO.bot}`, {
      type: 1,
      ...(muted ? { deny: '2048', allow: '0' } : { deny: '0', allow: '2048' }),
    });
  }

  /** A sample of a provider, as its service would make it. */
  sample(provider: Provider, event: string, mark: string): SampleDelivery {
    const found = samples[provider].samples.find((one) => one.event === event);
    if (found === undefined) throw new Error(`There is no sample ${provider} ${event}.`);
    return found.delivery({ mark, now: Date.now(), channelId: YOUTUBE_CHANNEL });
  }

  /** Delivers a sample, signed; the answer must be that it was accepted. @returns the delivery's id */
  async deliver(provider: Provider, event: string, sending: Sending): Promise<string> {
    const delivery = this.sample(provider, event, sending.mark);
    const { body } = sending;
    const given = body === undefined ? delivery : { ...delivery, body: JSON.stringify(body) };
    return this.send(provider, given, sending);
  }

  async send(
    provider: Provider,
    delivery: SampleDelivery,
    { mark, id = mark, source: to = provider }: Sending,
  ): Promise<string> {
    const signed = samples[provider].sign(delivery, {
      ...{ secret: SECRET, id, now: Date.now() },
      authentication: { kind: 'standard-webhooks' },
    });
    const answer = await fetch(`${this.url}/webhooks/${provider}/${DEMO.guild}-${to}`, {
      method: 'POST',
      body: delivery.body,
      headers: { 'content-type': delivery.contentType, ...delivery.headers, ...signed },
    });
    const text = await answer.text();
    if (answer.status !== 202) throw new Error(`${answer.status}: ${text}`);
    return z.object({ delivery: z.string() }).parse(JSON.parse(text)).delivery;
  }

  /** Waits until it is known what came of a delivery. */
  async settled(sourceId: string, deliveryId: string): Promise<DeliveryRecord> {
    return until(
      `the fate of ${sourceId} ${deliveryId}`,
      async () => {
        const record = await this.reader.delivery(DEMO.guild, sourceId, deliveryId);
        return record !== null && !['received', 'waiting'].includes(record.fate) && record;
      },
      60_000,
    );
  }

  async #asBot(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.stage.discord.api}/v10${path}`, {
      method,
      headers: {
        authorization: `Bot ${this.stage.discord.token}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    const value: unknown = text === '' ? null : JSON.parse(text);
    return value;
  }
}
