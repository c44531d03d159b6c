import { z } from 'zod';

/** What may go with a request. */
export interface Sent {
  readonly body?: unknown;
  /** Files by name, sent as `files[n]` with the body as `payload_json`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly reason?: string;
  /** Leaves the token out, or sends another one. */
  readonly token?: string | null;
}

/** What came back. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; undefined for an empty body. */
  readonly body: unknown;
}

const withId = z.object({ id: z.string() });

/** A client that knows nothing of Discord but its HTTP: what it sends is what is written here. */
export class PlainClient {
  constructor(
    private readonly origin: string,
    private readonly token: string,
  ) {}

  /** Sends a request and gives back whatever was answered. */
  async send(method: string, path: string, sent: Sent = {}): Promise<Received> {
    const token = sent.token === undefined ? this.token : sent.token;
    const headers = new Headers();
    if (token !== null) headers.set('authorization', `Bot ${token}`);
    if (sent.reason !== undefined) {
      headers.set('x-audit-log-reason', encodeURIComponent(sent.reason));
    }
    const answer = await fetch(`${this.origin}/api/v10${path}`, {
      method,
      headers,
      ...this.bodyOf(sent, headers),
    });
    const text = await answer.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: answer.status, headers: answer.headers, body };
  }

  /**
   * Sends a request that has to succeed.
   * @throws Error with the answer, if it did not
   */
  async do(method: string, path: string, sent: Sent = {}): Promise<unknown> {
    const { status, body } = await this.send(method, path, sent);
    if (status >= 200 && status < 300) return body;
    throw new Error(`${method} ${path} was answered ${status}: ${JSON.stringify(body)}`);
  }

  /** Sends a request that has to succeed, and gives back the id of what it made. */
  async make(method: string, path: string, sent: Sent = {}): Promise<string> {
    return withId.parse(await this.do(method, path, sent)).id;
  }

  private bodyOf(sent: Sent, headers: Headers): { body?: string | FormData } {
    if (sent.files !== undefined) {
      const form = new FormData();
      if (sent.body !== undefined) form.set('payload_json', JSON.stringify(sent.body));
      Object.entries(sent.files).forEach(([name, text], index) => {
        form.set(`files[${index}]`, new Blob([text], { type: 'text/plain' }), name);
      });
      return { body: form };
    }
    if (sent.body === undefined) return {};
    headers.set('content-type', 'application/json');
    return { body: JSON.stringify(sent.body) };
  }
}
