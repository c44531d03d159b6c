import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Environment } from '../../config/environment';
import { packageRoot } from '../../config/package';

/**
 * The path of the `temporal` program: the one that was asked for, or what `tools/temporal` finds or
 * builds (contract, section 10), which shows its progress on standard error.
 *
 * @param signal aborted when the answer is not wanted any more: a build would take minutes
 * @throws Error that names the ways to get one
 */
export function findTemporalCli(
  environment: Pick<Environment, 'temporalCliPath' | 'dataDir'>,
  signal: AbortSignal,
): Promise<string> {
  const { temporalCliPath, dataDir } = environment;
  if (temporalCliPath !== undefined) return Promise.resolve(temporalCliPath);
  const finder = join(packageRoot(), 'tools', 'temporal', 'find-cli.mjs');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [finder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      // The data directory may be known from the .env file alone.
      env: { ...process.env, CASTELLAN_DATA_DIR: dataDir },
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
