import type { AckKind, InteractionRow, JsonObject, Message } from '../../world/model';
import type { Discord } from '../discord';
import { messageView } from '../views/message-view';

/** A message as somebody sees it. */
export type SeenMessage = Message & {
  reactions?: { emoji: { id: string | null; name: string }; count: number; me: boolean }[];
  referenced_message?: JsonObject | null;
};

/** What a person sees of their interaction at one moment. */
export interface InteractionState {
  id: string;
  userId: string;
  guildId: string | null;
  channelId: string;
  label: string;
  status: 'pending' | 'acknowledged' | 'failed';
  ack: { kind: AckKind; ms: number } | null;
  /** Goes up with every change. */
  revision: number;
  /** The answer still "thinks". */
  loading: boolean;
  modal: InteractionRow['modal'];
  choices: InteractionRow['choices'];
  /** What `@original` shows: the answer, or the updated message; null while there is none. */
  reply: SeenMessage | null;
  /** How often that message was edited. */
  replyEdits: number;
  followups: SeenMessage[];
}

/** The state of an interaction as the person who began it sees it. */
export function interactionState(discord: Discord, row: InteractionRow): InteractionState {
  const shown = row.ack?.kind !== 'deferredUpdate' || row.updated ? row.originalId : null;
  return {
    id: row.id,
    userId: row.userId,
    guildId: row.guildId,
    channelId: row.channelId,
    label: row.label,
    status: row.status,
    ack: row.ack,
    revision: row.revision,
    loading: row.loading,
    modal: row.modal,
    choices: row.choices,
    reply: shown === null ? null : seen(discord, shown, row.userId),
    replyEdits: shown === null ? 0 : (discord.world.message(shown)?.edits ?? 0),
    followups: row.followupIds
      .map((id) => seen(discord, id, row.userId))
      .filter((message) => message !== null),
  };
}

/** The message as this user sees it; null if it is gone. */
export function seen(discord: Discord, messageId: string, userId: string): SeenMessage | null {
  const row = discord.world.message(messageId);
  if (row === undefined) return null;
  return { ...row.message, ...messageView(discord, row, userId) };
}
