import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { WorkflowHandle } from '@temporalio/client';

const FOLDER = join(__dirname, '..', 'replay', 'histories');

/**
 * Keeps the history of a life that a test has played, for the replay tests: only where
 * KEEP_HISTORIES names the release, and never over one that is there.
 */
export async function keepHistory(
  name: string,
  workflow: Pick<WorkflowHandle, 'fetchHistory'>,
): Promise<void> {
  const release = process.env.KEEP_HISTORIES;
  if (release === undefined || release === '') return;
  const path = join(FOLDER, release, `${name}.json`);
  if (existsSync(path)) return;
  await mkdir(join(FOLDER, release), { recursive: true });
  const json = historyToJSON(await workflow.fetchHistory());
  // Which process of which machine it was, and where its sources lie, is nobody's business.
  const neutral = json.replaceAll(/"\d+@[^"]*"/g, '"test"').replaceAll(`${process.cwd()}/`, '');
  await writeFile(path, `${neutral}\n`);
}
