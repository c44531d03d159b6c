import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

/** What the product takes from one variable, and a right value to show when it is wrong. */
export interface Variable<T> {
  readonly example: string;
  readonly schema: z.ZodType<T>;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Snowflake, time and signature, each base64url, joined by dots: the form of Discord's bot tokens. */
const discordTokenForm = /^[\w-]{18,}\.[\w-]{6,}\.[\w-]{27,}$/;

/** Whether a token has the form that the real Discord gives out. */
export function hasDiscordTokenForm(token: string): boolean {
  return discordTokenForm.test(token);
}

/** A value that is shown in a message: short, quoted, on one line. Never used for secrets. */
function shown(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
}

/**
 * A variable whose text is turned into a value by `read`, which throws an Error with a message that
 * completes the sentence "NAME: ...".
 */
function variable<T>(example: string, read: (text: string) => T): Variable<T> {
  const schema = z.string().transform((text, context): T => {
    try {
      return read(text);
    } catch (error) {
      context.addIssue({
        code: 'custom',
        message: error instanceof Error ? error.message : String(error),
      });
      return z.NEVER;
    }
  });
  return { example, schema };
}

function parseUrl(text: string, secret: boolean): URL {
  if (!URL.canParse(text)) {
    throw new Error(
      secret ? 'its value is not a URL.' : `${shown(text)} is not a URL with its scheme and host.`,
    );
  }
  return new URL(text);
}

function httpUrl(example: string): Variable<string> {
  return variable(example, (text) => {
    const url = parseUrl(text, false);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new Error(`${shown(text)} must begin with http:// or https://.`);
    }
    if (url.search !== '' || url.hash !== '' || url.username !== '') {
      throw new Error('it must be a bare address, without a login, a query or a fragment.');
    }
    return text.replace(/\/+$/, '');
  });
}

function port(example: number): Variable<number> {
  return variable(String(example), (text) => {
    const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    if (number < 1 || number > 65_535) {
      throw new Error(`${shown(text)} is not a port: a whole number from 1 to 65535.`);
    }
    return number;
  });
}

function existingFile(example: string): Variable<string> {
  return variable(example, (text) => {
    const path = resolve(text);
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) throw new Error(`there is no file at ${shown(path)}.`);
    if (!found.isFile()) throw new Error(`${shown(path)} is not a file.`);
    return path;
  });
}

/** PEM text itself, or the path of a file that holds it. */
function pem(example: string): Variable<Buffer> {
  return variable(example, (text) => {
    const literal = text.includes('-----BEGIN');
    if (literal) return Buffer.from(text.replaceAll('\\n', '\n'));
    const path = resolve(text);
    let content: Buffer;
    try {
      content = readFileSync(path);
    } catch {
      // The value might be a mangled key rather than a path, so it is not shown.
      throw new Error('it is neither PEM text nor the path of a file that can be read.');
    }
    if (!content.includes('-----BEGIN'))
      throw new Error('the file that it names holds no PEM text.');
    return content;
  });
}

function word(example: string): Variable<string> {
  return variable(example, (text) => {
    if (/\s/.test(text)) throw new Error('it must not hold spaces or line breaks.');
    return text;
  });
}

function bytesOfBase64(text: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined;
  return Buffer.from(text, 'base64');
}

function postgresUrl(text: string): string {
  const url = parseUrl(text, true);
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
    throw new Error(
      `it begins with ${shown(url.protocol)}, but Castellan keeps its records in PostgreSQL: it must begin with postgres://.`,
    );
  }
  if (url.pathname.length < 2) throw new Error('it does not name a database after the host.');
  return text;
}

function storageUrl(text: string): string {
  if (text.startsWith('s3://')) {
    throw new Error(
      's3:// is not supported by this version, which stores transcripts in files: give a file:// URL of a folder on a volume that lasts.',
    );
  }
  if (!/^file:\/\/\/./.test(text)) {
    throw new Error(
      `${shown(text.replace(/\?.*/s, ''))} must begin with file:/// and an absolute path.`,
    );
  }
  return text;
}

function encryptionKeys(text: string): { id: string; key: Buffer }[] {
  const keys = text.split(',').map((entry, index) => {
    const place = `key ${index + 1}`;
    const colon = entry.indexOf(':');
    const id = entry.slice(0, Math.max(colon, 0)).trim();
    if (!/^[A-Za-z0-9._-]{1,64}$/.test(id)) {
      throw new Error(`${place} needs an id of letters, digits, dots or dashes before its colon.`);
    }
    const key = bytesOfBase64(entry.slice(colon + 1).trim());
    if (key?.length !== 32) throw new Error(`${place} is not the base64 of exactly 32 bytes.`);
    return { id, key };
  });
  if (new Set(keys.map(({ id }) => id)).size < keys.length) {
    throw new Error('two keys have the same id; each needs one of its own.');
  }
  return keys;
}

/** Every variable that Castellan reads, with the form of its value. */
export const variables = {
  DISCORD_TOKEN: variable(
    '<the token from "Bot" on discord.com/developers/applications>',
    (text) => {
      if (/^bot\s/i.test(text))
        throw new Error('it must be the bare token, without "Bot" before it.');
      if (/\s/.test(text)) throw new Error('a token holds no spaces or line breaks.');
      return text;
    },
  ),
  DISCORD_API_URL: variable('https://discord.com/api', (text) => {
    const base = httpUrl('').schema.parse(text);
    if (/\/v\d+$/.test(base))
      throw new Error('it must be the base before /v10, without a version.');
    return base;
  }),
  DATABASE_URL: variable(
    'postgres://castellan:PASSWORD@db.example.org:5432/castellan',
    postgresUrl,
  ),
  TEMPORAL_ADDRESS: variable('temporal.example.org:7233', (text) => {
    if (text.includes('://')) throw new Error('it must be host:port, without a scheme.');
    const parts = /^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/.exec(text);
    const number = Number(parts?.[1] ?? 0);
    if (number < 1 || number > 65_535) throw new Error(`${shown(text)} is not host:port.`);
    return text;
  }),
  TEMPORAL_NAMESPACE: word('default'),
  TEMPORAL_API_KEY: word('<an API key of your Temporal Cloud account>'),
  TEMPORAL_TLS_CERT: pem('/etc/castellan/temporal.pem'),
  TEMPORAL_TLS_KEY: pem('/etc/castellan/temporal.key'),
  TEMPORAL_TLS_CA: pem('/etc/castellan/temporal-ca.pem'),
  TEMPORAL_UI_PORT: port(8233),
  TEMPORAL_UI_URL: httpUrl('https://temporal.example.org'),
  TEMPORAL_CLI_PATH: existingFile('/usr/local/bin/temporal'),
  CASTELLAN_DATA_DIR: variable('/var/lib/castellan', (text) => {
    const path = resolve(text);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && !found.isDirectory()) throw new Error(`${shown(path)} is not a directory.`);
    return path;
  }),
  CASTELLAN_CONFIG: existingFile('/etc/castellan/castellan.yaml'),
  HTTP_HOST: variable('127.0.0.1', (text) => {
    if (!/^[A-Za-z0-9.:_-]+$/.test(text)) {
      throw new Error(`${shown(text)} is not a host name or an IP address.`);
    }
    return text;
  }),
  HTTP_PORT: port(3000),
  PUBLIC_URL: httpUrl('https://castellan.example.org'),
  ENCRYPTION_KEYS: variable('2026a:<base64 of 32 random bytes>', encryptionKeys),
  SECRET_KEY: variable('<base64 of 32 random bytes: openssl rand -base64 32>', (text) => {
    const key = bytesOfBase64(text);
    if (!key || key.length < 32) throw new Error('it is not the base64 of at least 32 bytes.');
    return key;
  }),
  STORAGE_URL: variable('file:///var/lib/castellan/storage', storageUrl),
  YOUTUBE_URL: httpUrl('https://www.youtube.com'),
  YOUTUBE_HUB_URL: httpUrl('https://pubsubhubbub.appspot.com/subscribe'),
  LOG_LEVEL: variable('info', (text) => {
    const level = logLevels.find((known) => known === text);
    if (!level) throw new Error(`${shown(text)} is not one of ${logLevels.join(', ')}.`);
    return level;
  }),
} as const;

/** How much is logged: pino's levels. */
export type LogLevel = (typeof logLevels)[number];

/** The name of a variable that Castellan reads. */
export type VariableName = keyof typeof variables;
