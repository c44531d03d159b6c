import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { chromium, type BrowserContext } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** No first-run pages, no calls home, nothing that needs a screen or a sandbox of the kernel's. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The program of a Chromium on this machine: CHROMIUM_PATH, or one where they usually are. */
export function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given !== undefined && given !== '') return given;
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(path.delimiter)];
  return folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))).find(canRun);
}

/**
 * Says why the tests with a browser do not run here, and how they would.
 *
 * @param unseen what nobody looks at then
 */
export function skippedWithoutChromium(unseen = 'the Temporal Web UI'): void {
  const reason =
    `There is no Chromium on this machine, so nobody looks at ${unseen}. ` +
    'Install one ("apt-get install chromium" on Debian), or name it in CHROMIUM_PATH.';
  process.stderr.write(`Skipped: ${reason}\n`);
  const notHere = it.skip;
  notHere(reason, () => {
    expect(reason).toBe('');
  });
}

/** A headless browser with a profile of its own. */
export interface Browser {
  readonly context: BrowserContext;
  /** Ends it and removes its profile. */
  close(): Promise<void>;
}

/** @param program from `findChromium` */
export async function startChromium(program: string): Promise<Browser> {
  const profile = mkdtempSync(path.join(tmpdir(), 'castellan-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: program,
    headless: true,
    args: FLAGS,
    viewport: { width: 1280, height: 1000 },
    timezoneId: 'UTC',
    locale: 'en-GB',
  });
  return {
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function canRun(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
