import { parseArgs } from 'node:util';
import { demoSeed } from '../demo/seed';
import { LocalServer } from './local-server';

/**
 * Runs a local Discord as a program. It prints one JSON line when it is ready:
 * `{ "url", "api", "token" }`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      state: { type: 'string' },
      latency: { type: 'string', default: '0' },
      limits: { type: 'string', default: 'discord' },
      'parent-watch': { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port is ${values.port}; it has to be a number from 0 to 65535.`);
  }
  if (values.limits !== 'discord' && values.limits !== 'off') {
    throw new Error(`--limits is ${values.limits}; it has to be discord or off.`);
  }
  const server = await LocalServer.start({
    seed: demoSeed(),
    host: values.host,
    port,
    limits: values.limits,
    latencyMs: Number(values.latency),
    ...(values.state === undefined ? {} : { stateFile: values.state }),
  });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void server.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (values['parent-watch']) {
    // Standard input ends with the parent, however it ends.
    process.stdin.on('end', stop).on('close', stop).resume();
  }
  const ready = { url: server.url, api: `${server.url}/api`, token: server.token };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`The local Discord did not start: ${message}\n`);
  process.exitCode = 1;
});
