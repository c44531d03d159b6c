import { isIP, isIPv4 } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Resolver } from '../resolver';
import type { Means } from './ask';
import { codeOf, ProbeFailure } from './failure';
import type { TimeLimit } from './time-limit';

/** How many addresses of one name are tried. */
const MOST = 4;

/**
 * How long the other family's answer is waited for once one has come (RFC 8305 calls it the resolution
 * delay).
 */
const OTHER_FAMILY_MS = 50;

/** DNS's answers that say "no such thing", as opposed to "I could not find out". */
const ABSENT = new Set(['ENOTFOUND', 'ENODATA', 'ENONAME', 'EBADNAME']);

/**
 * The addresses that may be asked, best first. What is returned has been checked: connect to nothing
 * else, and do not look the name up again, because it may lead elsewhere by then.
 *
 * @param host a name or an IP address, also in brackets
 * @throws ProbeFailure `name-not-found`, `forbidden-address` when all of them are internal, `timed-out`
 *   or `unreachable` when DNS does not answer
 */
export async function findAddresses(
  host: string,
  allowInternal: boolean,
  { resolver, isInternal, limit }: Means,
): Promise<readonly string[]> {
  const found = await limit.bound(addressesOf(bare(host), resolver, limit));
  const allowed = found.filter((address) => allowInternal || !isInternal(address));
  if (allowed.length === 0) throw new ProbeFailure('forbidden-address');
  return allowed.slice(0, MOST);
}

/** A host without the brackets that an IPv6 address has in a URL. */
export function bare(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host.trim();
}

/** Whether DNS said that there is no such name or record. */
export function isAbsent(error: unknown): boolean {
  return ABSENT.has(codeOf(error) ?? '');
}

async function addressesOf(
  host: string,
  resolver: Resolver,
  limit: TimeLimit,
): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  const name = domainToASCII(host);
  if (name === '') throw new ProbeFailure('name-not-found');
  // An address in another notation, such as 0x7f.1.
  if (isIPv4(name)) return [name];
  // RFC 6761: it never means anything else, whatever a name server says.
  if (/(?:^|\.)localhost\.?$/.test(name)) return ['127.0.0.1', '::1'];
  const [v4, v6] = await bothFamilies(name, resolver, limit);
  const found = [...v4.addresses, ...v6.addresses];
  if (found.length > 0) return found;
  const unclear = [v4, v6].find(({ error }) => error !== undefined && !isAbsent(error));
  return unclear === undefined ? system(name, resolver) : failed(unclear.error);
}

interface Family {
  readonly addresses: readonly string[];
  readonly error?: unknown;
}

/** IPv4 and IPv6, asked at once; Java's clients take IPv4 first, too. */
async function bothFamilies(
  name: string,
  resolver: Resolver,
  limit: TimeLimit,
): Promise<[v4: Family, v6: Family]> {
  const v4 = family(resolver.ipv4(name));
  const v6 = family(resolver.ipv6(name));
  const first = await v4;
  if (first.addresses.length === 0) return [first, await v6];
  const late = limit.pause(OTHER_FAMILY_MS).then((): Family => ({ addresses: [] }));
  return [first, await Promise.race([v6, late])];
}

async function family(asked: Promise<readonly string[]>): Promise<Family> {
  try {
    return { addresses: await asked };
  } catch (error) {
    return { addresses: [], error };
  }
}

/** What DNS does not know may be in the system's file of hosts. Its own trouble changes nothing then. */
async function system(name: string, resolver: Resolver): Promise<readonly string[]> {
  const found = await resolver.system(name).catch(() => []);
  if (found.length === 0) throw new ProbeFailure('name-not-found');
  return found;
}

function failed(error: unknown): never {
  // Our own name server is not there; others do not answer it in time, or answer with an error.
  throw new ProbeFailure(codeOf(error) === 'ECONNREFUSED' ? 'unreachable' : 'timed-out');
}
