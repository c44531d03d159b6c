import type { Knex } from 'knex';
import { z } from 'zod';
import { whileAvailable } from './connection';

/** Where the conversation of one channel of a case is stored. */
export interface Conversation {
  readonly caseId: string;
  /** 1 for the case's first channel, one more for each reopening that made a new one. */
  readonly generation: number;
  /** Its key in the object storage. */
  readonly storageKey: string;
  /** Of the stored bytes, in lower-case hexadecimal. */
  readonly sha256: string;
  /** How many messages it holds. */
  readonly messages: number;
  /** The newest message in it; `null`: it holds none. */
  readonly lastMessageId: string | null;
  /** Whether the channel was read to its end: nothing can be added any more. */
  readonly complete: boolean;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
}

/** Both methods throw `DatabaseUnavailable` while Postgres is away. */
export interface ConversationRepository {
  /** Replaces what was known of the same channel. A complete conversation is not made incomplete again. */
  save(conversation: Conversation): Promise<void>;
  get(caseId: string, generation: number): Promise<Conversation | null>;
}

export function createConversationRepository(knex: Knex): ConversationRepository {
  return {
    save: (conversation) =>
      whileAvailable(async () => {
        await knex('case_conversations')
          .insert({
            case_id: conversation.caseId,
            generation: conversation.generation,
            storage_key: conversation.storageKey,
            sha256: conversation.sha256,
            messages: conversation.messages,
            last_message_id: conversation.lastMessageId,
            complete: conversation.complete,
            stored_at: new Date(conversation.storedAt),
          })
          .onConflict(['case_id', 'generation'])
          .merge()
          .whereRaw('(excluded.complete or not case_conversations.complete)');
      }),
    get: (caseId, generation) =>
      whileAvailable(async () => {
        const row: unknown = await knex('case_conversations')
          .where({ case_id: caseId, generation })
          .first();
        return row === undefined ? null : schema.parse(row);
      }),
  };
}

const schema = z
  .object({
    case_id: z.string(),
    generation: z.number(),
    storage_key: z.string(),
    sha256: z.string(),
    messages: z.number(),
    last_message_id: z.string().nullable(),
    complete: z.boolean(),
    stored_at: z.date(),
  })
  .transform((row): Conversation => ({
    caseId: row.case_id,
    generation: row.generation,
    storageKey: row.storage_key,
    sha256: row.sha256,
    messages: row.messages,
    lastMessageId: row.last_message_id,
    complete: row.complete,
    storedAt: row.stored_at.getTime(),
  }));
