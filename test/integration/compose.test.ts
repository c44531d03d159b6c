import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  composeParser,
  ROOT,
  skipped,
  type ComposeService,
  type ParseCompose,
} from './compose-parser';

/** What an operator has to fill in, with values that can be told apart. */
const required = {
  DISCORD_TOKEN: 'the-token',
  PUBLIC_URL: 'https://castellan.example.org',
  SECRET_KEY: 'the-secret-key',
  POSTGRES_PASSWORD: 'superuser-password',
  CASTELLAN_DB_PASSWORD: 'castellan-password',
  TEMPORAL_DB_PASSWORD: 'temporal-password',
} as const;

const oneShots = ['migrate', 'temporal-namespace', 'temporal-schema'];
const castellan = ['bot', 'web', 'worker'];
const all = [...castellan, ...oneShots, 'postgres', 'proxy', 'temporal', 'temporal-ui'].sort();

const parser = composeParser();
if ('unavailable' in parser) skipped(parser.unavailable);
else suite(parser);

function suite(parse: ParseCompose): void {
  const accepted = (variables: Readonly<Record<string, string>>) => {
    const answer = parse(variables);
    if ('refused' in answer) throw new Error(answer.refused);
    return answer.accepted;
  };
  const { project, variables } = accepted(required);
  const services = Object.entries(project.services);
  const service = (name: string): ComposeService => {
    const found = project.services[name];
    if (!found) throw new Error(`There is no service "${name}".`);
    return found;
  };
  /** The services for which something holds, in order. */
  const those = (holds: (service: ComposeService) => boolean) =>
    services.flatMap(([name, each]) => (holds(each) ? [name] : [])).sort();
  const values = (each: ComposeService) => Object.values(each.environment).join('\n');

  describe('docker-compose.yml, as the parser of Docker Compose reads it', () => {
    it('has these services', () => {
      expect(Object.keys(project.services).sort()).toEqual(all);
    });

    it.each(Object.keys(required))('is refused by name without %s', (name) => {
      const answer = parse({ ...required, [name]: '' });
      expect(answer).toEqual({ refused: expect.stringContaining(`set ${name} in .env`) });
    });

    it('gives no secret a value of its own', () => {
      const secrets = Object.keys(variables).filter((name) =>
        /PASSWORD|SECRET|TOKEN|KEY/.test(name),
      );
      expect(secrets.sort()).toEqual(
        Object.keys(required)
          .filter((name) => name !== 'PUBLIC_URL')
          .sort(),
      );
      for (const name of secrets) {
        expect(variables[name]).toEqual({ default: '', required: true });
      }
    });

    it('gives every secret to those who need it, and to nobody else', () => {
      const holders = (secret: keyof typeof required) =>
        those((each) => values(each).includes(required[secret]));
      expect({
        DISCORD_TOKEN: holders('DISCORD_TOKEN'),
        SECRET_KEY: holders('SECRET_KEY'),
        POSTGRES_PASSWORD: holders('POSTGRES_PASSWORD'),
        CASTELLAN_DB_PASSWORD: holders('CASTELLAN_DB_PASSWORD'),
        TEMPORAL_DB_PASSWORD: holders('TEMPORAL_DB_PASSWORD'),
      }).toEqual({
        DISCORD_TOKEN: castellan,
        SECRET_KEY: castellan,
        POSTGRES_PASSWORD: ['postgres'],
        CASTELLAN_DB_PASSWORD: ['bot', 'migrate', 'postgres', 'web', 'worker'],
        TEMPORAL_DB_PASSWORD: ['postgres', 'temporal', 'temporal-schema'],
      });
    });

    it('hands on what .env sets, and leaves absent what it does not', () => {
      const optional = {
        ENCRYPTION_KEYS: '2026a:key',
        LOG_LEVEL: 'debug',
        DISCORD_API_URL: 'https://discord.example.org/api',
        CASTELLAN_CONFIG: '/etc/castellan/castellan.yaml',
        TEMPORAL_UI_URL: 'https://temporal.example.org',
      };
      const { worker } = accepted({ ...required, ...optional }).project.services;
      expect(worker?.environment).toMatchObject(optional);
      const absent = Object.keys(optional).map((name) => service('worker').environment[name]);
      expect(absent.every((value) => value == null)).toBe(true);
    });
  });

  describe('the services', () => {
    it('are started again whenever they end, but for those that only prepare', () => {
      expect(those(({ restart }) => restart === 'no')).toEqual(oneShots);
      expect(those(({ restart }) => restart === 'unless-stopped')).toEqual(
        all.filter((name) => !oneShots.includes(name)),
      );
    });

    it('each have a health check, but for those that only prepare', () => {
      expect(those(({ healthcheck }) => healthcheck?.disable === true)).toEqual(oneShots);
      const checked = those(
        ({ healthcheck }) =>
          healthcheck?.test?.[0] === 'CMD' &&
          healthcheck.interval !== undefined &&
          healthcheck.timeout !== undefined &&
          healthcheck.retries !== undefined &&
          healthcheck.start_period !== undefined,
      );
      expect(checked).toEqual(all.filter((name) => !oneShots.includes(name)));
    });

    it('have a memory limit, and together fit into 6 GiB', () => {
      const mebibytes = services.map(
        ([, each]) => Number(each.deploy.resources.limits.memory) / 2 ** 20,
      );
      expect(Math.min(...mebibytes)).toBeGreaterThanOrEqual(128);
      expect(mebibytes.reduce((sum, each) => sum + each)).toBeLessThanOrEqual(6144);
    });

    it('rotate their logs', () => {
      const rotating = those(
        ({ logging }) =>
          logging?.options['max-size'] === '10m' && logging.options['max-file'] === '5',
      );
      expect(rotating).toEqual(all);
    });

    it('have no right that they do not need', () => {
      expect(those((each) => each.security_opt.includes('no-new-privileges:true'))).toEqual(all);
      expect(those((each) => each.cap_drop.includes('ALL'))).toEqual(all);
      expect(those((each) => each.read_only === true && each.tmpfs.includes('/tmp'))).toEqual(all);
      expect(those((each) => each.privileged === true || each.network_mode !== undefined)).toEqual(
        [],
      );
      expect(those((each) => each.cap_add.length > 0)).toEqual(['postgres', 'proxy']);
    });

    it('get their signals: an init process everywhere but under Postgres', () => {
      expect(those(({ init }) => init === true)).toEqual(all.filter((name) => name !== 'postgres'));
    });

    it('of Castellan get more time to stop than the 10 seconds that they take', () => {
      expect(castellan.map((name) => service(name).stop_grace_period)).toEqual([
        '20s',
        '20s',
        '20s',
      ]);
    });

    it('run pinned versions', () => {
      const pinned = those(({ image }) => /:\d+\.\d+(\.\d+)?(-[a-z0-9.]+)?$/.test(image));
      expect(pinned).toEqual(all.filter((name) => !service(name).build));
      expect(those(({ build }) => build?.context === ROOT && build.target === 'castellan')).toEqual(
        ['bot', 'migrate', 'web', 'worker'],
      );
    });

    it('mount from this folder only what exists, and never to write', () => {
      const mounts = services.flatMap(([, each]) =>
        each.volumes.filter(({ type }) => type === 'bind'),
      );
      expect(mounts.length).toBeGreaterThan(0);
      for (const { source, read_only: readOnly } of mounts) {
        expect(path.relative(ROOT, source ?? '')).toMatch(/^deploy\//);
        expect(existsSync(source ?? '')).toBe(true);
        expect(readOnly).toBe(true);
      }
    });
  });

  describe('the start', () => {
    it('waits for what prepares to have succeeded, and for what serves to be healthy', () => {
      for (const [name, { condition, required: needed }] of services.flatMap(([, each]) =>
        Object.entries(each.depends_on),
      )) {
        expect({ name, condition, needed }).toEqual({
          name,
          condition: oneShots.includes(name) ? 'service_completed_successfully' : 'service_healthy',
          needed: true,
        });
      }
    });

    it('has an order, and it is the right one', () => {
      const before = (name: string, above: readonly string[] = []): string[] => {
        if (above.includes(name)) throw new Error(`A circle: ${[...above, name].join(' > ')}`);
        const direct = Object.keys(service(name).depends_on);
        return [
          ...new Set(direct.flatMap((each) => [each, ...before(each, [...above, name])])),
        ].sort();
      };
      const toTemporal = ['postgres', 'temporal-schema'];
      const everything = [...toTemporal, 'migrate', 'temporal', 'temporal-namespace'].sort();
      expect(Object.fromEntries(all.map((name) => [name, before(name)]))).toEqual({
        postgres: [],
        migrate: ['postgres'],
        'temporal-schema': ['postgres'],
        temporal: toTemporal,
        'temporal-namespace': [...toTemporal, 'temporal'].sort(),
        'temporal-ui': [...toTemporal, 'temporal'].sort(),
        bot: everything,
        web: everything,
        worker: everything,
        proxy: [...everything, 'web'].sort(),
      });
    });
  });

  describe('the networks', () => {
    const on = (network: string) => those(({ networks }) => network in networks);

    it('keep Postgres and Temporal away from the world', () => {
      const closed = Object.entries(project.networks).filter(
        ([, { internal }]) => internal === true,
      );
      expect(closed.map(([name]) => name).sort()).toEqual(['data', 'temporal']);
      expect(Object.keys(service('postgres').networks)).toEqual(['data']);
      expect(Object.keys(service('temporal').networks).sort()).toEqual(['data', 'temporal']);
      expect(on('outside')).toEqual(['bot', 'proxy', 'web', 'worker']);
    });

    it('publish the proxy to the world and the Web UI to this host', () => {
      expect(those(({ ports }) => ports.length > 0)).toEqual(['proxy', 'temporal-ui']);
      expect(service('temporal-ui').ports).toEqual([
        expect.objectContaining({ host_ip: '127.0.0.1', published: '8233', target: 8080 }),
      ]);
      expect(service('proxy').ports.map(({ published }) => published)).toEqual([
        '80',
        '443',
        '443',
      ]);
    });
  });

  describe('bot, web and worker', () => {
    it('can be scaled: no fixed name, no fixed port', () => {
      expect(those((each) => each.container_name !== undefined)).toEqual([]);
      expect(castellan.flatMap((name) => service(name).ports)).toEqual([]);
    });

    it('run their own subcommand', () => {
      const commands = [...castellan, 'migrate'].map((name) => service(name).command);
      expect(commands).toEqual([['bot'], ['web'], ['worker'], ['migrate']]);
    });

    it('share what has to be shared', () => {
      const volumes = (name: string) =>
        service(name)
          .volumes.filter(({ type }) => type === 'volume')
          .map(({ source, target, read_only: readOnly }) => ({ source, target, readOnly }));
      const storage = { source: 'storage', target: '/var/lib/castellan-storage' };
      expect(volumes('worker')).toEqual([{ ...storage, readOnly: undefined }]);
      expect(volumes('web')).toEqual([{ ...storage, readOnly: undefined }]);
      expect(volumes('bot')).toEqual([
        { source: 'gateway-session', target: '/var/lib/castellan', readOnly: undefined },
      ]);
    });
  });
}
