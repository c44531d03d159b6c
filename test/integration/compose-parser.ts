import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { z } from 'zod';

export const ROOT = path.resolve(__dirname, '..', '..');
const RECIPE = path.join(ROOT, 'deploy', 'compose-check');
const BUILD_LIMIT_MS = 300_000;
/** Where Go is installed without being on the PATH of every shell. */
const USUAL_PLACES_OF_GO = ['/usr/local/go/bin', '/usr/lib/go/bin', '/opt/homebrew/bin'];

const healthcheck = z.object({
  test: z.array(z.string()).optional(),
  disable: z.boolean().optional(),
  interval: z.string().optional(),
  timeout: z.string().optional(),
  retries: z.number().optional(),
  start_period: z.string().optional(),
});

const service = z.object({
  image: z.string(),
  build: z.object({ context: z.string(), target: z.string().optional() }).optional(),
  command: z.array(z.string()).nullish(),
  entrypoint: z.array(z.string()).nullish(),
  environment: z.record(z.string(), z.string().nullable()).default({}),
  depends_on: z
    .record(z.string(), z.object({ condition: z.string(), required: z.boolean() }))
    .default({}),
  healthcheck: healthcheck.optional(),
  restart: z.string().optional(),
  init: z.boolean().optional(),
  networks: z.record(z.string(), z.unknown()),
  ports: z
    .array(
      z.object({
        target: z.number(),
        published: z.string().optional(),
        host_ip: z.string().optional(),
        protocol: z.string(),
      }),
    )
    .default([]),
  volumes: z
    .array(
      z.object({
        type: z.string(),
        source: z.string().optional(),
        target: z.string(),
        read_only: z.boolean().optional(),
      }),
    )
    .default([]),
  tmpfs: z.array(z.string()).default([]),
  read_only: z.boolean().optional(),
  privileged: z.boolean().optional(),
  security_opt: z.array(z.string()).default([]),
  cap_drop: z.array(z.string()).default([]),
  cap_add: z.array(z.string()).default([]),
  container_name: z.string().optional(),
  network_mode: z.string().optional(),
  stop_grace_period: z.string().optional(),
  logging: z.object({ driver: z.string(), options: z.record(z.string(), z.string()) }).optional(),
  deploy: z.object({
    resources: z.object({ limits: z.object({ memory: z.string() }) }),
  }),
});

const result = z.object({
  project: z.object({
    name: z.string(),
    services: z.record(z.string(), service),
    networks: z.record(z.string(), z.object({ internal: z.boolean().optional() })),
    volumes: z.record(z.string(), z.unknown()),
  }),
  model: z.object({
    services: z.record(
      z.string(),
      z.object({ environment: z.record(z.string(), z.unknown()).default({}) }),
    ),
  }),
  variables: z.record(z.string(), z.object({ default: z.string(), required: z.boolean() })),
});

/** One service, everything resolved, as Docker Compose would run it. */
export type ComposeService = z.infer<typeof service>;

/** What Docker Compose's own library made of a file: see deploy/compose-check/main.go. */
export type ComposeResult = z.infer<typeof result>;

/** What parsing gave: what the file means, or why Compose would refuse it. */
export type ComposeAnswer = { readonly accepted: ComposeResult } | { readonly refused: string };

/** Parses docker-compose.yml with the given variables and no others. */
export type ParseCompose = (variables: Readonly<Record<string, string>>) => ComposeAnswer;

/**
 * Builds the parser, or finds the earlier build in the user's cache.
 *
 * @returns the parser, or why there is none here: Go is missing, or cannot build it
 * @throws Error when it cannot be built although CI is set: there it has to be checked
 */
export function composeParser(): ParseCompose | { readonly unavailable: string } {
  const folder = path.join(
    process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'),
    'castellan',
    `compose-check-${recipeHash()}`,
  );
  const program = path.join(folder, process.platform === 'win32' ? 'check.exe' : 'check');
  if (!existsSync(program)) {
    const problem = build(program);
    if (problem !== undefined) {
      const unavailable = `docker-compose.yml was not checked with Docker Compose's parser: ${problem}`;
      if ((process.env.CI ?? '') !== '') throw new Error(unavailable);
      return { unavailable };
    }
  }
  return (variables) => parse(program, variables);
}

/** Registers a test that is skipped, with the reason as its name, and prints the reason. */
export function skipped(reason: string): void {
  process.stderr.write(`Skipped: ${reason}\n`);
  const notHere = it.skip;
  notHere(reason, () => {
    expect(reason).toBe('');
  });
}

function recipeHash(): string {
  const hash = createHash('sha256');
  for (const name of ['go.mod', 'go.sum', 'main.go']) {
    hash.update(readFileSync(path.join(RECIPE, name)));
  }
  return hash.digest('hex').slice(0, 16);
}

function build(program: string): string | undefined {
  mkdirSync(path.dirname(program), { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  const { error, status, stderr } = spawnSync(
    'go',
    ['build', '-trimpath', '-buildvcs=false', '-mod=readonly', '-o', unfinished, '.'],
    {
      cwd: RECIPE,
      env: {
        ...process.env,
        PATH: [process.env.PATH, ...USUAL_PLACES_OF_GO].join(path.delimiter),
        CGO_ENABLED: '0',
        GOWORK: 'off',
      },
      encoding: 'utf8',
      timeout: BUILD_LIMIT_MS,
    },
  );
  if (error && 'code' in error && error.code === 'ENOENT')
    return 'it is built with Go, which is not installed.';
  if (error) return `building it failed: ${error.message}`;
  if (status !== 0) return `building it failed: ${stderr}`;
  renameSync(unfinished, program);
  return undefined;
}

function parse(program: string, variables: Readonly<Record<string, string>>): ComposeAnswer {
  const folder = mkdtempSync(path.join(tmpdir(), 'castellan-compose-'));
  try {
    const envFile = path.join(folder, 'env');
    const lines = Object.entries(variables).map(([name, value]) => `${name}='${value}'\n`);
    writeFileSync(envFile, lines.join(''), { mode: 0o600 });
    const { error, status, stdout, stderr } = spawnSync(
      program,
      ['-env-file', envFile, path.join(ROOT, 'docker-compose.yml')],
      { encoding: 'utf8', env: {} },
    );
    if (error) throw error;
    if (status !== 0) return { refused: stderr };
    return { accepted: result.parse(JSON.parse(stdout)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
