import type {
  APIActionRowComponent,
  APIAllowedMentions,
  APIComponentInMessageActionRow,
  APIEmbed,
} from 'discord-api-types/v10';
import { noMentions } from '../../domain/text';

export type ActionRow = APIActionRowComponent<APIComponentInMessageActionRow>;

/**
 * What a person reads as the answer to an interaction. It is whole: edited over an earlier answer it
 * leaves nothing of that one, neither its embeds nor its buttons.
 */
export interface Answer {
  readonly content: string;
  readonly embeds: APIEmbed[];
  readonly components: ActionRow[];
  readonly allowed_mentions: APIAllowedMentions;
}

/** An answer that pings nobody. */
export function answer(
  content: string,
  more: { readonly embeds?: APIEmbed[]; readonly components?: ActionRow[] } = {},
): Answer {
  return {
    content,
    embeds: more.embeds ?? [],
    components: more.components ?? [],
    allowed_mentions: noMentions,
  };
}
