import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createLogger, type Logger } from './logger';

const line = z.record(z.string(), z.unknown());

function logged(write: (log: Logger) => void): z.infer<typeof line> {
  let text = '';
  const destination = {
    write: (chunk: string) => {
      text += chunk;
    },
  };
  write(createLogger({ level: 'info', name: 'bot', readable: false, destination }));
  return line.parse(JSON.parse(text));
}

describe('createLogger', () => {
  it('writes one JSON object a line', () => {
    const entry = logged((log) => {
      log.info({ guild: '1' }, 'Hello');
    });
    expect(entry).toMatchObject({ level: 'info', process: 'bot', guild: '1', msg: 'Hello' });
    expect(entry['time']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('hides secrets by their names', () => {
    const entry = logged((log) => {
      log.info({
        token: 'a',
        code: '123456',
        headers: { authorization: 'b' },
        input: { sealed: 'c' },
      });
    });
    expect(entry).toMatchObject({
      token: '[hidden]',
      code: '[hidden]',
      headers: { authorization: '[hidden]' },
      input: { sealed: '[hidden]' },
    });
  });

  it("hides tokens and people's words in errors", () => {
    const error = Object.assign(
      new Error('POST https://discord.com/api/v10/webhooks/1/aW50ZXJhY3Rpb24/messages failed'),
      { requestBody: { json: { content: 'private' } }, url: '/interactions/1/aW50/callback' },
    );
    const text = JSON.stringify(
      logged((log) => {
        log.error({ err: error }, 'Failed');
      }),
    );
    expect(text).toContain('/webhooks/1/[hidden]/messages');
    expect(text).toContain('/interactions/1/[hidden]/callback');
    expect(text).not.toMatch(/aW50|private/);
  });

  it('hides passwords in addresses and bot tokens in texts', () => {
    const token = ['MTE4MDAwMDAwMDAwMDAwMDAwMA', 'GAbCdE', 'x'.repeat(38)].join('.');
    const cause = new Error(`connect postgres://castellan:hunter2@db/castellan with ${token}`);
    const text = JSON.stringify(
      logged((log) => {
        log.error({ err: new Error('Failed', { cause }) }, 'Failed');
      }),
    );
    expect(text).toContain('postgres://castellan:[hidden]@db');
    expect(text).not.toMatch(/hunter2|GAbCdE/);
  });
});
