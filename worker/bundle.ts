import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** Where the build leaves the workflows' bundle: beside the compiled sources. */
const BUNDLE = join(__dirname, '..', 'workflow-bundle.js');
const WORKFLOWS = join(__dirname, '..', 'workflows');

/** The bundler's report of each module is of use to nobody; its warnings are. */
const QUIET = new DefaultLogger('WARN');

/** The workflows as one bundle: the build's, or one made now (about 2 seconds). */
export async function workflowBundle(): Promise<{ codePath: string } | { code: string }> {
  if (existsSync(BUNDLE)) return { codePath: BUNDLE };
  return bundleWorkflowCode({ workflowsPath: WORKFLOWS, logger: QUIET });
}

/**
 * Writes the bundle for the build; a worker that starts meanwhile sees the old one or the new one, whole.
 *
 * @param file another place for it
 */
export async function writeBundle(file = BUNDLE): Promise<void> {
  const { code } = await bundleWorkflowCode({ workflowsPath: WORKFLOWS, logger: QUIET });
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, code);
  await rename(draft, file);
}

if (require.main === module) void writeBundle();
