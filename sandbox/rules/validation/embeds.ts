import { characters } from './form';
import type { Field } from './form';

/** All texts of all embeds of one message together. */
export const EMBEDS_TOTAL = 6_000;

const MEDIA_SCHEMES = ['http', 'https', 'attachment'];

/**
 * The embeds of a message: at most 10, the limits of each text, and 6,000 characters in all.
 * Source: https://discord.com/developers/docs/resources/message#embed-object-embed-limits
 */
export function checkEmbeds(embeds: Field): void {
  let total = 0;
  let reported = false;
  for (const embed of embeds.list({ max: 10 })) {
    if (!embed.object(true)) continue;
    checkEmbed(embed);
    total += textSize(embed);
    if (total > EMBEDS_TOTAL && !reported) {
      reported = true;
      embed.report('MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${EMBEDS_TOTAL}`);
    }
  }
}

function checkEmbed(embed: Field): void {
  embed.child('title').text({ max: 256 });
  embed.child('description').text({ max: 4096 });
  embed.child('url').url();
  embed.child('color').integer({ min: 0, max: 0xffffff });
  embed.child('timestamp').timestamp();

  const author = embed.child('author');
  if (author.object()) {
    author.child('name').text({ max: 256, required: true });
    author.child('url').url();
    author.child('icon_url').url(MEDIA_SCHEMES);
  }
  const footer = embed.child('footer');
  if (footer.object()) {
    footer.child('text').text({ max: 2048, required: true });
    footer.child('icon_url').url(MEDIA_SCHEMES);
  }
  for (const key of ['image', 'thumbnail']) {
    const media = embed.child(key);
    if (media.object()) media.child('url').url(MEDIA_SCHEMES);
  }
  for (const field of embed.child('fields').list({ max: 25 })) {
    if (!field.object(true)) continue;
    field.child('name').text({ max: 256, required: true });
    field.child('value').text({ max: 1024, required: true });
    field.child('inline').boolean();
  }
  if (isEmpty(embed)) embed.child('description').reportRequired();
}

function isEmpty(embed: Field): boolean {
  const shown = [
    'title',
    'description',
    'author',
    'footer',
    'image',
    'thumbnail',
    'video',
    'timestamp',
  ];
  const fields = embed.child('fields').value;
  return (
    shown.every((key) => embed.child(key).absent || embed.child(key).value === '') &&
    !(Array.isArray(fields) && fields.length > 0)
  );
}

/** Title, description, field names and values, footer and author, as they count for the total. */
function textSize(embed: Field): number {
  const texts = [
    embed.child('title'),
    embed.child('description'),
    embed.child('footer').child('text'),
    embed.child('author').child('name'),
  ].map((field) => field.value);
  const fields = embed.child('fields').value;
  if (Array.isArray(fields)) {
    fields.forEach((_, index) => {
      const field = embed.child('fields').child(index);
      texts.push(field.child('name').value, field.child('value').value);
    });
  }
  return texts.reduce<number>(
    (sum, text) => sum + (typeof text === 'string' ? characters(text) : 0),
    0,
  );
}
