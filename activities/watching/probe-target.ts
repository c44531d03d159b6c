import type { ServerSettings } from '../../src/domain/watching/server';
import type { ProbeTarget } from '../../src/minecraft/probes';

/**
 * What a probe is asked about. A password that is not set is an empty one: the server's refusal then shows
 * as what it is.
 */
export function probeTarget(
  { address, port, allowInternal, expectStatus, rcon }: ServerSettings,
  passwordOf: (variable: string) => string | undefined,
): ProbeTarget {
  return {
    address,
    port,
    allowInternal,
    expectStatus,
    rcon:
      rcon === null
        ? null
        : { command: rcon.command, password: passwordOf(rcon.passwordVariable) ?? '' },
  };
}
