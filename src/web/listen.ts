import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemErrorCode } from '../observability/system-error';

/** The port is in use by another program. */
export class PortTakenError extends Error {
  readonly code = 'port-taken';

  constructor(
    readonly port: number,
    options?: ErrorOptions,
  ) {
    super(`Port ${port} is taken by another program.`, options);
    this.name = 'PortTakenError';
  }
}

/**
 * Starts listening.
 *
 * @param port 0 for any free one
 * @returns the port
 * @throws PortTakenError
 */
export function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      const taken = systemErrorCode(error) === 'EADDRINUSE';
      reject(taken ? new PortTakenError(port, { cause: error }) : error);
    };
    server.once('error', fail);
    server.listen({ host, port }, () => {
      server.off('error', fail);
      resolve(portOf(server.address()));
    });
  });
}

/** Stops taking requests and lets those under way finish, for at most `patience` milliseconds. */
export async function close(server: Server, patience: number): Promise<void> {
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, patience);
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
  clearTimeout(timer);
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
