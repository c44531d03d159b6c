import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WorkflowClient } from '@temporalio/client';
import { freePort } from '../../src/cli/supervision/ports';
import { announcementStart } from '../../src/temporal/announcing';
import { ANNOUNCEMENT_WORKFLOW } from '../../workflows/announcement/contract';
import type { RunningCastellan } from '../castellan/start';
import { Sender } from './sender';

export const SECRET = 'the-secret-of-the-benchmark';
export const SOURCES = 8;

/** One delivery, or what stands for one. */
export interface Subject {
  readonly name: string;
  readonly deliver: (index: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The guild's sources: none has a route, so that nothing but the acceptance is measured. */
export const sourcesYaml = `    announcements:
      sources:
${Array.from(
  { length: SOURCES },
  (_, index) =>
    `        - { id: source-${index}, provider: github, secret_env: WEBHOOK_SECRET, routes: [{ channel: general, filter: { events: [none] } }] }`,
).join('\n')}
`;

/** Castellan's web server, in turns at all of its sources. */
export function castellan({ web }: RunningCastellan, guildId: string, atOnce: number): Subject {
  const sender = new Sender(SECRET, atOnce);
  return {
    name: 'Castellan',
    deliver: (index) => sender.push(`${web}/webhooks/github/${guildId}-source-${index % SOURCES}`),
    close: () => {
      sender.close();
      return Promise.resolve();
    },
  };
}

/** Koa that verifies and does nothing, as a process of its own. */
export async function bareKoa(atOnce: number): Promise<Subject> {
  const port = await freePort(undefined, new Set());
  const child: ChildProcess = spawn(process.execPath, [join(__dirname, 'bare-koa.js')], {
    env: { PATH: process.env['PATH'], HTTP_PORT: String(port), WEBHOOK_SECRET: SECRET },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; tries += 1) {
    if (
      await fetch(address).then(
        () => true,
        () => false,
      )
    )
      break;
    await pause(50);
  }
  const sender = new Sender(SECRET, atOnce);
  return {
    name: 'bare Koa that verifies',
    deliver: () => sender.push(address),
    close: async () => {
      sender.close();
      child.kill();
      await once(child, 'exit');
    },
  };
}

/**
 * A loop of `signalWithStart`: the same workflow, each time another one, of a delivery that a worker has as little
 * to do with.
 */
export function bareLoop({ connection, namespace }: RunningCastellan, guildId: string): Subject {
  const client = new WorkflowClient({ connection, namespace });
  return {
    name: 'bare signalWithStart',
    deliver: async () => {
      await client.signalWithStart(ANNOUNCEMENT_WORKFLOW, {
        ...announcementStart({
          ...{ guildId, sourceId: 'source-0', deliveryId: randomUUID() },
          ...{ storageKey: 'deliveries/none', bytes: 0, receivedAt: Date.now() },
        }),
        signal: 'nobody-listens',
        signalArgs: [],
      });
    },
    close: () => Promise.resolve(),
  };
}
