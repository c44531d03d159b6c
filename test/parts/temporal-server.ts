import { searchAttributeFlags } from '../../src/temporal/search-attributes';
import { accepts, startServer, type Surroundings } from './server';

/** Where the dev server answers. */
export interface TemporalAddresses {
  /** gRPC, `host:port`. */
  readonly address: string;
  /** The Web UI. */
  readonly uiUrl: string;
  /** Prometheus text, with the counter `action`. */
  readonly metricsUrl: string;
  /** The namespace that everybody shares; it has the search attributes of contract 5. */
  readonly namespace: string;
}

/**
 * The dev server waits 50 ms at every hop and fires timers up to 1 s late unless all three are
 * set: measured, 180 to 54 ms for a workflow of one activity.
 */
const QUICK = [
  'history.transferProcessorMaxPollRPS=1000',
  'history.timerProcessorMaxPollRPS=1000',
  'history.timerProcessorMaxTimeShift="10ms"',
];

/** Starts Temporal's dev server, in memory. */
export async function startTemporal(
  program: string,
  around: Surroundings,
): Promise<TemporalAddresses> {
  const [grpc, ui, metrics] = await startServer(
    {
      name: 'temporal',
      ports: 4,
      command: ([grpcPort, uiPort, metricsPort, httpPort]) => ({
        program,
        args: [
          ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(grpcPort)],
          ...['--ui-port', String(uiPort), '--metrics-port', String(metricsPort)],
          ...['--http-port', String(httpPort), '--log-level', 'error'],
          ...QUICK.flatMap((setting) => ['--dynamic-config-value', setting]),
          ...searchAttributeFlags().flatMap((flag) => ['--search-attribute', flag]),
        ],
      }),
      ready: ([, , , httpPort]) =>
        answersOk(`http://127.0.0.1:${httpPort ?? 0}/api/v1/namespaces/default`),
      signal: 'SIGTERM',
    },
    around,
  );
  return {
    address: `127.0.0.1:${grpc ?? 0}`,
    uiUrl: `http://127.0.0.1:${ui ?? 0}`,
    metricsUrl: `http://127.0.0.1:${metrics ?? 0}/metrics`,
    namespace: 'default',
  };
}

/**
 * Starts a time-skipping test server.
 *
 * @returns its gRPC address, `host:port`
 */
export async function startTimeSkipping(program: string, around: Surroundings): Promise<string> {
  const [port] = await startServer(
    {
      name: 'time-skipping',
      ports: 1,
      command: ([free]) => ({ program, args: [String(free)] }),
      ready: ([free]) => accepts(free ?? 0),
      signal: 'SIGTERM',
    },
    around,
  );
  return `127.0.0.1:${port ?? 0}`;
}

async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
