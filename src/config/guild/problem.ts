import { label } from '../../domain/text';

/** Where a value stands in the configuration: keys and indexes from the top. */
export type Path = readonly (string | number)[];

/** Counted from 1, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds the place in the file that a path means, or the nearest there is above it. */
export type Locate = (path: Path) => Position | undefined;

/** One thing that is wrong with a configuration, in words for the administrator who wrote it. */
export interface Problem {
  /** Such as `guilds[0].categories[2].team`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** A problem before its place in the file is looked up. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
}

/** `['guilds', 0, 'teams', 'a b']` is `guilds[0].teams["a b"]`. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\w-]+$/.test(part)) return `["${label(part, { max: 60 })}"]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** A name from the file or from Discord inside of a message: on one line, between quotes. */
export function quoted(name: string): string {
  return `"${label(name, { max: 100 })}"`;
}

/** Names in a message; only the first twenty, because nobody reads more. */
export function listed(names: readonly string[]): string {
  const most = 20;
  const shown = names.slice(0, most).map((name) => label(name, { max: 100 }));
  if (names.length > most) shown.push(`and ${names.length - most} more`);
  return shown.join(', ');
}

/** Findings with their places, in the order of the file. */
export function problemsOf(findings: readonly Finding[], locate?: Locate): Problem[] {
  const problems = findings.map(({ path, message }) => ({
    path: formatPath(path),
    message,
    ...locate?.(path),
  }));
  return problems.sort(
    (left: Problem, right: Problem) =>
      (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0),
  );
}

/**
 * All problems as text, one a line, for a terminal or a reply.
 *
 * In: problems, and the file's name if there is one. Out: lines such as
 * `castellan.yaml:12:13 guilds[0].categories[2].team: no team "helprs"; teams are helpers, seniors`.
 */
export function formatProblems(problems: readonly Problem[], file?: string): string {
  return problems
    .map(({ path, message, line, column }) => {
      const place = line === undefined ? undefined : `${line}:${column ?? 1}`;
      const where = [file, place].filter((part) => part !== undefined).join(':');
      return [where, path === '' ? message : `${path}: ${message}`]
        .filter((part) => part !== '')
        .join(path === '' && where !== '' ? ': ' : ' ');
    })
    .join('\n');
}
