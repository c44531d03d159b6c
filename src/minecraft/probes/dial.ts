import { connect, type OnReadOpts, type Socket } from 'node:net';
import { codeOf, ProbeFailure } from './failure';
import type { TimeLimit } from './time-limit';

/** Our own want of files or memory: it says nothing about the server, and passes. */
const OUR_OWN = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EAGAIN']);
const TRY_AGAIN_MS = 50;

/** A connection that stands, and how long it took to come about, in milliseconds. */
export interface Dialled {
  readonly socket: Socket;
  readonly connectMs: number;
}

/**
 * Connects to the first of the addresses that takes the connection. An address that does not answer
 * leaves the ones after it their share of the time.
 *
 * @param addresses IP addresses, at least one, checked by findAddresses
 * @param onread takes what is read, instead of `data` events
 * @returns a socket without listeners; the caller destroys it
 * @throws ProbeFailure with the first address's cause
 */
export async function dial(
  addresses: readonly string[],
  port: number,
  limit: TimeLimit,
  onread?: OnReadOpts,
): Promise<Dialled> {
  const [address, ...others] = addresses;
  if (address === undefined) throw new ProbeFailure('name-not-found');
  try {
    return await patiently({ address, port, onread }, limit, limit.left / addresses.length);
  } catch (error) {
    const other = limit.over
      ? undefined
      : await dial(others, port, limit, onread).catch(() => undefined);
    if (other === undefined) throw error;
    return other;
  }
}

async function patiently(place: Place, limit: TimeLimit, withinMs: number): Promise<Dialled> {
  const end = performance.now() + withinMs;
  for (;;) {
    try {
      return await once(place, limit, end);
    } catch (error) {
      if (!OUR_OWN.has(codeOf(error) ?? '') || performance.now() + TRY_AGAIN_MS > end) throw error;
      await limit.pause(TRY_AGAIN_MS);
    }
  }
}

interface Place {
  readonly address: string;
  readonly port: number;
  readonly onread: OnReadOpts | undefined;
}

function once({ address, port, onread }: Place, limit: TimeLimit, end: number): Promise<Dialled> {
  return new Promise((resolve, reject) => {
    if (limit.over) throw new ProbeFailure('timed-out');
    const from = performance.now();
    const socket = connect({ host: address, port, noDelay: true, ...(onread && { onread }) });
    const giveUp = (): void => {
      fails(new ProbeFailure('timed-out'));
    };
    const forget = limit.onEnd(giveUp);
    // The whole probe's end comes by itself; only a part of it needs a timer.
    const timer = end - from < limit.left - 1 ? setTimeout(giveUp, end - from) : undefined;
    function settled(): void {
      clearTimeout(timer);
      forget();
      socket.removeListener('connect', stands);
      socket.removeListener('error', fails);
    }
    function stands(): void {
      settled();
      resolve({ socket, connectMs: performance.now() - from });
    }
    function fails(error: Error): void {
      settled();
      socket.destroy();
      reject(error);
    }
    socket.once('connect', stands);
    socket.once('error', fails);
  });
}
