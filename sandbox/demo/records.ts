import { setTimeout as pause } from 'node:timers/promises';
import { isGrpcServiceError, ServiceError, WorkflowClient } from '@temporalio/client';
import { z } from 'zod';
import { storedMessages, type StoredMessage } from '../../activities/tickets/stored-message';
import { requireDatabase, requireTemporal, type Environment } from '../../src/config/environment';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import { createCaseReader, type CaseHistoryEntry } from '../../src/db/case-reader';
import type { CaseRow } from '../../src/db/case-row';
import { connect, DatabaseUnavailable } from '../../src/db/connection';
import { createConversationRepository, type Conversation } from '../../src/db/conversations';
import { createGuildRepository } from '../../src/db/guilds';
import { openStorage } from '../../src/storage/open';
import { dataConverter } from '../../src/temporal/codec';
import { connectLazily } from '../../src/temporal/connection';

/** A ticket as Temporal knows it. */
export interface WorkflowNews {
  /** Such as `RUNNING`. */
  readonly status: string;
  /** How many events its history has. */
  readonly events: number;
  /** What it shows in the Web UI as where it stands, without markup. */
  readonly standing: string;
  /** And as what it waits for. */
  readonly waitsFor: string;
}

/** A conversation that was stored, with what was written in it. */
export interface KeptConversation extends Conversation {
  readonly written: readonly StoredMessage[];
}

/** Reads what Castellan has put down outside Discord, as anybody with its addresses could. */
export interface Records {
  configuration(guildId: string): Promise<GuildConfiguration | null>;
  ticket(caseId: string): Promise<CaseRow | null>;
  ticketsOf(guildId: string, openerId: string): Promise<CaseRow[]>;
  history(caseId: string): Promise<CaseHistoryEntry[]>;
  workflow(caseId: string): Promise<WorkflowNews>;
  /** @returns `null` when no conversation was stored */
  conversation(caseId: string): Promise<KeptConversation | null>;
  /** Waits until the history holds an event of the type. @throws Error when it does not come */
  untilRecorded(caseId: string, type: string): Promise<void>;
  /** Whether the ticket hears of a message, which may take the 15 seconds of a burst. */
  hearsOf(caseId: string, messageId: string): Promise<boolean>;
  close(): Promise<void>;
}

/** More tickets than any limit for openers that can be played with. */
const MANY = 100;
const PATIENCE_MS = 60_000;
const BURST_PATIENCE_MS = 40_000;
const CALL_MS = 10_000;
const LOOK_AGAIN_MS = 100;

const metadataSchema = z.object({ currentDetails: z.string().default('') });

/** Opens the records of a running Castellan. */
export function openRecords(environment: Environment): Records {
  const knex = connect(requireDatabase(environment), {
    applicationName: 'castellan demo',
    poolMax: 2,
  });
  const temporal = requireTemporal(environment);
  const connection = connectLazily(temporal);
  const { namespace } = temporal;
  const workflows = new WorkflowClient({
    connection,
    namespace,
    dataConverter: dataConverter(environment),
  });
  const cases = createCaseReader(knex);
  const conversations = createConversationRepository(knex);
  const storage = openStorage(environment.storageUrl, environment.dataDir);

  return {
    configuration: (guildId) => patiently(() => createGuildRepository(knex).get(guildId)),
    ticket: (caseId) => patiently(() => cases.get(caseId)),
    ticketsOf: async (guildId, openerId) =>
      (await patiently(() => cases.list({ guildId, openerId, limit: MANY }))).cases,
    history: (caseId) => patiently(() => cases.events(caseId)),
    workflow: (caseId) =>
      patiently(() =>
        connection.withDeadline(Date.now() + CALL_MS, async () => {
          const handle = workflows.getHandle(caseId);
          const { status, historyLength } = await handle.describe();
          const { currentDetails } = metadataSchema.parse(
            await handle.query('__temporal_workflow_metadata'),
          );
          return { status: status.name, events: historyLength, ...paragraphsOf(currentDetails) };
        }),
      ),
    async conversation(caseId) {
      const kept = await patiently(() => conversations.get(caseId, 1));
      const bytes = kept && (await storage.get(kept.storageKey));
      if (!kept || !bytes) return null;
      return { ...kept, written: storedMessages.parse(JSON.parse(bytes.toString('utf8'))) };
    },
    async untilRecorded(caseId, type) {
      const isThere = async (): Promise<boolean> =>
        (await patiently(() => cases.events(caseId))).some((event) => event.type === type);
      if (!(await comesTrue(PATIENCE_MS, isThere))) {
        throw new Error(`Waited ${PATIENCE_MS / 1_000} s for "${type}" in ${caseId}'s history.`);
      }
    },
    hearsOf: (caseId, messageId) =>
      comesTrue(BURST_PATIENCE_MS, async () => {
        const row = await patiently(() => cases.get(caseId));
        return BigInt(row?.lastMessageId ?? 0) >= BigInt(messageId);
      }),
    async close() {
      await Promise.all([connection.close(), knex.destroy()]);
    },
  };
}

/** @returns whether it became so within that many milliseconds */
async function comesTrue(within: number, isSo: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + within;
  while (!(await isSo())) {
    if (performance.now() > end) return false;
    await pause(LOOK_AGAIN_MS);
  }
  return true;
}

/** Tries again while a part is away: somebody may have killed it to see what happens. */
async function patiently<T>(operation: () => Promise<T>): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await operation();
    } catch (error) {
      if (!isOutage(error) || performance.now() > end) throw error;
      await pause(LOOK_AGAIN_MS);
    }
  }
}

function isOutage(error: unknown): boolean {
  return (
    error instanceof DatabaseUnavailable ||
    error instanceof ServiceError ||
    isGrpcServiceError(error)
  );
}

/** The first two paragraphs of the workflow's current details (workflows/ticket/details.ts). */
function paragraphsOf(details: string): { standing: string; waitsFor: string } {
  const [standing = '', waitsFor = ''] = details.replaceAll(/[*`]/g, '').split('\n\n');
  return { standing, waitsFor };
}
