import type { z } from 'zod';
import { near } from './near';
import type { Finding, Path } from './problem';
import { quoted } from './problem';

type Issue = z.core.$ZodIssue;

/** What stands at a path of plain data; undefined where nothing does. */
function at(value: unknown, path: Path): unknown {
  let found = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part))
      return undefined;
    found = Object.entries(found).find(([key]) => key === String(part))?.[1];
  }
  return found;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return 'true or false';
  return 'a section with keys';
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a section with keys',
  record: 'a section with keys',
};

function wrongKind(expected: string, value: unknown): string {
  const single = typeof value === 'number' || typeof value === 'boolean';
  if (expected === 'string' && single) {
    return `must be text, not ${kindOf(value)}; put it in quotes: ${quoted(String(value))}`;
  }
  if (expected === 'array' && typeof value === 'string') {
    return `must be a list, such as [${value.length > 40 ? '…' : value}]`;
  }
  if (expected === 'int') return 'must be a whole number';
  return `must be ${EXPECTED[expected] ?? expected}, not ${kindOf(value)}`;
}

function amount(origin: string, limit: number): string {
  if (origin === 'string') return limit === 1 ? '1 character' : `${limit} characters`;
  return limit === 1 ? '1 entry' : `${limit} entries`;
}

function tooMuch(origin: string, most: number, value: unknown): string {
  if (typeof value === 'number') return `must be at most ${most}, not ${value}`;
  const size = typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
  return `must have at most ${amount(origin, most)}${size === undefined ? '' : `, not ${size}`}`;
}

function tooLittle(origin: string, least: number, value: unknown): string {
  if (typeof value === 'number') return `must be at least ${least}, not ${value}`;
  return origin === 'string' && least === 1
    ? 'must not be empty'
    : `must have at least ${amount(origin, least)}`;
}

function unknownKey(key: string, known: string): string {
  const [suggestion] = near(key, known.split(', '));
  return suggestion === undefined
    ? `there is no such key; the keys here are ${known}`
    : `there is no such key; did you mean ${suggestion}?`;
}

/**
 * What the schema found, for a person. In: an issue of zod, the data it was found in, and where in
 * the data the issue's path begins. Out: at least one finding.
 */
export function explain(issue: Issue, data: unknown, base: Path = []): Finding[] {
  const path = [...base, ...issue.path.map((part) => (typeof part === 'symbol' ? '' : part))];
  const value = at(data, path);
  const finding = (message: string): Finding[] => [{ path, message }];

  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: unknownKey(key, issue.message),
    }));
  }
  if (value === undefined) return finding('is missing');
  if (value === null) return finding('is empty; give it a value, or remove the key');
  switch (issue.code) {
    case 'invalid_type':
      return finding(wrongKind(issue.expected, value));
    case 'too_big':
      return finding(tooMuch(issue.origin, Number(issue.maximum), value));
    case 'too_small':
      return finding(tooLittle(issue.origin, Number(issue.minimum), value));
    case 'invalid_value': {
      const choices = issue.values.map(String);
      const several = choices.length > 1 && typeof value === 'string';
      const [suggestion] = several ? near(value, choices) : [];
      const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
      return finding(`must be ${choices.join(' or ')}${hint}`);
    }
    case 'invalid_key':
      return finding(`this name ${issue.issues.map(({ message }) => message).join(', ')}`);
    case 'invalid_union': {
      // The last way to write it is the one with keys; whoever began a section meant that one.
      const meant = issue.errors.at(-1);
      if (meant !== undefined && typeof value === 'object') {
        return meant.flatMap((inner) => explain(inner, data, path));
      }
      const words = issue.errors.flatMap(([first]) =>
        first?.code === 'invalid_value' ? first.values.map(String) : [],
      );
      return finding(`must be ${words.join(' or ')}, or a section with keys`);
    }
    default:
      return finding(issue.message);
  }
}
