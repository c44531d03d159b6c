import {
  EmbedType,
  MessageFlags,
  MessageReferenceType,
  StickerFormatType,
  type APIAttachment,
  type APIEmbed,
  type APIMessage,
  type APIUser,
} from 'discord-api-types/v10';
import type { MirrorStyle } from '../../domain/mirrors/settings';
import { cleanse, inline, noMentions } from '../../domain/text';
import { webhookName } from './webhook-name';

/** What an original answers. */
export interface RepliedTo {
  readonly authorName: string;
  readonly text: string;
  /** To its copy, or to itself where people of the target can open that; `null`: neither. */
  readonly link: string | null;
}

export interface CopyContext {
  readonly style: MirrorStyle;
  readonly repliedTo: RepliedTo | null;
  /** Whether the copy stands in another guild, where mentions of this one lead nowhere. */
  readonly abroad: boolean;
  /** To the original. */
  readonly link: string;
}

/** A copy as it is to be posted. */
export interface MirrorCopy {
  readonly body: {
    readonly content: string;
    readonly embeds: APIEmbed[];
    readonly flags: MessageFlags | undefined;
    readonly allowed_mentions: typeof noMentions;
  };
  /** For webhooks. */
  readonly username: string;
  readonly avatarUrl: string;
  /** What is to be sent along, with the bytes. */
  readonly uploads: readonly APIAttachment[];
}

/** Of a message's content, and of an embed's description (https://docs.discord.com/developers/resources/message). */
const CONTENT = 2_000;
const DESCRIPTION = 4_096;
const EMBEDS = 10;
/** Of all of a message's embeds together. */
const EMBED_TEXT = 6_000;
/** What every bot may upload in one message, with some room for the rest of it (bytes). */
const UPLOAD = 9 * 1024 * 1024;
const EXCERPT = 90;
const CDN = 'https://cdn.discordapp.com';

/** The copy of a message. What it says is shown as its author formatted it, and pings nobody. */
export function mirrorCopy(message: APIMessage, context: CopyContext): MirrorCopy {
  const { uploads, linked } = divided(message.attachments);
  const text = textOf(message, context);
  const lead = [
    ...(context.repliedTo === null ? [] : [quote(context.repliedTo)]),
    ...(isForward(message) ? ['> ↪ *Forwarded*'] : []),
  ];
  const trail = [
    ...(message.sticker_items ?? []).map(stickerLine),
    ...linked.map(
      ({ filename, url, size }) =>
        `📎 [${inline(filename, { max: 100, empty: 'file' })}](${url}) (${megabytes(size)} MB)`,
    ),
  ];
  const name = nameOf(message.author);
  const heading = context.style === 'plain' ? `**${inline(name, { max: 80 })}**` : null;
  const embeds = message.embeds.filter(isOwn).map(copied);
  const whole = joined(lead, heading, text, trail);
  const long = whole.length > CONTENT;
  const content = long ? joined(lead, heading, '', trail).slice(0, CONTENT) : whole;
  const shown = long ? [{ description: text.slice(0, DESCRIPTION) }, ...embeds] : embeds;
  const nothing = content.trim() === '' && shown.length === 0 && uploads.length === 0;
  return {
    body: {
      content: nothing
        ? `*This message can only be read in the original:* ${context.link}`
        : content,
      embeds: fitting(shown),
      flags: suppressesEmbeds(message) ? MessageFlags.SuppressEmbeds : undefined,
      allowed_mentions: noMentions,
    },
    username: webhookName(name),
    avatarUrl: avatarOf(message.author),
    uploads,
  };
}

/** In place of a copy that Discord does not take. */
export function uncopiable(message: APIMessage, context: CopyContext): MirrorCopy {
  const name = nameOf(message.author);
  const words = `*A message that cannot be copied:* ${context.link}`;
  const heading = context.style === 'plain' ? `**${inline(name, { max: 80 })}**` : null;
  return {
    body: {
      content: joined([], heading, words, []),
      embeds: [],
      flags: MessageFlags.SuppressEmbeds,
      allowed_mentions: noMentions,
    },
    username: webhookName(name),
    avatarUrl: avatarOf(message.author),
    uploads: [],
  };
}

function suppressesEmbeds({ flags }: APIMessage): boolean {
  return flags !== undefined && (flags & MessageFlags.SuppressEmbeds) !== 0;
}

/** How people call somebody. */
export function nameOf({
  global_name: shown,
  username,
}: Pick<APIUser, 'global_name' | 'username'>) {
  return shown ?? username;
}

/** Everything that a message says, as filters look at it. */
export function wordsOf(message: APIMessage): string {
  return [
    message.content,
    ...(message.message_snapshots ?? []).map((one) => one.message.content),
    ...message.embeds.flatMap(({ title, description }) => [title ?? '', description ?? '']),
  ].join('\n');
}

function joined(
  lead: readonly string[],
  heading: string | null,
  text: string,
  trail: readonly string[],
): string {
  const said = heading === null ? text : text === '' ? heading : `${heading}: ${text}`;
  return [...lead, said, ...trail].filter((part) => part !== '').join('\n');
}

function textOf(message: APIMessage, { abroad }: CopyContext): string {
  const forwarded = (message.message_snapshots ?? []).map((one) => one.message.content);
  const text = cleanse(
    [message.content, ...forwarded, pollText(message)].filter(Boolean).join('\n'),
  );
  if (!abroad) return text;
  const names = new Map(message.mentions.map((user) => [user.id, nameOf(user)]));
  return text.replace(/<@!?(\d{16,20})>/g, (mention, id: string) => {
    const name = names.get(id);
    return name === undefined ? mention : `@${inline(name, { max: 80 })}`;
  });
}

function isForward(message: APIMessage): boolean {
  return message.message_reference?.type === MessageReferenceType.Forward;
}

function pollText({ poll }: APIMessage): string {
  if (poll === undefined) return '';
  const answers = poll.answers.map(({ poll_media: { text } }) => `• ${text ?? ''}`);
  return [`📊 ${poll.question.text ?? ''}`, ...answers].join('\n');
}

function quote({ authorName, text, link }: RepliedTo): string {
  const name = inline(authorName, { max: 80, empty: 'a message' });
  const excerpt = inline(text, { max: EXCERPT });
  const who = link === null ? `**${name}**` : `[**${name}**](${link})`;
  return `> ↪ ${who}${excerpt === '' ? '' : `: ${excerpt}`}`;
}

function stickerLine({
  id,
  name,
  format_type: format,
}: {
  readonly id: string;
  readonly name: string;
  readonly format_type: StickerFormatType;
}): string {
  const words = inline(name, { max: 60, empty: 'sticker' });
  if (format === StickerFormatType.Lottie) return `*Sticker: ${words}*`;
  const file = format === StickerFormatType.GIF ? 'gif' : 'png';
  return `[Sticker: ${words}](https://media.discordapp.net/stickers/${id}.${file})`;
}

/** Embeds of links are made anew where the copy stands. */
function isOwn({ type }: APIEmbed): boolean {
  return type === undefined || type === EmbedType.Rich;
}

/** What can be said of an embed; the rest is Discord's. */
function copied(embed: APIEmbed): APIEmbed {
  const { title, description, url, timestamp, color, footer, image, thumbnail, author, fields } =
    embed;
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(url !== undefined && { url }),
    ...(timestamp !== undefined && { timestamp }),
    ...(color !== undefined && { color }),
    ...(footer !== undefined && { footer: { text: footer.text, ...icon(footer.icon_url) } }),
    ...(image !== undefined && { image: { url: image.url } }),
    ...(thumbnail !== undefined && { thumbnail: { url: thumbnail.url } }),
    ...(author !== undefined && {
      author: {
        name: author.name,
        ...(author.url !== undefined && { url: author.url }),
        ...icon(author.icon_url),
      },
    }),
    ...(fields !== undefined && {
      fields: fields.map(({ name, value, inline: beside }) => ({
        ...{ name, value },
        ...(beside !== undefined && { inline: beside }),
      })),
    }),
  };
}

function icon(address: string | undefined): { icon_url?: string } {
  return address === undefined ? {} : { icon_url: address };
}

/** As many of them as one message holds. */
function fitting(embeds: readonly APIEmbed[]): APIEmbed[] {
  let room = EMBED_TEXT;
  const held: APIEmbed[] = [];
  for (const embed of embeds.slice(0, EMBEDS)) {
    room -= lengthOf(embed);
    if (room < 0) break;
    held.push(embed);
  }
  return held;
}

function lengthOf({ title, description, footer, author, fields }: APIEmbed): number {
  const texts = [title, description, footer?.text, author?.name];
  const all = [...texts, ...(fields ?? []).flatMap(({ name, value }) => [name, value])];
  return all.reduce<number>((sum, text) => sum + (text?.length ?? 0), 0);
}

/** What is uploaded anew, and what is only linked. */
function divided(attachments: readonly APIAttachment[]) {
  let room = UPLOAD;
  const uploads: APIAttachment[] = [];
  const linked: APIAttachment[] = [];
  for (const attachment of attachments) {
    if (attachment.size <= room) {
      room -= attachment.size;
      uploads.push(attachment);
    } else linked.push(attachment);
  }
  return { uploads, linked };
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

/** https://docs.discord.com/developers/reference#image-formatting-cdn-endpoints */
function avatarOf({ id, avatar }: Pick<APIUser, 'id' | 'avatar'>): string {
  if (avatar !== null) return `${CDN}/avatars/${id}/${avatar}.png?size=128`;
  return `${CDN}/embed/avatars/${(BigInt(id) >> 22n) % 6n}.png`;
}
