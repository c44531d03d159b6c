import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  EnvironmentError,
  readEnvironment,
  requireDatabase,
  requireDiscord,
  requireTemporal,
  withDotenv,
  type Need,
  type Variables,
} from './environment';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'castellan-environment-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const key = Buffer.alloc(32, 7).toString('base64');
const realToken = ['MTE4MDAwMDAwMDAwMDAwMDAwMA', 'GAbCdE', 'x'.repeat(38)].join('.');

function problemsOf(source: Variables, needs: readonly Need[] = []): Map<string, string> {
  try {
    readEnvironment(source, needs);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return new Map(error.problems.map(({ variable, problem }) => [variable, problem]));
  }
  return new Map();
}

describe('readEnvironment', () => {
  it('has a stand-in for everything that is absent', () => {
    expect(readEnvironment({})).toEqual({
      discord: undefined,
      databaseUrl: undefined,
      temporal: undefined,
      temporalNamespace: 'default',
      temporalUiPort: 8233,
      temporalUiPortExplicit: false,
      temporalUiUrl: undefined,
      temporalCliPath: undefined,
      dataDir: resolve('.castellan'),
      configFile: undefined,
      http: {
        host: '127.0.0.1',
        port: 3000,
        portExplicit: false,
        publicUrl: 'http://127.0.0.1:3000',
        publicUrlExplicit: false,
      },
      encryptionKeys: [],
      secretKey: undefined,
      storageUrl: undefined,
      youtube: {
        url: 'https://www.youtube.com',
        hubUrl: 'https://pubsubhubbub.appspot.com/subscribe',
        urlExplicit: false,
        hubUrlExplicit: false,
      },
      logLevel: 'info',
      rconPasswords: {},
      gameKeys: {},
      webhookSecrets: {},
    });
  });

  it('reads every variable', () => {
    const file = join(folder, 'castellan.yaml');
    writeFileSync(file, '');
    const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
    const pem = join(folder, 'temporal.pem');
    writeFileSync(pem, certificate);
    const environment = readEnvironment({
      DISCORD_TOKEN: realToken,
      DATABASE_URL: 'postgres://castellan:pass@db:5432/castellan',
      TEMPORAL_ADDRESS: '[::1]:7233',
      TEMPORAL_NAMESPACE: 'castellan',
      TEMPORAL_API_KEY: 'key',
      TEMPORAL_TLS_CERT: pem,
      TEMPORAL_TLS_KEY: '-----BEGIN PRIVATE KEY-----\\nMIIB\\n-----END PRIVATE KEY-----',
      TEMPORAL_UI_PORT: '9000',
      TEMPORAL_UI_URL: 'https://temporal.example.org/',
      TEMPORAL_CLI_PATH: process.execPath,
      CASTELLAN_DATA_DIR: folder,
      CASTELLAN_CONFIG: file,
      HTTP_HOST: '::1',
      HTTP_PORT: '8080',
      ENCRYPTION_KEYS: `b:${key}, a:${key}`,
      SECRET_KEY: key,
      STORAGE_URL: `file://${folder}`,
      YOUTUBE_URL: 'http://proxy:8000/youtube/',
      YOUTUBE_HUB_URL: 'https://hub.example.org/subscribe',
      LOG_LEVEL: 'debug',
    });
    expect(environment).toMatchObject({
      discord: { token: realToken, apiUrl: 'https://discord.com/api' },
      databaseUrl: 'postgres://castellan:pass@db:5432/castellan',
      temporal: { address: '[::1]:7233', namespace: 'castellan', apiKey: 'key' },
      temporalUiPort: 9000,
      temporalUiPortExplicit: true,
      temporalUiUrl: 'https://temporal.example.org',
      temporalCliPath: process.execPath,
      dataDir: folder,
      configFile: file,
      http: { host: '::1', port: 8080, portExplicit: true, publicUrl: 'http://[::1]:8080' },
      encryptionKeys: [{ id: 'b' }, { id: 'a' }],
      secretKey: Buffer.alloc(32, 7),
      youtube: {
        url: 'http://proxy:8000/youtube',
        hubUrl: 'https://hub.example.org/subscribe',
        urlExplicit: true,
        hubUrlExplicit: true,
      },
      logLevel: 'debug',
    });
    expect(environment.temporal?.tls?.cert?.toString()).toBe(certificate);
    expect(environment.temporal?.tls?.key?.toString()).toContain('KEY-----\nMIIB\n-----END');
  });

  it('reads the secrets of game servers, under any names that begin so', () => {
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const { gameKeys } = readEnvironment({
      GAME_SECRET: secret,
      GAME_SECRET_SURVIVAL: ` ${secret}\n`,
      GAME_SECRETS: 'something else',
      GAME_SECRET_EMPTY: '',
    });
    const key = Buffer.alloc(24, 7);
    expect(gameKeys).toEqual({ GAME_SECRET: key, GAME_SECRET_SURVIVAL: key });
    for (const wrong of [secret.slice(6), 'whsec_c2hvcnQ=', 'whsec_secret words']) {
      const read = () => readEnvironment({ GAME_SECRET_SURVIVAL: wrong, LOG_LEVEL: 'loud' });
      expect(read).toThrow(/2 variables are not right[^]*GAME_SECRET_SURVIVAL: [^]*whsec_</);
      expect(read).not.toThrow(wrong.slice(6));
    }
  });

  it('reads the secrets of sources of announcements, of any form, unless they are too short', () => {
    const standard = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const { webhookSecrets } = readEnvironment({
      WEBHOOK_SECRET: 'of any form, but long',
      WEBHOOK_SECRET_GITHUB: ` ${standard}\n`,
      WEBHOOK_SECRETS: 'something else',
      WEBHOOK_SECRET_EMPTY: '',
    });
    expect(webhookSecrets).toEqual({
      WEBHOOK_SECRET: 'of any form, but long',
      WEBHOOK_SECRET_GITHUB: standard,
    });
    for (const wrong of ['fifteen letters', 'whsec_c2hvcnQ=']) {
      const read = () => readEnvironment({ WEBHOOK_SECRET_GITHUB: wrong, LOG_LEVEL: 'loud' });
      expect(read).toThrow(/2 variables are not right[^]*WEBHOOK_SECRET_GITHUB: [^]*openssl rand/);
      expect(read).not.toThrow(wrong.slice(6));
    }
  });

  it('treats an empty value as absent and trims the others', () => {
    expect(readEnvironment({ HTTP_PORT: '', LOG_LEVEL: ' warn ' })).toMatchObject({
      http: { port: 3000, portExplicit: false },
      logLevel: 'warn',
    });
  });

  it.each<[string, string, RegExp]>([
    ['DISCORD_TOKEN', 'Bot abc', /without "Bot"/],
    ['DISCORD_TOKEN', 'two words', /no spaces/],
    ['DISCORD_TOKEN', '1180000000000000000', /three parts joined by dots/],
    ['DISCORD_API_URL', 'discord.com/api', /not a URL/],
    ['DISCORD_API_URL', 'https://discord.com/api/v10', /without a version/],
    ['DISCORD_API_URL', 'ftp://discord.com/api', /http:\/\/ or https:\/\//],
    ['DATABASE_URL', 'localhost', /not a URL/],
    ['DATABASE_URL', 'mysql://root@db/castellan', /must begin with postgres/],
    ['DATABASE_URL', 'postgres://db:5432', /does not name a database/],
    ['TEMPORAL_ADDRESS', 'http://temporal:7233', /without a scheme/],
    ['TEMPORAL_ADDRESS', 'temporal', /not host:port/],
    ['TEMPORAL_ADDRESS', 'temporal:70000', /not host:port/],
    ['TEMPORAL_NAMESPACE', 'my space', /spaces/],
    ['TEMPORAL_API_KEY', 'my key', /spaces/],
    ['TEMPORAL_TLS_CERT', '/nowhere/cert.pem', /neither PEM text nor/],
    ['TEMPORAL_TLS_KEY', 'package.json', /holds no PEM/],
    ['TEMPORAL_TLS_CA', '/nowhere/ca.pem', /neither PEM text nor/],
    ['TEMPORAL_UI_PORT', '0', /not a port/],
    ['TEMPORAL_UI_URL', 'temporal', /not a URL/],
    ['TEMPORAL_CLI_PATH', '/nowhere/temporal', /no file at/],
    ['CASTELLAN_DATA_DIR', process.execPath, /not a directory/],
    ['CASTELLAN_CONFIG', '/nowhere/castellan.yaml', /no file at/],
    ['CASTELLAN_CONFIG', '/', /not a file/],
    ['HTTP_HOST', 'http://localhost', /not a host name/],
    ['HTTP_PORT', '70000', /not a port/],
    ['HTTP_PORT', '3e3', /not a port/],
    ['PUBLIC_URL', 'castellan.example.org', /not a URL/],
    ['PUBLIC_URL', 'https://example.org/?a=b', /bare address/],
    ['ENCRYPTION_KEYS', key, /needs an id/],
    ['ENCRYPTION_KEYS', 'a:c2hvcnQ=', /exactly 32 bytes/],
    ['ENCRYPTION_KEYS', `a:${key},a:${key}`, /same id/],
    ['SECRET_KEY', 'correct horse', /at least 32 bytes/],
    ['STORAGE_URL', 's3://bucket/prefix', /not supported by this version/],
    ['STORAGE_URL', '/var/lib', /must begin with file/],
    ['YOUTUBE_URL', 'www.youtube.com', /not a URL/],
    ['YOUTUBE_HUB_URL', 'ftp://hub.example.org', /must begin with http/],
    ['LOG_LEVEL', 'verbose', /not one of fatal, error/],
  ])('refuses %s=%s', (variable, value, problem) => {
    expect(problemsOf({ [variable]: value }).get(variable)).toMatch(problem);
  });

  it('names every wrong variable at once, with an example of a right value', () => {
    const wrong = { HTTP_PORT: 'x', LOG_LEVEL: 'x', DATABASE_URL: 'x' };
    expect([...problemsOf(wrong, ['temporal']).keys()].sort()).toEqual([
      'DATABASE_URL',
      'HTTP_PORT',
      'LOG_LEVEL',
      'TEMPORAL_ADDRESS',
    ]);
    expect(() => readEnvironment(wrong)).toThrow(/for example: HTTP_PORT=3000/);
  });

  it('names variables that do not go together', () => {
    const pem = '-----BEGIN X-----';
    expect([...problemsOf({ TEMPORAL_TLS_CERT: pem }).keys()].sort()).toEqual([
      'TEMPORAL_ADDRESS',
      'TEMPORAL_TLS_KEY',
    ]);
    expect([...problemsOf({ TEMPORAL_ADDRESS: 'a:1', TEMPORAL_TLS_KEY: pem }).keys()]).toEqual([
      'TEMPORAL_TLS_CERT',
    ]);
    expect(problemsOf({ DISCORD_API_URL: 'http://127.0.0.1:1/api' }).get('DISCORD_TOKEN')).toMatch(
      /not set although/,
    );
  });

  it('takes any token for a server that is not the real Discord', () => {
    const source = { DISCORD_TOKEN: 'test', DISCORD_API_URL: 'http://127.0.0.1:4000/api/' };
    expect(readEnvironment(source).discord).toEqual({
      token: 'test',
      apiUrl: 'http://127.0.0.1:4000/api',
    });
  });

  it('shows no secret in its messages', () => {
    const secret = 'hunter2 hunter2';
    const source = Object.fromEntries(
      [
        'DISCORD_TOKEN',
        'DATABASE_URL',
        'TEMPORAL_API_KEY',
        'TEMPORAL_TLS_KEY',
        'ENCRYPTION_KEYS',
        'SECRET_KEY',
      ].map((name) => [name, secret]),
    );
    const shown = [...problemsOf(source)].flat().join('\n');
    expect(shown).toContain('SECRET_KEY');
    expect(shown).not.toContain('hunter2');
  });
});

describe('require', () => {
  it('says which variable a process lacks', () => {
    const environment = readEnvironment({});
    expect(() => requireDiscord(environment)).toThrow(/DISCORD_TOKEN: it is not set/);
    expect(() => requireDatabase(environment)).toThrow(/DATABASE_URL=postgres:/);
    expect(() => requireTemporal(environment)).toThrow(/TEMPORAL_ADDRESS=temporal/);
  });
});

describe('withDotenv', () => {
  it('completes the environment, but never overrides what is set', () => {
    writeFileSync(join(folder, '.env'), '# comment\nLOG_LEVEL=warn\nHTTP_PORT="81"\nHTTP_HOST=\n');
    expect(withDotenv({ LOG_LEVEL: 'debug', PATH: '/bin' }, folder)).toEqual({
      LOG_LEVEL: 'debug',
      HTTP_PORT: '81',
      HTTP_HOST: '',
      PATH: '/bin',
    });
  });

  it('needs no file', () => {
    expect(withDotenv({ A: 'b' }, join(folder, 'nowhere'))).toEqual({ A: 'b' });
  });

  it('says so when the file cannot be read', () => {
    const strange = mkdtempSync(join(folder, 'strange-'));
    mkdirSync(join(strange, '.env'));
    expect(() => withDotenv({}, strange)).toThrow(/is there but cannot be read/);
  });
});
