import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export interface UdpPeer {
  readonly port: number;
  /** Datagrams that were ever heard. */
  readonly heard: readonly Buffer[];
  stop(): Promise<void>;
}

/** A UDP server on loopback. @param answer makes the answers to a datagram; the number counts from 1 */
export async function startUdpPeer(
  answer: (datagram: Buffer, number: number) => readonly Buffer[],
): Promise<UdpPeer> {
  const heard: Buffer[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (datagram, { port, address }) => {
    heard.push(datagram);
    for (const bytes of answer(datagram, heard.length)) socket.send(bytes, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    heard,
    async stop() {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
