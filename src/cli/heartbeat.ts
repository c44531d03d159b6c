import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Service } from './service';

const schema = z.object({
  service: z.string(),
  pid: z.number(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  healthy: z.boolean(),
});

/** A heartbeat older than this, in milliseconds, means that the process is dead or hangs. */
export const heartbeatLimit = 30_000;

/**
 * A sign of life of a service that listens on no port: a small file in the data directory, renewed
 * every few seconds, which `castellan doctor --only=<service>` (a container's health check) reads.
 */
export class Heartbeat {
  readonly #path: string;

  constructor(
    dataDir: string,
    private readonly name: string,
    private readonly service: Pick<Service, 'healthy'>,
  ) {
    // Replicas in containers may share a data directory; each has a host name of its own.
    this.#path = join(heartbeatFolder(dataDir), `${name}-${hostname()}.json`);
  }

  /** Renews the sign of life. A full or read-only disk is no reason to end the service. */
  beat(): void {
    const content: z.infer<typeof schema> = {
      service: this.name,
      pid: process.pid,
      at: Date.now(),
      healthy: this.service.healthy?.() ?? true,
    };
    try {
      mkdirSync(join(this.#path, '..'), { recursive: true });
      writeFileSync(`${this.#path}.new`, JSON.stringify(content));
      renameSync(`${this.#path}.new`, this.#path);
    } catch {
      // The doctor then finds no fresh sign of life, which is what this is for.
    }
  }

  end(): void {
    try {
      rmSync(this.#path, { force: true });
    } catch {
      // It was never written, for the reason above.
    }
  }
}

/** What a service's newest heartbeat on this host says. */
export function readHeartbeat(
  dataDir: string,
  name: string,
): { readonly pid: number; readonly ageMs: number; readonly healthy: boolean } | undefined {
  const folder = heartbeatFolder(dataDir);
  const file = `${name}-${hostname()}.json`;
  try {
    if (!readdirSync(folder).includes(file)) return undefined;
    const beat = schema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    return { pid: beat.pid, ageMs: Date.now() - beat.at, healthy: beat.healthy };
  } catch {
    return undefined;
  }
}

function heartbeatFolder(dataDir: string): string {
  return join(dataDir, 'health');
}
