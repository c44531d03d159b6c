import type { ApplyOutcome } from './activities';
import type { WhitelistInput } from './contract';

/** What the Web UI shows of a whitelist that is brought in step: markdown that says what it waits for. */
export function applying({ serverId }: WhitelistInput): string {
  return `Tells \`${serverId}\` what it does not know of its whitelist yet.`;
}

/**
 * @param at when it is tried again by itself
 * @param failures tries in a row that failed
 */
export function waiting(
  { serverId }: WhitelistInput,
  outcome: Extract<ApplyOutcome, { outcome: 'away' | 'fetched' }>,
  at: number,
  failures: number,
): string {
  const changes = outcome.left === 1 ? '1 change waits' : `${outcome.left} changes wait`;
  return outcome.outcome === 'fetched'
    ? `${changes} for the plugin of \`${serverId}\`, which fetches and confirms by itself. Looked at again ${instant(at)} at the latest.`
    : `${changes} for \`${serverId}\`, which is away (\`${outcome.code}\`, ${failures} in a row). Tried again ${instant(at)}, or as soon as it is seen to be back.`;
}

function instant(at: number): string {
  return new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
