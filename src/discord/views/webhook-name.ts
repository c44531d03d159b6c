import { label } from '../../domain/text';

/**
 * A name under which a webhook may post: 1 to 80 characters, and Discord refuses those that contain its own name
 * or "clyde", in any case (https://docs.discord.com/developers/resources/webhook#create-webhook).
 */
export function webhookName(name: string): string {
  // What is invisible goes first: without it two halves may make a word.
  const allowed = label(name, { max: 80, empty: 'Somebody' })
    .replace(/d(?=iscord)/gi, (letter) => `${letter}·`)
    .replace(/c(?=lyde)/gi, (letter) => `${letter}·`);
  return label(allowed, { max: 80 });
}
