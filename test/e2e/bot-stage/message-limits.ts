import type { APIEmbed, RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';

/**
 * Why Discord would not take the message, or it could ping somebody by accident
 * (https://docs.discord.com/developers/resources/message#embed-object-embed-limits).
 *
 * @returns nothing for a message that is as it should be
 */
export function breaches(message: RESTPostAPIChannelMessageJSONBody): string[] {
  const { content = '', embeds = [], components = [] } = message;
  const ids = idsOf(components);
  const checks: [boolean, string][] = [
    [content !== '' || embeds.length > 0, 'the message is empty'],
    [content.length <= 2_000, `the content has ${content.length} characters`],
    [embeds.length <= 10, `${embeds.length} embeds`],
    [embeds.reduce((sum, embed) => sum + lengthOf(embed), 0) <= 6_000, 'the embeds are too long'],
    [components.length <= 5, `${components.length} rows`],
    [new Set(ids).size === ids.length, `a custom_id twice: ${ids.join(' ')}`],
    [(message.allowed_mentions?.parse?.length ?? -1) <= 0, 'kinds of mentions are parsed'],
    [message.allowed_mentions !== undefined, 'mentions are not limited'],
    ...embeds.flatMap(embedChecks),
  ];
  return checks.filter(([right]) => !right).map(([, breach]) => breach);
}

function embedChecks(embed: APIEmbed): [boolean, string][] {
  const { title = '', description = '', fields = [], footer } = embed;
  return [
    [title.length <= 256, `a title of ${title.length} characters`],
    [description.length <= 4_096, `a description of ${description.length} characters`],
    [(footer?.text.length ?? 0) <= 2_048, 'the footer is too long'],
    [fields.length <= 25, `${fields.length} fields`],
    ...fields.flatMap(({ name, value }): [boolean, string][] => [
      [name !== '' && name.length <= 256, `a field's name of ${name.length} characters`],
      [value !== '' && value.length <= 1_024, `a field's value of ${value.length} characters`],
    ]),
  ];
}

function lengthOf({ title = '', description = '', fields = [], footer }: APIEmbed): number {
  return (
    title.length +
    description.length +
    (footer?.text.length ?? 0) +
    fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0)
  );
}

/** Every `custom_id` in the components, which Discord wants to be different. */
function idsOf(components: unknown): string[] {
  if (Array.isArray(components)) return components.flatMap(idsOf);
  if (typeof components !== 'object' || components === null) return [];
  const own =
    'custom_id' in components && typeof components.custom_id === 'string'
      ? [components.custom_id]
      : [];
  return [...own, ...('components' in components ? idsOf(components.components) : [])];
}
