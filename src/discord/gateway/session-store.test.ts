import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '../../observability/logger';
import { createSessionStore, type SessionStore, type StoredSession } from './session-store';

const SESSION: StoredSession = {
  applicationId: '1',
  sessionId: 'abc',
  resumeUrl: 'wss://gateway.example.org',
  sequence: 12,
};
const log = createLogger({ level: 'fatal', name: 'test', readable: false });

describe('the session store', () => {
  let dataDir: string;
  const file = () => join(dataDir, 'gateway-session.json');
  const store = (token = 'a.b.c'): SessionStore =>
    createSessionStore({ dataDir, token, apiUrl: 'https://discord.com/api', log });

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'castellan-session-'));
  });

  afterEach(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  it('gives a later process what was saved last', async () => {
    const first = store();
    first.save({ ...SESSION, sequence: 10 });
    first.save(SESSION);
    await first.flush();
    await expect(store().load()).resolves.toEqual(SESSION);
  });

  it('writes by itself', async () => {
    store().save(SESSION);
    for (;;) {
      const loaded = await store().load();
      if (loaded === null) continue;
      expect(loaded).toEqual(SESSION);
      return;
    }
  });

  it('knows no session at first, nor after it was given up', async () => {
    const first = store();
    await expect(first.load()).resolves.toBeNull();
    first.save(SESSION);
    first.save(null);
    await first.flush();
    await expect(store().load()).resolves.toBeNull();
  });

  it('gives no session of another bot', async () => {
    const first = store();
    first.save(SESSION);
    await first.flush();
    await expect(store('d.e.f').load()).resolves.toBeNull();
  });

  it('keeps no token', async () => {
    const first = store('secret.token.text');
    first.save(SESSION);
    await first.flush();
    await expect(readFile(file(), 'utf8')).resolves.not.toContain('token.text');
  });

  it.each(['', '{', '{"bot":"x"}', '[]'])('takes a damaged file (%j) for none', async (text) => {
    await writeFile(file(), text);
    await expect(store().load()).resolves.toBeNull();
  });
});
