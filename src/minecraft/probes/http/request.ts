import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { unescape } from 'node:querystring';
import { MOST_READ } from '../conversation';
import { ProbeFailure } from '../failure';
import type { TimeLimit } from '../time-limit';

export interface Response {
  readonly status: number;
  /** Where a redirect leads, as it is written there. */
  readonly location: string | undefined;
  /** From the request to the answer's first byte, in milliseconds. */
  readonly latencyMs: number;
}

/**
 * One GET over a connection, which is closed afterwards. The body is read to its end, so that a server
 * that dies in the middle is noticed, but not beyond what a probe reads.
 *
 * @throws ProbeFailure, or the socket's or parser's error
 */
export async function request(url: URL, socket: Socket, limit: TimeLimit): Promise<Response> {
  try {
    return await limit.bound(exchange(url, socket));
  } finally {
    socket.destroy();
  }
}

function exchange(url: URL, socket: Socket): Promise<Response> {
  return new Promise((resolve, reject) => {
    let latencyMs = 0;
    const asking = httpRequest({
      createConnection: () => socket,
      method: 'GET',
      host: url.hostname,
      path: `${url.pathname}${url.search}`,
      ...(url.username !== '' && { auth: credentials(url) }),
      headers: {
        host: url.host,
        accept: '*/*',
        'user-agent': 'castellan',
        connection: 'close',
      },
    });
    asking.once('socket', () => {
      const asked = performance.now();
      socket.once('data', () => {
        latencyMs = performance.now() - asked;
      });
    });
    asking.on('error', reject);
    asking.on('close', () => {
      reject(new ProbeFailure('closed-early'));
    });
    asking.on('response', (response) => {
      const { statusCode: status = 0, headers } = response;
      readBody(response, reject, () => {
        resolve({ status, location: headers.location, latencyMs });
      });
    });
    asking.end();
  });
}

function readBody(
  response: IncomingMessage,
  reject: (error: Error) => void,
  done: () => void,
): void {
  let length = 0;
  response.on('data', (bytes: Buffer) => {
    length += bytes.length;
    if (length > MOST_READ) done();
  });
  response.on('end', done);
  response.on('error', reject);
  response.on('aborted', () => {
    reject(new ProbeFailure('closed-early'));
  });
}

function credentials({ username, password }: URL): string {
  return `${unescape(username)}:${unescape(password)}`;
}
