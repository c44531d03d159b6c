import { randomBytes } from 'node:crypto';
import type { AnnouncementInput } from '../../../workflows/announcement/contract';
import { announcementWorkflowId } from '../../../workflows/announcement/contract';
import type { HubQuestion } from '../../../workflows/subscription/contract';
import { formatSecret } from '../../config/webhook-secret';
import { DatabaseUnavailable } from '../../db/connection';
import type { MadeSecret, SourceRecord } from '../../db/announcements';
import type { Origin, SourceSettings } from '../../domain/announcements/settings';
import { createLogger } from '../../observability/logger';
import { checkKey, type ObjectStorage } from '../../storage/storage';
import { createSeal } from '../../temporal/seal';
import type { WebhookLimits } from '../routes/webhooks/limits';
import { WEBHOOK_LIMITS } from '../routes/webhooks/limits';
import { SampleApp } from '../sample-app';
import { samples } from '../sources/samples';
import type { Provider } from '../sources/source';
import { WorkflowsUnreachable } from '../temporal/unreachable';
import type { Announcements, Refused, SourcePlace } from './announcements';
import { createConfiguredSources } from './configured-sources';
import { WaitingDeliveries } from './waiting-deliveries';

export const SAMPLE_GUILD = '100000000000000001';
export const SAMPLE_CHANNEL = 'UC0123456789abcdefghijkl';

/** One source of each provider, named as it. */
export const SAMPLE_ORIGINS: Readonly<Record<Provider, Origin>> = {
  bitbucket: { provider: 'bitbucket' },
  github: { provider: 'github' },
  gitlab: { provider: 'gitlab' },
  twitch: { provider: 'twitch' },
  youtube: { provider: 'youtube', channelId: SAMPLE_CHANNEL },
  feed: {
    provider: 'feed',
    address: 'https://castle.example/news.xml',
    everyMs: 600_000,
    allowInternal: false,
  },
  zapier: { provider: 'zapier', mapping: 'plain' },
  generic: {
    provider: 'generic',
    authentication: { kind: 'standard-webhooks' },
    mapping: { id: '$.id', title: '$.title', text: '$.text', url: '$.url' },
  },
};

export const sampleSettings = (id: string, origin: Origin): SourceSettings => ({
  ...{ id, origin, secretVariables: [], routes: [] },
  ...{ staffChannelId: null, silentAfterMs: null, keepDeliveriesMs: 86_400_000 },
});

/** The webhook routes for tests: sources, storage and workflows are in memory. */
export class SampleWebhooks implements Announcements {
  now = 1_795_000_000_000;
  /** What cannot be reached. */
  away: 'database' | 'temporal' | 'storage' | null = null;
  readonly accepted: AnnouncementInput[] = [];
  readonly told: [SourcePlace, Refused][] = [];
  readonly stored = new Map<string, Buffer>();
  readonly storage: ObjectStorage = {
    put: (key, bytes) =>
      this.#reached('storage', () => {
        checkKey(key);
        this.stored.set(key, Buffer.from(bytes));
      }),
    get: (key) => this.#reached('storage', () => this.stored.get(key) ?? null),
    list: (prefix) =>
      this.#reached('storage', () =>
        [...this.stored.keys()].filter((key) => key.startsWith(prefix)).sort(),
      ),
    delete: (key) => this.#reached('storage', () => void this.stored.delete(key)),
  };
  readonly log = createLogger({
    ...{ level: 'debug', name: 'web', readable: false },
    destination: { write: (line: string) => void this.lines.push(line) },
  });
  readonly waiting = new WaitingDeliveries({
    ...{ storage: this.storage, announcements: this, log: this.log },
  });
  readonly records: SourceRecord[] = [];
  readonly variables: Record<string, string> = {};
  readonly revocations: [SourcePlace, { readonly reason: string }][] = [];
  readonly questions: [SourcePlace, HubQuestion][] = [];
  /** When subscriptions were ended, by the source's key and the topic. */
  readonly ended = new Map<string, number>();
  readonly lines: string[] = [];
  readonly seal = createSeal(randomBytes(32));
  /** The secret of every source that was not given another. */
  readonly secret = formatSecret(Buffer.alloc(32, 7));
  #app: SampleApp | undefined;

  static async start(limits: Partial<WebhookLimits> = {}): Promise<SampleWebhooks> {
    const world = new SampleWebhooks();
    for (const [id, origin] of Object.entries(SAMPLE_ORIGINS)) world.add(id, origin);
    const { log } = world;
    const now = (): number => world.now;
    const reader = {
      sources: () => world.#reached('database', () => [...world.records]),
      source: (guildId: string, id: string) =>
        world.#reached(
          'database',
          () =>
            world.records.find(
              (record) => record.guildId === guildId && record.settings.id === id,
            ) ?? null,
        ),
      endedAt: ({ guildId, sourceId }: SourcePlace, topic: string) =>
        world.#reached(
          'database',
          () => world.ended.get(`${guildId}-${sourceId} ${topic}`) ?? null,
        ),
    };
    world.#app = await SampleApp.start({
      now,
      log,
      webhooks: {
        reader,
        sources: createConfiguredSources({
          ...{ reader, variables: world.variables, seal: world.seal, log, now },
        }),
        storage: world.storage,
        announcements: world,
        waiting: world.waiting,
        limits: { ...WEBHOOK_LIMITS, ...limits },
      },
    });
    return world;
  }

  add(id: string, origin: Origin, more: Partial<SourceRecord> = {}): void {
    this.records.push({
      ...{ guildId: SAMPLE_GUILD, origin: 'file', settings: sampleSettings(id, origin) },
      ...{ createdAt: 0, told: [], subscription: null, secrets: [this.made(this.secret)] },
      ...more,
    });
  }

  made(secret: string, validUntil: number | null = null): MadeSecret {
    return { sealed: this.seal.seal(secret), madeAt: 0, validUntil };
  }

  get url(): string {
    return this.#app?.url ?? '';
  }

  address(provider: string, id = provider): string {
    return `${this.url}/webhooks/${provider}/${SAMPLE_GUILD}-${id}`;
  }

  async stop(): Promise<void> {
    await this.#app?.stop();
  }

  /** Delivers a sample of a provider, signed. */
  async deliver(
    provider: Provider,
    event: string,
    {
      mark = 'a'.repeat(40),
      id = 'delivery-1',
      secret = this.secret,
      to = this.address(provider),
      headers = {},
      body: changed,
    }: {
      readonly mark?: string;
      readonly id?: string;
      readonly secret?: string;
      readonly to?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** In the place of what was signed. */
      readonly body?: string | Buffer;
    } = {},
  ): Promise<Response> {
    const service = samples[provider];
    const sample = service.samples.find((one) => one.event === event);
    if (sample === undefined) throw new Error(`There is no sample ${provider} ${event}.`);
    const delivery = sample.delivery({ mark, now: this.now, channelId: SAMPLE_CHANNEL });
    const signed = service.sign(delivery, {
      ...{ secret, id, now: this.now },
      authentication: { kind: 'standard-webhooks' },
    });
    return fetch(to, {
      method: 'POST',
      body: changed ?? delivery.body,
      headers: {
        'content-type': delivery.contentType,
        ...delivery.headers,
        ...signed,
        ...headers,
      },
    });
  }

  announce(input: AnnouncementInput): Promise<'accepted' | 'repeated'> {
    return this.#reached('temporal', () => {
      const id = announcementWorkflowId(input);
      if (this.accepted.some((one) => announcementWorkflowId(one) === id)) return 'repeated';
      this.accepted.push(input);
      return 'accepted';
    });
  }

  refused(source: SourcePlace, refused: Refused): Promise<void> {
    return this.#reached('temporal', () => {
      this.told.push([source, refused]);
    });
  }

  revoked(source: SourcePlace, revocation: { readonly reason: string }): Promise<void> {
    return this.#reached('temporal', () => {
      this.revocations.push([source, revocation]);
    });
  }

  hubAsked(source: SourcePlace, question: HubQuestion): Promise<void> {
    return this.#reached('temporal', () => {
      this.questions.push([source, question]);
    });
  }

  #reached<Value>(part: NonNullable<SampleWebhooks['away']>, value: () => Value): Promise<Value> {
    if (this.away !== part) return Promise.resolve(value());
    const away = {
      database: () => new DatabaseUnavailable(new Error('10.0.0.7')),
      temporal: () => new WorkflowsUnreachable(),
      storage: () => new Error('ENOSPC: /var/lib/castellan-storage'),
    };
    return Promise.reject(away[part]());
  }
}
