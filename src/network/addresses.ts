import { isIP, isIPv4 } from 'node:net';

/**
 * Which addresses are not on the public Internet: whoever may name a server to be watched must not reach
 * through us what only we can reach. Sources: IANA's registries of special-purpose addresses for IPv4 and
 * IPv6 (RFC 6890 and what updates it).
 */

/** First address and length of the prefix. */
type Range = readonly [first: readonly number[], bits: number];

const INTERNAL_V4: readonly Range[] = [
  [[0, 0, 0, 0], 8], // this network
  [[10, 0, 0, 0], 8], // private
  [[100, 64, 0, 0], 10], // shared by carriers (CGNAT)
  [[127, 0, 0, 0], 8], // loopback
  [[169, 254, 0, 0], 16], // link-local; 169.254.169.254 tells a cloud's secrets
  [[172, 16, 0, 0], 12], // private
  [[192, 0, 0, 0], 24], // protocol assignments
  [[192, 0, 2, 0], 24], // documentation
  [[192, 88, 99, 0], 24], // relays to IPv6
  [[192, 168, 0, 0], 16], // private
  [[198, 18, 0, 0], 15], // benchmarks
  [[198, 51, 100, 0], 24], // documentation
  [[203, 0, 113, 0], 24], // documentation
  [[224, 0, 0, 0], 4], // multicast
  [[240, 0, 0, 0], 4], // reserved, and broadcast
];

/** Everything public lies in 2000::/3, so the rest is internal; these are the exceptions within it. */
const PUBLIC_V6: Range = [bytesOf('2000::'), 3];
const INTERNAL_V6: readonly Range[] = [
  [bytesOf('2001::'), 23], // protocol assignments, with Teredo (2001::/32), which hides an IPv4 address
  [bytesOf('2001:db8::'), 32], // documentation
  [bytesOf('3fff::'), 20], // documentation
];

/** IPv6 addresses that stand for the IPv4 address within them, and where in the 16 bytes it begins. */
const CARRIERS: readonly (readonly [Range, at: number])[] = [
  [[bytesOf('::ffff:0:0'), 96], 12], // mapped
  [[bytesOf('64:ff9b::'), 96], 12], // NAT64's well-known prefix (RFC 6052)
  [[bytesOf('2002::'), 16], 2], // 6to4
];

/**
 * Whether an address belongs to a private, local or special network.
 *
 * @param address an IP address; anything else counts as internal, since nobody knows where it leads
 */
export function isInternalAddress(address: string): boolean {
  const plain = withoutZone(address);
  if (isIP(plain) === 0) return true;
  const bytes = bytesOf(plain);
  if (bytes.length === 4) return isInternalV4(bytes);
  const carrier = CARRIERS.find(([range]) => within(bytes, range));
  if (carrier !== undefined) return isInternalV4(bytes.slice(carrier[1], carrier[1] + 4));
  return !within(bytes, PUBLIC_V6) || INTERNAL_V6.some((range) => within(bytes, range));
}

function isInternalV4(bytes: readonly number[]): boolean {
  return INTERNAL_V4.some((range) => within(bytes, range));
}

function within(bytes: readonly number[], [first, bits]: Range): boolean {
  return first.every((byte, index) => {
    const left = Math.min(8, Math.max(0, bits - index * 8));
    const mask = (0xff << (8 - left)) & 0xff;
    return ((bytes[index] ?? 0) & mask) === (byte & mask);
  });
}

/** `fe80::1%eth0` names the network card, too. */
function withoutZone(address: string): string {
  const percent = address.indexOf('%');
  return percent < 0 ? address : address.slice(0, percent);
}

/** The 4 or 16 bytes of a valid address. */
function bytesOf(address: string): number[] {
  if (isIPv4(address)) return address.split('.').map(Number);
  // The last 32 bits may be written as an IPv4 address.
  const dotted = /[^:]+\.[^:]+$/.exec(address)?.[0];
  const hexadecimal =
    dotted === undefined
      ? address
      : `${address.slice(0, -dotted.length)}${dotted
          .split('.')
          .map((byte) => Number(byte).toString(16).padStart(2, '0'))
          .join('')
          .replace(/^(....)/, '$1:')}`;
  const [before = '', after] = hexadecimal.split('::');
  const head = groups(before);
  const tail = groups(after ?? '');
  const gap = after === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array.from({ length: gap }, () => 0), ...tail].flatMap((group) => [
    group >> 8,
    group & 0xff,
  ]);
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
