import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../config/package';

/**
 * The path of the `temporal` program: the one that was asked for, or what `tools/temporal` finds or
 * builds (contract, section 10), which shows its progress on standard error.
 *
 * @param signal aborted when the answer is not wanted any more: a build would take minutes
 * @throws Error that names the ways to get one
 */
export function findTemporalCli(
  explicit: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (explicit !== undefined) return Promise.resolve(explicit);
  const finder = join(packageRoot(), 'tools', 'temporal', 'find-cli.mjs');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [finder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      signal,
      windowsHide: true,
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString('utf8');
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const path = printed.trim().split('\n').at(-1)?.trim() ?? '';
      if (code === 0 && path !== '') resolve(path);
      else {
        reject(
          new Error(
            'There is no Temporal server to start; the lines above say why. Set TEMPORAL_CLI_PATH to a temporal program, or TEMPORAL_ADDRESS to a server that runs.',
          ),
        );
      }
    });
  });
}
