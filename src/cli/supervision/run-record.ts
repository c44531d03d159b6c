import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { identify, isAlive, processIdentity } from './process-identity';

const schema = z.object({
  /** Every process that was started and has not been seen to end, by name. */
  processes: z.record(z.string(), processIdentity),
  /** Ports of embedded parts, kept for the next start. */
  ports: z.record(z.string(), z.number()),
  /** What the parts were told about each other: variables as in the environment. */
  variables: z.record(z.string(), z.string()),
});

/** What `run.json` in the data directory holds. */
export type RunState = z.infer<typeof schema>;

/** What a data directory's last run left on record; empty if there was none. */
export function readRunState(dataDir: string): RunState {
  const empty = { processes: {}, ports: {}, variables: {} };
  try {
    const text = readFileSync(join(dataDir, 'run.json'), 'utf8');
    return schema.safeParse(JSON.parse(text)).data ?? empty;
  } catch {
    return empty;
  }
}

/**
 * The record of a run: which processes belong to it and how they reach each other. It is written at
 * once at every change, so that a start after a SIGKILL knows what was left behind, and it is how
 * other programs of the same user find a running Castellan.
 */
export class RunRecord {
  #state: RunState;

  constructor(private readonly dataDir: string) {
    this.#state = readRunState(dataDir);
  }

  /** The port that a part had last time. */
  port(name: string): number | undefined {
    return this.#state.ports[name];
  }

  setPort(name: string, port: number): void {
    this.#write({ ...this.#state, ports: { ...this.#state.ports, [name]: port } });
  }

  setVariables(variables: Readonly<Record<string, string>>): void {
    this.#write({ ...this.#state, variables: { ...variables } });
  }

  started(name: string, pid: number): void {
    const identity = identify(pid);
    if (!identity) return;
    this.#write({ ...this.#state, processes: { ...this.#state.processes, [name]: identity } });
  }

  ended(name: string): void {
    const processes = Object.entries(this.#state.processes).filter(([other]) => other !== name);
    this.#write({ ...this.#state, processes: Object.fromEntries(processes) });
  }

  /**
   * Ends the processes that an earlier run left behind: asks first, and after `patience`
   * milliseconds kills those that are still there.
   *
   * @returns the names of the processes that were found alive
   */
  async endLeftovers(patience = 4_000): Promise<string[]> {
    const alive = Object.entries(this.#state.processes).filter(([, identity]) => isAlive(identity));
    for (const [name, { pid }] of alive) send(pid, name === 'postgres' ? 'SIGINT' : 'SIGTERM');
    const left = (): typeof alive => alive.filter(([, identity]) => isAlive(identity));
    const until = performance.now() + patience;
    while (left().length > 0 && performance.now() < until) await pause(20);
    for (const [, { pid }] of left()) send(pid, 'SIGKILL');
    while (left().length > 0) await pause(20);
    this.#write({ ...this.#state, processes: {}, variables: {} });
    return alive.map(([name]) => name);
  }

  /** The run is over: only the ports are kept. */
  close(): void {
    this.#write({ ...this.#state, processes: {}, variables: {} });
  }

  #write(state: RunState): void {
    this.#state = state;
    const path = join(this.dataDir, 'run.json');
    const made = `${path}.new`;
    rmSync(made, { force: true });
    // It holds the embedded database's password.
    writeFileSync(made, `${JSON.stringify(state, undefined, 2)}\n`, { mode: 0o600 });
    chmodSync(made, 0o600);
    renameSync(made, path);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in between.
  }
}
