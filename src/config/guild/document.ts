import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import type { Locate, Position, Problem } from './problem';

/** What a YAML text says, and where it says it. */
export type YamlReading =
  | { readonly ok: true; readonly value: unknown; readonly locate: Locate }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The parser's own words, where ours are plainer. */
const PLAINER: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this key is written twice in the same place; keep one of them',
  MULTIPLE_DOCS: 'the file holds several YAML documents; remove the line ---',
  TAB_AS_INDENT: 'YAML is indented with spaces, not with tabs',
  TAG_RESOLVE_FAILED: 'tags (words that begin with !) are not used here; put the value in quotes',
};

/**
 * Whole numbers are read exactly: an id of Discord without quotes is too long for a JavaScript
 * number and would silently become another id, so it becomes the text that it was meant to be.
 */
function withPlainNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (Array.isArray(value)) return value.map(withPlainNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, withPlainNumbers(entry)]),
  );
}

function locator(document: Document.Parsed, lines: LineCounter): Locate {
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  return (path) => {
    let node: unknown = document.contents;
    let offset = 0;
    for (const part of path) {
      if (isAlias(node)) node = node.resolve(document);
      if (isMap(node)) {
        const pair = node.items.find(
          ({ key }) => isScalar(key) && String(key.value) === String(part),
        );
        if (pair === undefined) break;
        offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
        node = pair.value;
        // A single value is what is wrong; of a list or a map the key is the better place.
        if (isScalar(node) && node.value !== null) offset = node.range?.[0] ?? offset;
      } else if (isSeq(node) && typeof part === 'number') {
        const item = node.items[part];
        if (!isScalar(item) && !isMap(item) && !isSeq(item) && !isAlias(item)) break;
        offset = item.range?.[0] ?? offset;
        node = item;
      } else break;
    }
    return position(offset);
  };
}

/** Keys that no section has and that plain data cannot hold safely. */
function unusableKeys(document: Document.Parsed): { message: string; offset: number }[] {
  const found: { message: string; offset: number }[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      if (isScalar(key) && key.value !== '__proto__') return;
      const offset = (isNode(key) ? key.range?.[0] : undefined) ?? 0;
      found.push({ message: 'this cannot be a key; a key is one word', offset });
    },
  });
  return found;
}

/**
 * Reads YAML 1.2 (core schema, no tags, no merge keys). In: the text of one document.
 * Out: plain data with a locator, or every error of syntax. Never throws.
 */
export function readYaml(text: string): YamlReading {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      version: '1.2',
      schema: 'core',
      intAsBigInt: true,
      lineCounter: lines,
      prettyErrors: false,
    });
    const faults = [
      ...[...document.errors, ...document.warnings].map(({ code, message, pos: [offset] }) => ({
        message: PLAINER[code] ?? `not valid YAML: ${message}`,
        offset,
      })),
      ...unusableKeys(document),
    ];
    if (faults.length > 0) {
      const problems = faults.map(({ message, offset }) => {
        const { line, col } = lines.linePos(offset);
        return { path: '', message, line, column: col };
      });
      return { ok: false, problems };
    }
    const value = withPlainNumbers(document.toJS({ maxAliasCount: 100 }));
    return { ok: true, value, locate: locator(document, lines) };
  } catch {
    const message =
      'this cannot be read: it is nested too deeply, or an alias (*name) refers to itself or is used too often';
    return { ok: false, problems: [{ path: '', message }] };
  }
}
