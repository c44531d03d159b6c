import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { Surroundings } from './server';

const WORKFLOWS = path.resolve(__dirname, '..', '..', 'workflows');

/** Bundles the workflows once for all suites: each would take seconds for it. @returns the bundle's file */
export async function bundleWorkflows({ folder }: Surroundings): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: WORKFLOWS,
    logger: new DefaultLogger('WARN'),
  });
  const file = path.join(folder, 'workflows.js');
  await writeFile(file, code);
  return file;
}
