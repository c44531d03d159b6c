import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** What the figures were measured on. */
export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** Processes that wanted to run in the last minute, on average, before anything was measured. */
  readonly load: number;
}

export function thisMachine(): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round((totalmem() / 2 ** 30) * 10) / 10,
    system: `${type()} ${release()}`,
    node: process.version,
    load: loadavg()[0] ?? 0,
  };
}

/** The machine in one line. */
export function machineLine({ cores, processor, memoryGiB, system, node, load }: Machine): string {
  return `${cores} cores (${processor}), ${memoryGiB} GiB, ${system}, Node.js ${node}, load ${load.toFixed(1)}`;
}
