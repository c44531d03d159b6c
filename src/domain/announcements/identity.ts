import { line, MOST } from './bounds';

/**
 * Names of contents. The same content has the same name, by whichever way and delivery it comes, and no
 * other content has it. A name is unique within a community, not only within a source: what a webhook and a
 * feed both tell is one post.
 */

/**
 * @param kind what it is, in our words
 * @param parts what tells it from all others of its kind, as its service names it
 */
export function identity(kind: string, ...parts: readonly string[]): string {
  const name = [kind, ...parts.map((part) => part.replaceAll(':', '%3A'))].join(':');
  const shown = line(name, MOST.identity);
  // What was cut or cleansed may be what told two contents apart.
  return shown === name ? name : `${line(name, MOST.identity - 20)}#${digest(name)}`;
}

export const commitIdentity = (sha: string): string => identity('commit', sha.toLowerCase());

export const videoIdentity = (service: string, id: string): string =>
  identity('video', service, id);

/** FNV-1a, twice 32 bits from two bases; it tells long names apart, and proves nothing. */
function digest(text: string): string {
  return [0x811c9dc5, 0x01234567]
    .map((basis) => {
      let hash = basis;
      for (let index = 0; index < text.length; index += 1) {
        hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
      }
      return (hash >>> 0).toString(16).padStart(8, '0');
    })
    .join('');
}
