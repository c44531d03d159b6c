import { EnvironmentError, type Environment } from '../config/environment';
import type { Logger } from '../observability/logger';

/** What a part of the product is started with. */
export interface ServiceDependencies {
  readonly environment: Environment;
  readonly log: Logger;
}

/** A part of the product that runs in this process until it is stopped. */
export interface Service {
  /** Where it can be reached, by name: `{ http: 'http://127.0.0.1:3000' }`. May be empty. */
  readonly addresses: Readonly<Record<string, string>>;
  /**
   * Settles only if the service has died for good, so that a new process has to take over: with the
   * error that tells why (Discord closed the gateway with 4004, say). It never rejects.
   */
  readonly failed: Promise<Error>;
  /** Whether it does its work right now. Absent: as long as it has not failed. Called every few seconds. */
  readonly healthy?: () => boolean;
  /** Takes no new work, finishes what it has begun, lets go of everything. Never rejects. */
  stop(): Promise<void>;
}

/** Starts a service; resolves when it is ready to do its work. */
export type StartService = (dependencies: ServiceDependencies) => Promise<Service>;

/**
 * Something that a person has to mend before a start can succeed: a wrong token, a missing intent, a
 * configuration file that is not right. A process that ends with it has exit code 78; `castellan
 * all` ends too if that happens at its start.
 */
export class ConfigurationError extends Error {
  readonly code = 'configuration';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ConfigurationError';
  }
}

/**
 * Whether a start that failed with this error would fail again until a person mends something: the
 * environment's errors, ConfigurationError, and every other whose code is `configuration`.
 */
export function needsMending(error: unknown): error is Error {
  if (error instanceof EnvironmentError || error instanceof ConfigurationError) return true;
  return error instanceof Error && 'code' in error && error.code === 'configuration';
}
