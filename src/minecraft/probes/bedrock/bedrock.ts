import { randomBytes } from 'node:crypto';
import type { Ask } from '../ask';
import { Datagrams } from '../datagrams';
import { findAddresses } from '../find-addresses';
import { Ping } from './ping';

const BEDROCK_PORT = 19_132;

/** Asks a Bedrock server by RakNet's unconnected ping. */
export const askBedrock: Ask = async ({ address, port, allowInternal }, means) => {
  const addresses = await findAddresses(address, allowInternal, means);
  const server = await Datagrams.to(addresses, port ?? BEDROCK_PORT, means.limit);
  try {
    const { answer, latencyMs } = await server.ask(new Ping(randomBytes(4)));
    return { up: true, latencyMs, ...answer };
  } finally {
    server.close();
  }
};
