import { InteractionType } from 'discord-api-types/v10';
import type { InteractionRow, JsonObject } from '../../world/model';
import type { Discord } from '../discord';
import { userOf } from '../messages/store-message';
import { owners } from './send';

/**
 * API: Message Interaction Metadata, which every answer to an interaction carries: what was done, by
 * whom, on which message, and for a form the interaction that it was opened by.
 */
export function interactionMetadata(discord: Discord, row: InteractionRow): JsonObject {
  const metadata: JsonObject = {
    id: row.id,
    type: row.type,
    user: userOf(discord, row.userId),
    authorizing_integration_owners: owners(row.guildId),
  };
  if (row.type === InteractionType.MessageComponent) {
    metadata['interacted_message_id'] = row.sourceMessageId;
  }
  if (row.openedBy !== null) {
    const opener = discord.world.interactions.get(row.openedBy);
    if (opener !== undefined) {
      metadata['triggering_interaction_metadata'] = interactionMetadata(discord, opener);
    }
  }
  return metadata;
}
