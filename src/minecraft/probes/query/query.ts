import { randomInt } from 'node:crypto';
import type { Ask } from '../ask';
import { Datagrams } from '../datagrams';
import { findAddresses } from '../find-addresses';
import { Challenge, Statistics } from './questions';

const QUERY_PORT = 25_565;

/** Asks a server by the query protocol: a challenge first, then what it tells. */
export const askQuery: Ask = async ({ address, port, allowInternal }, means) => {
  const addresses = await findAddresses(address, allowInternal, means);
  const server = await Datagrams.to(addresses, port ?? QUERY_PORT, means.limit);
  try {
    const session = randomInt(0x10000);
    const challenge = await server.ask(new Challenge(session));
    const { answer, latencyMs } = await server.ask(new Statistics(session, challenge.answer));
    return { up: true, latencyMs, ...answer };
  } finally {
    server.close();
  }
};
