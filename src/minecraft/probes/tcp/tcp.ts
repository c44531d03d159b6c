import type { Ask } from '../ask';
import { NO_DETAILS } from '../details';
import { dial } from '../dial';
import { ProbeFailure } from '../failure';
import { findAddresses } from '../find-addresses';

/** Asks whether somebody takes a connection, and hangs up. The latency is that of the connection. */
export const askTcp: Ask = async ({ address, port, allowInternal }, means) => {
  // A bare TCP port has no default; a configuration without one cannot be right.
  if (port === null) throw new ProbeFailure('refused');
  const addresses = await findAddresses(address, allowInternal, means);
  const { socket, connectMs } = await dial(addresses, port, means.limit);
  socket.destroy();
  return { up: true, latencyMs: connectMs, ...NO_DETAILS };
};
