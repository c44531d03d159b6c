import { isIPv4, isIPv6 } from 'node:net';

/** Where a server is asked. */
export interface ServerAddress {
  /** A name or an IP address, without brackets. */
  readonly host: string;
  /** `null`: the protocol's own. */
  readonly port: number | null;
}

/** https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4, with the underscores that SRV names have. */
const NAME =
  /^(?=.{1,253}$)[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?(?:\.[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?)*\.?$/u;

/**
 * In: `host`, `host:port`, `[IPv6]` or `[IPv6]:port`, as players write it; blanks around it do not matter.
 * Out: its parts, or undefined when it is none of these.
 */
export function parseServerAddress(text: string): ServerAddress | undefined {
  const written = text.trim();
  if (isIPv6(written)) return { host: written, port: null };
  const [, v6, name, digits] = /^(?:\[([^\]]*)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(written) ?? [];
  const port = digits === undefined ? null : Number(digits);
  if (port !== null && (port < 1 || port > 65_535)) return undefined;
  if (v6 !== undefined) return isIPv6(v6) ? { host: v6, port } : undefined;
  if (name === undefined) return undefined;
  // A mistyped IPv4 address such as 10.0.0.300 would pass for a name that nobody has.
  const numeric = /^[\d.]+$/.test(name);
  return (numeric ? isIPv4(name) : NAME.test(name)) ? { host: name, port } : undefined;
}

/**
 * In: an address of the web. Out: whether an HTTP probe can ask it: `http` or `https`, without a name and
 * password in it, which would stand in the records in the clear.
 */
export function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hostname } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' && hostname !== '';
}
