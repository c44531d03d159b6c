import { createServer, type Server } from 'node:http';
import { Registry } from 'prom-client';
import {
  httpAddress,
  portTaken,
  requireDatabase,
  requireDiscord,
  requireTemporal,
  type Environment,
} from '../config/environment';
import type { Service, ServiceDependencies } from '../cli/service';
import { productVersion } from '../config/package';
import { ensureSecretKey } from '../config/secret-key';
import { connect } from '../db/connection';
import { createGuildRepository } from '../db/guilds';
import { createRegistrationReader } from '../db/registration';
import { createWatchReader } from '../db/watching';
import { registerProcessMetrics } from '../observability/metrics';
import { createCodeHash } from '../temporal/code-hash';
import { dataConverter } from '../temporal/codec';
import { connectLazily } from '../temporal/connection';
import { createApp } from './app';
import { discordCheck, postgresCheck, temporalCheck } from './checks';
import { createConfiguredServers } from './game/configured-servers';
import { createTemporalWorkflows } from './game/temporal-workflows';
import { close, listen, PortTakenError } from './listen';
import { createStatusSource } from './status/records';
import { createWebhookApi } from './webhooks/webhook-api';

/** How long requests under way may take when the server stops, in milliseconds. */
const patience = 1_000;

/**
 * Starts the web server. It starts whether or not anything that it depends on can be reached;
 * `GET /readyz` tells.
 *
 * @throws EnvironmentError when HTTP_PORT was set and is taken
 */
export async function startWeb({ environment, log }: ServiceDependencies): Promise<Service> {
  const temporal = requireTemporal(environment);
  const discord = requireDiscord(environment);
  const version = productVersion();
  const { publicUrl } = environment.http;
  const database = connect(requireDatabase(environment), {
    poolMax: 5,
    applicationName: 'castellan web',
    onWarning: (message) => {
      log.debug({ message }, 'A connection to the database broke');
    },
  });
  const guilds = createGuildRepository(database);
  const connection = connectLazily(temporal);
  const registry = new Registry();
  registerProcessMetrics(registry, 'web');
  const stopping = new AbortController();
  const app = createApp({
    log,
    registry,
    publicUrl,
    version,
    now: Date.now,
    status: createStatusSource({
      reader: createWatchReader(database),
      configuration: (guildId) => guilds.get(guildId),
    }),
    game: {
      servers: createConfiguredServers({
        configurations: () => guilds.all(),
        keys: environment.gameKeys,
        now: Date.now,
      }),
      reader: createRegistrationReader(database),
      workflows: createTemporalWorkflows({
        connection,
        namespace: temporal.namespace,
        dataConverter: dataConverter(environment),
      }),
      hashCode: createCodeHash(ensureSecretKey(environment)),
      stopping: stopping.signal,
    },
    webhooks: createWebhookApi({
      ...{ environment, database, connection, log },
      namespace: temporal.namespace,
      stopping: stopping.signal,
    }),
    checks: [
      postgresCheck(database),
      temporalCheck(connection, temporal.namespace),
      discordCheck(discord, { publicUrl, version }),
    ],
  });
  const handle = app.callback();
  const server = createServer((request, response) => {
    void handle(request, response);
  });
  const port = await listenAsAsked(server, environment, log);
  const failed = new Promise<Error>((resolve) => {
    server.on('error', resolve);
  });
  return {
    addresses: { http: httpAddress(environment.http.host, port) },
    failed,
    async stop() {
      stopping.abort();
      await close(server, patience);
      await Promise.allSettled([database.destroy(), connection.close()]);
    },
  };
}

async function listenAsAsked(
  server: Server,
  { http }: Environment,
  log: ServiceDependencies['log'],
): Promise<number> {
  try {
    return await listen(server, http.host, http.port);
  } catch (error) {
    if (!(error instanceof PortTakenError)) throw error;
    if (http.portExplicit) {
      throw portTaken('HTTP_PORT', http.port);
    }
    const port = await listen(server, http.host, 0);
    log.warn({ taken: http.port, port }, 'The usual port is taken by another program');
    return port;
  }
}
