import { createHash, createHmac, randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A video of the channel, or an entry of the feed. */
export interface HostedEntry {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Somebody whom the hub sends to. */
export interface HostedSubscription {
  readonly topic: string;
  readonly callback: string;
  readonly secret: string;
  /** By the host's clock. */
  readonly leaseUntil: number;
}

/** `refuses`: answers no. `denies`: takes the request, and says no later. `forgets`: never asks back. */
export type HubMood = 'grants' | 'refuses' | 'denies' | 'forgets' | 'is-away';
export type FeedMood = 'fine' | 'is-away' | 'is-gone' | 'is-no-feed';

export const CHANNEL = 'UCcastle-keep-videos-000';

/**
 * A host of feeds on loopback with a hub of its own: a channel's videos as YouTube gives them
 * (`/feeds/videos.xml`), an Atom feed that names the hub (`/news.xml`), and the hub by W3C WebSub (`/hub`).
 */
export class FeedHost {
  readonly subscriptions = new Map<string, HostedSubscription>();
  /** What was asked of the hub, by its `hub.mode`. */
  readonly asked: string[] = [];
  /** Statuses of what was read of the feeds. */
  readonly polls: number[] = [];
  hub: HubMood = 'grants';
  feed: FeedMood = 'fine';
  leaseSeconds = 432_000;
  /** What a feed that is away says of when to come again. */
  retryAfter: string | null = null;
  /** Milliseconds since the epoch. */
  now: () => number = Date.now;
  private readonly entries: HostedEntry[] = [];
  private readonly happened = new EventEmitter();

  private constructor(
    private readonly server: Server,
    /** Without a slash at its end. */
    readonly url: string,
  ) {}

  static async start(): Promise<FeedHost> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const host = new FeedHost(server, `http://127.0.0.1:${port}`);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void host.answer(request, response).finally(() => host.happened.emit('change'));
    });
    return host;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  get hubUrl(): string {
    return `${this.url}/hub`;
  }

  get newsUrl(): string {
    return `${this.url}/news.xml`;
  }

  /** Adds an entry, or changes the one of this id, and tells nobody. */
  put(entry: HostedEntry): void {
    const index = this.entries.findIndex(({ id }) => id === entry.id);
    if (index === -1) this.entries.push(entry);
    else this.entries[index] = entry;
  }

  /**
   * Sends an entry to whoever is subscribed at this moment.
   *
   * @returns what they answered
   */
  async send(id: string, { secret }: { readonly secret?: string } = {}): Promise<number[]> {
    const entries = this.entries.filter((entry) => entry.id === id);
    const listeners = [...this.subscriptions.values()].filter(
      ({ leaseUntil }) => leaseUntil > this.now(),
    );
    return Promise.all(
      listeners.map(async (listener) => {
        const isVideos = listener.topic.includes('/feeds/videos.xml');
        const body = isVideos ? videos(entries) : news(this, entries);
        const key = secret ?? listener.secret;
        // The way of signing of the hubs before WebSub, such as YouTube's.
        const signature = createHmac('sha1', key).update(body).digest('hex');
        const answer = await fetch(listener.callback, {
          method: 'POST',
          headers: {
            'content-type': 'application/atom+xml',
            'x-hub-signature': `sha1=${signature}`,
          },
          body,
        });
        await answer.arrayBuffer();
        return answer.status;
      }),
    );
  }

  /** Waits until something is so that requests bring about. */
  async until(what: (host: this) => boolean): Promise<void> {
    while (!what(this)) await once(this.happened, 'change');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const body = await text(request);
    if (request.method === 'POST' && url.pathname === '/hub') {
      await this.ask(new URLSearchParams(body), response);
      return;
    }
    const status = { fine: 200, 'is-away': 503, 'is-gone': 410, 'is-no-feed': 200 }[this.feed];
    const isVideos = url.pathname === '/feeds/videos.xml';
    const page = isVideos ? videos(this.entries) : news(this, this.entries);
    const shown = this.feed === 'is-no-feed' ? '<html>Come back later' : page;
    const etag = `"${createHash('sha256').update(shown).digest('hex').slice(0, 16)}"`;
    const isSame = status === 200 && request.headers['if-none-match'] === etag;
    this.polls.push(isSame ? 304 : status);
    response.writeHead(isSame ? 304 : status, {
      'content-type': 'text/xml; charset=UTF-8',
      etag,
      ...(status === 503 && this.retryAfter !== null && { 'retry-after': this.retryAfter }),
    });
    response.end(isSame || status !== 200 ? undefined : shown);
  }

  private async ask(form: URLSearchParams, response: ServerResponse): Promise<void> {
    const mode = form.get('hub.mode') ?? '';
    this.asked.push(mode);
    const status = { grants: 202, denies: 202, forgets: 202, refuses: 403, 'is-away': 503 }[
      this.hub
    ];
    response.writeHead(status).end();
    if (this.hub === 'grants') await this.verify(mode, form);
    if (this.hub === 'denies') {
      await this.question(form, { 'hub.mode': 'denied', 'hub.reason': 'No new subscriptions' });
    }
  }

  /** Asks back, and believes only the challenge. */
  private async verify(mode: string, form: URLSearchParams): Promise<void> {
    const challenge = randomUUID();
    const answer = await this.question(form, {
      'hub.mode': mode,
      'hub.challenge': challenge,
      ...(mode === 'subscribe' && { 'hub.lease_seconds': String(this.leaseSeconds) }),
    });
    if (answer !== challenge) return;
    const callback = form.get('hub.callback') ?? '';
    if (mode === 'unsubscribe') this.subscriptions.delete(callback);
    else {
      this.subscriptions.set(callback, {
        topic: form.get('hub.topic') ?? '',
        callback,
        secret: form.get('hub.secret') ?? '',
        leaseUntil: this.now() + this.leaseSeconds * 1_000,
      });
    }
  }

  /** @returns the answer's text; `null`: it was no success */
  async question(
    form: URLSearchParams,
    parameters: Readonly<Record<string, string>>,
  ): Promise<string | null> {
    const url = new URL(form.get('hub.callback') ?? this.url);
    url.searchParams.set('hub.topic', form.get('hub.topic') ?? '');
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const answer = await fetch(url);
    const said = await answer.text();
    return answer.ok ? said : null;
  }
}

const iso = (at: number): string => new Date(at).toISOString();

/** As https://developers.google.com/youtube/v3/guides/push_notifications shows it. */
function videos(entries: readonly HostedEntry[]): string {
  const items = entries.map(
    ({ id, title, at }) =>
      `<entry><id>yt:video:${id}</id><yt:videoId>${id}</yt:videoId><yt:channelId>${CHANNEL}</yt:channelId>` +
      `<title>${title}</title><link rel="alternate" href="https://www.youtube.com/watch?v=${id}"/>` +
      `<author><name>Castle Keep</name><uri>https://www.youtube.com/channel/${CHANNEL}</uri></author>` +
      `<published>${iso(at)}</published><updated>${iso(at)}</updated></entry>`,
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" ' +
    `xmlns="http://www.w3.org/2005/Atom"><title>Castle Keep</title>${items.join('')}</feed>`
  );
}

function news({ hubUrl, newsUrl }: FeedHost, entries: readonly HostedEntry[]): string {
  const items = entries.map(
    ({ id, title, at }) =>
      `<entry><id>tag:castle.example,2026:${id}</id><title>${title}</title>` +
      `<published>${iso(at)}</published><updated>${iso(at)}</updated></entry>`,
  );
  return (
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>' +
    `<link rel="hub" href="${hubUrl}"/><link rel="self" href="${newsUrl}"/>${items.join('')}</feed>`
  );
}
