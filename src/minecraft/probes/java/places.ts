import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { SrvTarget } from '../../resolver';
import type { Means } from '../ask';
import { ProbeFailure } from '../failure';
import { bare, findAddresses } from '../find-addresses';
import type { ProbeTarget } from '../probe';

const JAVA_PORT = 25_565;

/** A name server that keeps silent about SRV records costs at most this part of a probe's time. */
const SRV_SHARE = 0.25;

/** Where a Java server is to be asked, and the name that it is to hear. */
export interface Place {
  readonly host: string;
  readonly port: number;
  /** Checked, at least one. */
  readonly addresses: readonly string[];
}

/**
 * Finds a Java server as the game does: a given port is the port; without one, the name's SRV record
 * says host and port, and where there is none it is 25565.
 *
 * @throws ProbeFailure as findAddresses does, also for the place that the SRV record names
 */
export async function findPlace(
  { address, port, allowInternal }: ProbeTarget,
  means: Means,
): Promise<Place> {
  const host = bare(address);
  const record = port === null ? await srvRecord(host, means) : undefined;
  const where = record ?? { name: host, port: port ?? JAVA_PORT };
  return {
    host: where.name,
    port: where.port,
    addresses: await findAddresses(where.name, allowInternal, means),
  };
}

async function srvRecord(host: string, { resolver, limit }: Means): Promise<SrvTarget | undefined> {
  const name = domainToASCII(host);
  if (isIP(host) !== 0 || !name.includes('.') || isIP(name) !== 0) return undefined;
  // A name without the record is the ordinary case, and a broken one does not keep a player out.
  const asked = resolver.srv(`_minecraft._tcp.${name}`).catch(() => []);
  const silent = limit.pause(limit.left * SRV_SHARE).then(() => []);
  const [record] = [...(await Promise.race([asked, silent]))].sort(preferred);
  // RFC 2782: a lone dot says that the service is decidedly not there.
  if (record?.name === '' || record?.name === '.') throw new ProbeFailure('name-not-found');
  return record;
}

/** Lowest priority first; among equals the one with the most weight, always the same. */
function preferred(one: SrvTarget, other: SrvTarget): number {
  return one.priority - other.priority || other.weight - one.weight;
}
