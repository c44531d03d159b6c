import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { castellan, untilReady, type CastellanProcess } from '../integration/castellan-process';

/** `npm run demo` against what `npm start` runs, both as the build made them. */
const ROOT = path.resolve(__dirname, '..', '..');
const DEMO = path.join(ROOT, 'dist', 'sandbox', 'demo', 'play.js');

let folder: string;
let settings: Record<string, string>;
let castle: CastellanProcess;
let webUi: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'castellan-demo-'));
  settings = { CASTELLAN_DATA_DIR: path.join(folder, 'data'), TEMPORAL_CLI_PATH: temporalCli() };
  castle = castellan(['all'], settings, folder);
  webUi = (await untilReady(castle))['temporal-ui'] ?? '';
});

afterAll(async () => {
  castle.child.kill('SIGTERM');
  await castle.ended;
  rmSync(folder, { recursive: true, force: true });
});

describe('npm run demo', () => {
  it('plays a ticket’s life, and says what happened where and what to look at', async () => {
    const { code, text } = await play();
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('Now look at it') });
    for (const what of [
      'Ada, an administrator, types /panel post',
      'Your ticket #1 is open: #support-0001',
      'nobody sees but @Owner, @Admin, @Moderator, @Pip',
      'You have claimed #1',
      'raised to Seniors by @Mira',
      'Ticket #1 is resolved.',
      'Only then #support-0001 was deleted.',
      'Pip: All of it is back. Thank you!',
      'first answered by Mira',
    ]) {
      expect(unbroken(text)).toContain(what);
    }
    const link = new RegExp(`${webUi}/namespaces/default/workflows/ticket-\\d+$`, 'm').exec(text);
    expect((await fetch(String(link))).status).toBe(200);
  });

  it('can be played again at once, with the panel that is there and somebody who may open', async () => {
    const { code, text } = await play();
    expect(code).toBe(0);
    expect(text).toContain('Rue, a player, opens a ticket');
    expect(unbroken(text)).toContain('Your ticket #2 is open');
    expect(text).not.toContain('types /panel post');
  });

  it('says what to do where nothing runs', async () => {
    const { code, text } = await play({ CASTELLAN_DATA_DIR: path.join(folder, 'other') });
    expect(code).toBe(1);
    expect(text).toContain(`No Castellan is running on the data in ${path.join(folder, 'other')}.`);
    expect(text).toContain('npm start');
  });

  it('explains its options', async () => {
    expect((await play({}, ['--slow'])).text).toContain('npm run demo -- --fast');
  });
});

function play(
  more: Readonly<Record<string, string>> = {},
  args: readonly string[] = ['--fast'],
): Promise<{ code: number | string | null | undefined; text: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...settings, ...more };
    execFile(process.execPath, [DEMO, ...args], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, text: stdout + stderr });
    });
  });
}

/** The text without the line breaks that fit it to a terminal. */
function unbroken(text: string): string {
  return text.replaceAll(/\n(?: +│)? +/g, ' ');
}

function temporalCli(): string {
  const given = process.env.TEMPORAL_CLI_PATH;
  if (given !== undefined && given !== '') return given;
  const finder = path.join(ROOT, 'tools', 'temporal', 'find-cli.mjs');
  return execFileSync(process.execPath, [finder], { encoding: 'utf8' }).trim();
}
