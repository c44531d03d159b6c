import { isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Means } from '../ask';
import { dial } from '../dial';
import { causeOf, ProbeFailure } from '../failure';
import { bare, findAddresses } from '../find-addresses';
import type { TimeLimit } from '../time-limit';

/**
 * A connection to a URL's host, encrypted for https. Certificates are checked: a page that browsers
 * refuse to show is not up.
 *
 * @throws ProbeFailure, or the socket's error
 */
export async function connectTo(url: URL, allowInternal: boolean, means: Means): Promise<Socket> {
  const secure = url.protocol === 'https:';
  const addresses = await findAddresses(url.hostname, allowInternal, means);
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const { socket } = await dial(addresses, port, means.limit);
  return secure ? encrypted(socket, bare(url.hostname), means.limit) : socket;
}

async function encrypted(socket: Socket, host: string, limit: TimeLimit): Promise<Socket> {
  const secure = connectTls({
    socket,
    // For the certificate; only names, never addresses, are told to the server (RFC 6066).
    host,
    ...(isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['http/1.1'],
  });
  try {
    await limit.bound(
      new Promise<void>((resolve, reject) => {
        secure.once('secureConnect', resolve);
        secure.once('error', reject);
        secure.once('close', () => {
          reject(new ProbeFailure('closed-early'));
        });
      }),
    );
  } catch (error) {
    secure.destroy();
    socket.destroy();
    // Everything that is no failure of the connection is one of the certificate or of TLS.
    throw causeOf(error) === undefined ? new ProbeFailure('protocol-error') : error;
  }
  return secure;
}
