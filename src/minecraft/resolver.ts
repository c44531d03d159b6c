import { Resolver as DnsResolver, lookup } from 'node:dns/promises';

/** Where a name's SRV record leads. */
export interface SrvTarget {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/**
 * What is asked of DNS. Errors carry a `code` as Node.js's do: ENOTFOUND and ENODATA say that there is
 * no such name or record, everything else that DNS could not tell.
 */
export interface Resolver {
  /** IPv4 addresses of a name, none or more. */
  ipv4(name: string): Promise<readonly string[]>;
  /** IPv6 addresses of a name, none or more. */
  ipv6(name: string): Promise<readonly string[]>;
  /** SRV records of a name such as `_minecraft._tcp.example.org`. */
  srv(name: string): Promise<readonly SrvTarget[]>;
  /** All addresses as the system finds them: its file of hosts, its search domains. */
  system(name: string): Promise<readonly string[]>;
}

/** How often a name server is asked that does not answer. */
const TRIES = 3;

export interface ResolverOptions {
  /** Name servers as `address:port`; default: the machine's. */
  readonly servers?: readonly string[];
  /**
   * How long a name server may take for its answer, in milliseconds. A probe's timeout ends the waiting
   * earlier. Default: 1,500.
   */
  readonly timeoutMs?: number;
}

/**
 * Asks the machine's name servers directly. The system's own look-up runs in Node.js's four threads,
 * where a few names whose servers do not answer hold up every other probe; it is asked last, and only
 * about names that DNS does not know.
 */
export function createResolver({ servers, timeoutMs = 1_500 }: ResolverOptions = {}): Resolver {
  const dns = new DnsResolver({ timeout: timeoutMs, tries: TRIES });
  if (servers !== undefined) dns.setServers(servers);
  return {
    ipv4: (name) => dns.resolve4(name),
    ipv6: (name) => dns.resolve6(name),
    srv: (name) => dns.resolveSrv(name),
    async system(name) {
      const found = await lookup(name, { all: true, order: 'verbatim' });
      return found.map(({ address }) => address);
    },
  };
}
