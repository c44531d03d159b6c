import type { APIEmbed } from 'discord-api-types/v10';
import type { RenderedEmbed } from '../../domain/announcements/rendering';

/** A rendered post's embed as Discord's API takes it. */
export function announcementEmbed(embed: RenderedEmbed): APIEmbed {
  const { title, url, description, color, author, footer, imageUrl, thumbnailUrl, timestamp } =
    embed;
  return {
    title,
    color,
    ...(url === null ? {} : { url }),
    ...(description === null ? {} : { description }),
    ...(author === null
      ? {}
      : {
          author: {
            name: author.name,
            ...(author.url === null ? {} : { url: author.url }),
            ...(author.iconUrl === null ? {} : { icon_url: author.iconUrl }),
          },
        }),
    ...(footer === null ? {} : { footer: { text: footer } }),
    ...(imageUrl === null ? {} : { image: { url: imageUrl } }),
    ...(thumbnailUrl === null ? {} : { thumbnail: { url: thumbnailUrl } }),
    ...(timestamp === null ? {} : { timestamp: new Date(timestamp).toISOString() }),
    ...(embed.fields.length === 0 ? {} : { fields: [...embed.fields] }),
  };
}
