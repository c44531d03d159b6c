import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'dotenv';
import { z } from 'zod';
import { EnvironmentError, type VariableProblem } from './environment-error';
import { hasDiscordTokenForm, variables, type LogLevel, type VariableName } from './variables';
import { systemErrorCode } from '../observability/system-error';
import { gameKeys, rconPasswords, webhookSecrets } from './named-secrets';

export { EnvironmentError, portTaken, type VariableProblem } from './environment-error';
export type { LogLevel } from './variables';

/** Where the real Discord is: the base before `/v10`. */
export const defaultDiscordApiUrl = 'https://discord.com/api';

/** Where YouTube's feeds are, and the hub that tells what is new in them. */
const defaultYoutubeUrl = 'https://www.youtube.com';
const defaultYoutubeHubUrl = 'https://pubsubhubbub.appspot.com/subscribe';

/** How YouTube is reached. */
export interface YoutubeEnvironment {
  /** What stands before `/feeds/videos.xml`, without a slash at its end. */
  readonly url: string;
  readonly hubUrl: string;
  /** Whether whoever runs Castellan named them: then they may be on their own network. */
  readonly urlExplicit: boolean;
  readonly hubUrlExplicit: boolean;
}

/** How the bot logs into Discord. */
export interface DiscordEnvironment {
  readonly token: string;
  /** The base before `/v10`, without a slash at its end. */
  readonly apiUrl: string;
}

/** How a Temporal server is reached. */
export interface TemporalEnvironment {
  /** `host:port` */
  readonly address: string;
  readonly namespace: string;
  readonly apiKey?: string;
  /** PEM texts. Present when at least one was given; a certificate never comes without its key. */
  readonly tls?: { readonly cert?: Buffer; readonly key?: Buffer; readonly ca?: Buffer };
}

/** Everything that Castellan takes from its environment, checked. Contract, section 2. */
export interface Environment {
  /** Absent: the local Discord stands in (`castellan all` only). */
  readonly discord: DiscordEnvironment | undefined;
  /** Absent: an embedded PostgreSQL stands in (`castellan all` only). */
  readonly databaseUrl: string | undefined;
  /** Absent: an embedded Temporal server stands in (`castellan all` only). */
  readonly temporal: TemporalEnvironment | undefined;
  /** The namespace, also that of the embedded server. */
  readonly temporalNamespace: string;
  readonly temporalUiPort: number;
  readonly temporalUiPortExplicit: boolean;
  /** Where the Temporal Web UI is, for links. No slash at the end. */
  readonly temporalUiUrl: string | undefined;
  /** The `temporal` program that was asked for by TEMPORAL_CLI_PATH. */
  readonly temporalCliPath: string | undefined;
  /** Absolute path. */
  readonly dataDir: string;
  /** Absolute path of the guild configuration to apply at start. */
  readonly configFile: string | undefined;
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly portExplicit: boolean;
    /** No slash at the end. */
    readonly publicUrl: string;
    readonly publicUrlExplicit: boolean;
  };
  /** The first encrypts, all decrypt; empty: payloads are stored as they are. */
  readonly encryptionKeys: readonly { readonly id: string; readonly key: Buffer }[];
  /** Absent: see `ensureSecretKey`. */
  readonly secretKey: Buffer | undefined;
  /** A `file://` URL. Absent: the data directory's `storage`. */
  readonly storageUrl: string | undefined;
  readonly youtube: YoutubeEnvironment;
  readonly logLevel: LogLevel;
  /** What is set of RCON_PASSWORD and RCON_PASSWORD_…: guild configurations name them. */
  readonly rconPasswords: Readonly<Record<string, string>>;
  /** The keys of GAME_SECRET and GAME_SECRET_…, with which game servers sign: guild configurations name them. */
  readonly gameKeys: Readonly<Record<string, Buffer>>;
  /** What is set of WEBHOOK_SECRET and WEBHOOK_SECRET_…, with which sources sign: guild configurations name them. */
  readonly webhookSecrets: Readonly<Record<string, string>>;
}

/** Parts that a process cannot embed and must therefore find in its environment. */
export type Need = 'discord' | 'database' | 'temporal';

/** Variables by name, as `process.env` has them. An empty value counts as absent. */
export type Variables = Readonly<Record<string, string | undefined>>;

const schema = z.object({
  DISCORD_TOKEN: variables.DISCORD_TOKEN.schema.optional(),
  DISCORD_API_URL: variables.DISCORD_API_URL.schema.optional(),
  DATABASE_URL: variables.DATABASE_URL.schema.optional(),
  TEMPORAL_ADDRESS: variables.TEMPORAL_ADDRESS.schema.optional(),
  TEMPORAL_NAMESPACE: variables.TEMPORAL_NAMESPACE.schema.optional(),
  TEMPORAL_API_KEY: variables.TEMPORAL_API_KEY.schema.optional(),
  TEMPORAL_TLS_CERT: variables.TEMPORAL_TLS_CERT.schema.optional(),
  TEMPORAL_TLS_KEY: variables.TEMPORAL_TLS_KEY.schema.optional(),
  TEMPORAL_TLS_CA: variables.TEMPORAL_TLS_CA.schema.optional(),
  TEMPORAL_UI_PORT: variables.TEMPORAL_UI_PORT.schema.optional(),
  TEMPORAL_UI_URL: variables.TEMPORAL_UI_URL.schema.optional(),
  TEMPORAL_CLI_PATH: variables.TEMPORAL_CLI_PATH.schema.optional(),
  CASTELLAN_DATA_DIR: variables.CASTELLAN_DATA_DIR.schema.optional(),
  CASTELLAN_CONFIG: variables.CASTELLAN_CONFIG.schema.optional(),
  HTTP_HOST: variables.HTTP_HOST.schema.optional(),
  HTTP_PORT: variables.HTTP_PORT.schema.optional(),
  PUBLIC_URL: variables.PUBLIC_URL.schema.optional(),
  ENCRYPTION_KEYS: variables.ENCRYPTION_KEYS.schema.optional(),
  SECRET_KEY: variables.SECRET_KEY.schema.optional(),
  STORAGE_URL: variables.STORAGE_URL.schema.optional(),
  YOUTUBE_URL: variables.YOUTUBE_URL.schema.optional(),
  YOUTUBE_HUB_URL: variables.YOUTUBE_HUB_URL.schema.optional(),
  LOG_LEVEL: variables.LOG_LEVEL.schema.optional(),
} satisfies Record<VariableName, z.ZodType>);

type Values = z.infer<typeof schema>;

/**
 * The variables of `own`, completed by those of a `.env` file in `directory`; what is set in `own`
 * wins. A missing file is fine.
 *
 * @throws EnvironmentError when the file is there but cannot be read.
 */
export function withDotenv(own: Variables, directory: string): Variables {
  const path = join(directory, '.env');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return own;
    throw new EnvironmentError([
      {
        variable: '.env',
        problem: `the file ${path} is there but cannot be read.`,
        example: '<a text file of NAME=value lines, readable by this user>',
      },
    ]);
  }
  return { ...parse(text), ...present(own) };
}

/**
 * Checks every variable and turns them into an `Environment`.
 *
 * @param source variables by name, such as `withDotenv(process.env, process.cwd())`
 * @param needs parts that must be named because this process cannot embed them
 * @throws EnvironmentError with every variable that is wrong, missing or without effect
 */
export function readEnvironment(source: Variables, needs: readonly Need[] = []): Environment {
  const given = present(source);
  const parsed = schema.safeParse(given);
  const games = gameKeys(given);
  const webhooks = webhookSecrets(given);
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map(problemOf)),
    ...games.problems,
    ...webhooks.problems,
    ...contradictions(given),
    ...needs.flatMap((need) => (isGiven(given, need) ? [] : [missing(need)])),
  ];
  if (!parsed.success || problems.length > 0) throw new EnvironmentError(problems);
  return environmentOf(parsed.data, {
    rconPasswords: rconPasswords(given),
    gameKeys: games.keys,
    webhookSecrets: webhooks.secrets,
  });
}

/** Discord's part of the environment. @throws EnvironmentError when it is absent. */
export function requireDiscord(environment: Environment): DiscordEnvironment {
  return environment.discord ?? lacking('discord');
}

/** The database's URL. @throws EnvironmentError when it is absent. */
export function requireDatabase(environment: Environment): string {
  return environment.databaseUrl ?? lacking('database');
}

/** Temporal's part of the environment. @throws EnvironmentError when it is absent. */
export function requireTemporal(environment: Environment): TemporalEnvironment {
  return environment.temporal ?? lacking('temporal');
}

function environmentOf(
  values: Values,
  named: Pick<Environment, 'rconPasswords' | 'gameKeys' | 'webhookSecrets'>,
): Environment {
  const host = values.HTTP_HOST ?? '127.0.0.1';
  const port = values.HTTP_PORT ?? 3000;
  const namespace = values.TEMPORAL_NAMESPACE ?? 'default';
  return {
    discord:
      values.DISCORD_TOKEN === undefined
        ? undefined
        : {
            token: values.DISCORD_TOKEN,
            apiUrl: values.DISCORD_API_URL ?? defaultDiscordApiUrl,
          },
    databaseUrl: values.DATABASE_URL,
    temporal: temporalOf(values, namespace),
    temporalNamespace: namespace,
    temporalUiPort: values.TEMPORAL_UI_PORT ?? 8233,
    temporalUiPortExplicit: values.TEMPORAL_UI_PORT !== undefined,
    temporalUiUrl: values.TEMPORAL_UI_URL,
    temporalCliPath: values.TEMPORAL_CLI_PATH,
    dataDir: values.CASTELLAN_DATA_DIR ?? resolve('.castellan'),
    configFile: values.CASTELLAN_CONFIG,
    http: {
      host,
      port,
      portExplicit: values.HTTP_PORT !== undefined,
      publicUrl: values.PUBLIC_URL ?? httpAddress(host, port),
      publicUrlExplicit: values.PUBLIC_URL !== undefined,
    },
    encryptionKeys: values.ENCRYPTION_KEYS ?? [],
    secretKey: values.SECRET_KEY,
    storageUrl: values.STORAGE_URL,
    youtube: {
      url: values.YOUTUBE_URL ?? defaultYoutubeUrl,
      hubUrl: values.YOUTUBE_HUB_URL ?? defaultYoutubeHubUrl,
      urlExplicit: values.YOUTUBE_URL !== undefined,
      hubUrlExplicit: values.YOUTUBE_HUB_URL !== undefined,
    },
    logLevel: values.LOG_LEVEL ?? 'info',
    ...named,
  };
}

function temporalOf(values: Values, namespace: string): TemporalEnvironment | undefined {
  if (values.TEMPORAL_ADDRESS === undefined) return undefined;
  const tls = {
    ...(values.TEMPORAL_TLS_CERT && { cert: values.TEMPORAL_TLS_CERT }),
    ...(values.TEMPORAL_TLS_KEY && { key: values.TEMPORAL_TLS_KEY }),
    ...(values.TEMPORAL_TLS_CA && { ca: values.TEMPORAL_TLS_CA }),
  };
  return {
    address: values.TEMPORAL_ADDRESS,
    namespace,
    ...(values.TEMPORAL_API_KEY !== undefined && { apiKey: values.TEMPORAL_API_KEY }),
    ...(Object.keys(tls).length > 0 && { tls }),
  };
}

/** `http://host:port`, with an IPv6 host in brackets. */
export function httpAddress(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** What is set to something: an env file's `NAME=` means absent. */
function present(source: Variables): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(source)) {
    if (value !== undefined && value.trim() !== '') given[name] = value.trim();
  }
  return given;
}

function isVariableName(name: unknown): name is VariableName {
  return typeof name === 'string' && Object.hasOwn(variables, name);
}

function problemOf(issue: z.core.$ZodIssue): VariableProblem {
  const name = issue.path[0];
  if (!isVariableName(name)) throw new TypeError(`Unexpected issue at ${issue.path.join('.')}`);
  return { variable: name, problem: issue.message, example: variables[name].example };
}

const variableOf = {
  discord: 'DISCORD_TOKEN',
  database: 'DATABASE_URL',
  temporal: 'TEMPORAL_ADDRESS',
} as const satisfies Record<Need, VariableName>;

function isGiven(given: Variables, need: Need): boolean {
  return given[variableOf[need]] !== undefined;
}

function missing(need: Need): VariableProblem {
  const variable = variableOf[need];
  return {
    variable,
    problem: 'it is not set, and only "castellan all" has a stand-in for it.',
    example: variables[variable].example,
  };
}

function lacking(need: Need): never {
  throw new EnvironmentError([missing(need)]);
}

/** Variables that are each well formed but do not go together. */
function contradictions(given: Variables): VariableProblem[] {
  const problems: VariableProblem[] = [];
  const report = (variable: VariableName, problem: string): void => {
    problems.push({ variable, problem, example: variables[variable].example });
  };
  const token = given['DISCORD_TOKEN'];
  const real = (given['DISCORD_API_URL'] ?? defaultDiscordApiUrl).startsWith(defaultDiscordApiUrl);
  // Other servers may hand out tokens of any form; Discord's own have one, and a wrong copy shows.
  if (token !== undefined && real && !/\s/.test(token) && !hasDiscordTokenForm(token)) {
    report(
      'DISCORD_TOKEN',
      'it does not look like a bot token: three parts joined by dots. (The application id, the public key and the client secret are something else.)',
    );
  }
  if (token === undefined && given['DISCORD_API_URL'] !== undefined) {
    report('DISCORD_TOKEN', 'it is not set although DISCORD_API_URL is.');
  }
  const certificate = given['TEMPORAL_TLS_CERT'] !== undefined;
  const key = given['TEMPORAL_TLS_KEY'] !== undefined;
  if (certificate && !key) report('TEMPORAL_TLS_KEY', 'it is missing beside TEMPORAL_TLS_CERT.');
  if (key && !certificate) report('TEMPORAL_TLS_CERT', 'it is missing beside TEMPORAL_TLS_KEY.');
  const remote = ['TEMPORAL_API_KEY', 'TEMPORAL_TLS_CERT', 'TEMPORAL_TLS_KEY', 'TEMPORAL_TLS_CA'];
  const idle = remote.filter((name) => given[name] !== undefined);
  if (given['TEMPORAL_ADDRESS'] === undefined && idle.length > 0) {
    report(
      'TEMPORAL_ADDRESS',
      `it is not set, so that ${idle.join(' and ')} would have no effect.`,
    );
  }
  return problems;
}
