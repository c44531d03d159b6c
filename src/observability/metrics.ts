import { collectDefaultMetrics, Gauge, Histogram, type Registry } from 'prom-client';

/** The figures of a web server. */
export interface WebMetrics {
  /** One request was answered. `route` is the pattern, never the path itself: paths hold ids. */
  answered(labels: { method: string; route: string; status: number }, seconds: number): void;
  /** A dependency was reached, or not. */
  dependency(name: string, reached: boolean): void;
}

/** Registers the figures that every process has (CPU, memory, event loop) and its name. */
export function registerProcessMetrics(registry: Registry, process: string): void {
  registry.setDefaultLabels({ process });
  collectDefaultMetrics({ register: registry });
}

/** Registers the web server's figures in a registry. */
export function registerWebMetrics(registry: Registry): WebMetrics {
  const requests = new Histogram({
    name: 'castellan_http_request_seconds',
    help: 'Time to answer a request, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.5, 2, 10, 30],
    registers: [registry],
  });
  const dependencies = new Gauge({
    name: 'castellan_dependency_up',
    help: '1 if the dependency was reached at the last check, otherwise 0.',
    labelNames: ['dependency'],
    registers: [registry],
  });
  return {
    answered: ({ method, route, status }, seconds) => {
      requests.observe({ method, route, status: String(status) }, seconds);
    },
    dependency: (dependency, reached) => {
      dependencies.set({ dependency }, reached ? 1 : 0);
    },
  };
}
