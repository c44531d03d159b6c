import { readFile } from 'node:fs/promises';
import { readYaml } from './document';
import { explain } from './explain';
import { type GuildConfigurationFile, guildConfigurationFileSchema } from './file-schema';
import { type Locate, type Problem, problemsOf } from './problem';
import { checkReferences } from './references';

/** A valid configuration with a way to find its entries in the text; or everything that is wrong. */
export type GuildConfigurationReading =
  | {
      readonly ok: true;
      readonly configuration: GuildConfigurationFile;
      /** Pass it to `resolve`, so that names which Discord does not know get their line too. */
      readonly locate: Locate;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

function refused(message: string): GuildConfigurationReading {
  return { ok: false, problems: [{ path: '', message }] };
}

/**
 * Checks the text of a configuration file (contract, section 3).
 *
 * In: YAML. Out: the configuration as it was written, or every problem at once in the order of the
 * file, each with its path, line and column. Never throws.
 */
export function parseGuildConfiguration(text: string): GuildConfigurationReading {
  const yaml = readYaml(text);
  if (!yaml.ok) return yaml;
  if (yaml.value === null || yaml.value === undefined) {
    return refused('the file is empty; it begins with guilds:');
  }
  const parsed = guildConfigurationFileSchema.safeParse(yaml.value);
  const findings = checkReferences(yaml.value);
  if (!parsed.success) {
    findings.push(...parsed.error.issues.flatMap((issue) => explain(issue, yaml.value)));
  } else if (findings.length === 0) {
    return { ok: true, configuration: parsed.data, locate: yaml.locate };
  }
  return { ok: false, problems: problemsOf(findings, yaml.locate) };
}

/** More than any community's configuration; less than what would keep the process busy. */
const MOST_BYTES = 1024 * 1024;

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; check the path (CASTELLAN_CONFIG)',
  EISDIR: 'this is a directory; name the YAML file in it',
  ENOTDIR: 'there is no such file; a part of its path is a file and not a directory',
  EACCES: 'the file may not be read; check its permissions',
};

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/**
 * Reads and checks a configuration file. In: its path. Out: as {@link parseGuildConfiguration}; a file
 * that cannot be read is a problem like any other. Never rejects.
 */
export async function readGuildConfigurationFile(path: string): Promise<GuildConfigurationReading> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return refused(UNREADABLE[codeOf(error)] ?? `the file cannot be read: ${String(error)}`);
  }
  if (bytes.length > MOST_BYTES) {
    return refused(`the file has ${bytes.length} bytes; at most ${MOST_BYTES} are read`);
  }
  try {
    return parseGuildConfiguration(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refused('the file is not text in UTF-8; save it with that encoding');
  }
}
