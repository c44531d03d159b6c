import { setTimeout as pause } from 'node:timers/promises';
import { WorkflowClient } from '@temporalio/client';
import { z } from 'zod';
import { storedMessages, type StoredMessage } from '../../activities/tickets/stored-message';
import { requireDatabase, requireTemporal, type Environment } from '../../src/config/environment';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import { createCaseReader, type CaseHistoryEntry } from '../../src/db/case-reader';
import type { CaseRow } from '../../src/db/case-row';
import { connect } from '../../src/db/connection';
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
  /**
   * Waits until the history holds an event of the type.
   *
   * @param within milliseconds
   * @throws Error when it does not come
   */
  untilRecorded(caseId: string, type: string, within?: number): Promise<void>;
  close(): Promise<void>;
}

/** More tickets than any limit for openers that can be played with. */
const MANY = 100;
const PATIENCE_MS = 30_000;
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
    configuration: (guildId) => createGuildRepository(knex).get(guildId),
    ticket: (caseId) => cases.get(caseId),
    ticketsOf: async (guildId, openerId) =>
      (await cases.list({ guildId, openerId, limit: MANY })).cases,
    history: (caseId) => cases.events(caseId),
    workflow: (caseId) =>
      connection.withDeadline(Date.now() + CALL_MS, async () => {
        const handle = workflows.getHandle(caseId);
        const { status, historyLength } = await handle.describe();
        const { currentDetails } = metadataSchema.parse(
          await handle.query('__temporal_workflow_metadata'),
        );
        return { status: status.name, events: historyLength, ...paragraphsOf(currentDetails) };
      }),
    async conversation(caseId) {
      const kept = await conversations.get(caseId, 1);
      const bytes = kept && (await storage.get(kept.storageKey));
      if (!kept || !bytes) return null;
      return { ...kept, written: storedMessages.parse(JSON.parse(bytes.toString('utf8'))) };
    },
    async untilRecorded(caseId, type, within = PATIENCE_MS) {
      const until = performance.now() + within;
      while (!(await cases.events(caseId)).some((event) => event.type === type)) {
        if (performance.now() > until) {
          throw new Error(`Waited ${within / 1_000} s for "${type}" in the history of ${caseId}.`);
        }
        await pause(LOOK_AGAIN_MS);
      }
    },
    async close() {
      await Promise.all([connection.close(), knex.destroy()]);
    },
  };
}

/** The first two paragraphs of the workflow's current details (workflows/ticket/details.ts). */
function paragraphsOf(details: string): { standing: string; waitsFor: string } {
  const [standing = '', waitsFor = ''] = details.replaceAll(/[*`]/g, '').split('\n\n');
  return { standing, waitsFor };
}
