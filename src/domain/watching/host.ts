/**
 * The machine that an address names, for servers that fail together: an address is a host, a host with its
 * port, an IPv6 address with or without brackets, or a URL. Two names of one machine are two hosts; whoever
 * knows better says so in the server's `host`.
 *
 * @returns the host in lower case, without port, brackets or the root's dot
 */
export function hostOf(address: string): string {
  const written = address.trim().toLowerCase();
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/.exec(written)?.[1] ?? written;
  const place = authority.slice(authority.lastIndexOf('@') + 1);
  const bracketed = /^\[([^\]]*)\]/.exec(place)?.[1];
  if (bracketed !== undefined) return bracketed;
  const colons = place.split(':').length - 1;
  const host = colons === 1 ? place.slice(0, place.indexOf(':')) : place;
  return host.replace(/\.$/, '');
}
