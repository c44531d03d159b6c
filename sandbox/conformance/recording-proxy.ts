import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** One request and its answer, byte for byte as they crossed the wire. */
export interface Exchange {
  readonly method: string;
  /** With its query, as the client wrote it: `/api/v10/users/@me`. */
  readonly url: string;
  readonly requestHeaders: IncomingHttpHeaders;
  readonly requestBody: Buffer;
  readonly status: number;
  readonly responseHeaders: IncomingHttpHeaders;
  readonly responseBody: Buffer;
}

/**
 * A proxy on loopback that writes down every exchange, so that what is checked does not rest on what
 * either side says of itself. It changes nothing. The gateway is not passed through it: its address
 * comes from `GET /gateway/bot`.
 */
export class RecordingProxy {
  /** All exchanges that were answered, in the order of the answers. */
  readonly exchanges: Exchange[] = [];
  private readonly server: Server;

  private constructor(private readonly target: URL) {
    this.server = createServer((request, response) => {
      this.pass(request, response).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(502);
        response.end(`The proxy could not pass the request on: ${String(error)}`);
      });
    });
  }

  /**
   * Starts a proxy in front of a server.
   * @param target its origin, such as `http://127.0.0.1:4000`
   */
  static async start(target: string): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(new URL(target));
    await new Promise<void>((resolve, reject) => {
      proxy.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  /** Its own origin, to be given to the client. */
  get origin(): string {
    const address = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestBody = await buffer(request);
    const { method = 'GET', url = '/', headers } = request;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      httpRequest(
        {
          host: this.target.hostname,
          port: this.target.port,
          method,
          path: url,
          headers: { ...headers, host: this.target.host, connection: 'close' },
        },
        resolve,
      )
        .on('error', reject)
        .end(requestBody);
    });
    const responseBody = await buffer(answer);
    const status = answer.statusCode ?? 0;
    this.exchanges.push({
      method,
      url,
      requestHeaders: headers,
      requestBody,
      status,
      responseHeaders: answer.headers,
      responseBody,
    });
    response.writeHead(status, { ...answer.headers, connection: 'keep-alive' });
    response.end(responseBody);
  }
}
