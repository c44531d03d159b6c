/** What a chat component can be made of; everything else in it is styling. */
interface Component {
  readonly text?: unknown;
  readonly translate?: unknown;
  readonly fallback?: unknown;
  readonly extra?: unknown;
}

/** So much is more than anybody shows, and nothing deeper than that is a description. */
const MOST_CHARACTERS = 4_096;
const DEEPEST = 32;

/**
 * The text of a chat component without its styles: a string, a component, or a list of them
 * (https://minecraft.wiki/w/Text_component_format). Section signs stay.
 */
export function chatText(value: unknown): string {
  const pieces: string[] = [];
  let length = 0;
  collect(value, 0);
  return pieces.join('');

  function collect(part: unknown, depth: number): void {
    if (length > MOST_CHARACTERS || depth > DEEPEST) return;
    if (typeof part === 'string') add(part);
    else if (typeof part === 'number' || typeof part === 'boolean') add(String(part));
    else if (Array.isArray(part)) for (const each of part) collect(each, depth + 1);
    else if (isComponent(part)) {
      collect(part.text ?? part.fallback ?? part.translate, depth + 1);
      collect(part.extra, depth + 1);
    }
  }

  function add(text: string): void {
    pieces.push(text.slice(0, MOST_CHARACTERS));
    length += text.length;
  }
}

function isComponent(value: unknown): value is Component {
  return typeof value === 'object' && value !== null;
}
