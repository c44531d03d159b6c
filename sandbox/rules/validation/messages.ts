import { MessageFlags } from 'discord-api-types/v10';
import { discordError } from '../errors';
import { checkMessageComponents } from './components';
import { checkEmbeds } from './embeds';
import type { Field, Path } from './form';
import { checkForm } from './form';
import { checkPoll, checkSharedTheme } from './message-extras';

/** What the check of a message has to know beside its body. */
export interface MessageCheck {
  /** Files that came with the request; they are described by `attachments` or not at all. */
  readonly uploads?: number;
  /** Where the message stands in the request: `['data']` in an interaction's answer. */
  readonly path?: Path;
  /** True if the message that is edited has the flag IS_COMPONENTS_V2, which stays for good. */
  readonly isV2?: boolean;
}

/** The parts that show something; with none of them a message is empty. */
export interface MessageParts {
  readonly content?: unknown;
  readonly embeds?: unknown;
  readonly components?: unknown;
  readonly attachments?: unknown;
  readonly sticker_ids?: unknown;
  readonly sticker_items?: unknown;
  readonly poll?: unknown;
}

/** The most files that one message carries. */
export const MOST_ATTACHMENTS = 10;

/** True if nothing of the message would be shown. Discord trims the content first. */
export function isEmptyMessage(parts: MessageParts, uploads = 0): boolean {
  const { content, poll } = parts;
  if (typeof content === 'string' && content.trim() !== '') return false;
  if (uploads > 0 || (poll !== undefined && poll !== null)) return false;
  const lists = [
    parts.embeds,
    parts.components,
    parts.attachments,
    parts.sticker_ids,
    parts.sticker_items,
  ];
  return !lists.some((list) => Array.isArray(list) && list.length > 0);
}

/**
 * Checks the body of a new message: of a channel, a webhook, a follow-up or an interaction's answer.
 * @throws DiscordError 50035 with the wrong fields, 50006 for an empty message, 30015 for too many files
 */
export function checkMessageCreate(body: unknown, options: MessageCheck = {}): void {
  checkFields(body, options);
  if (isEmptyMessage(isParts(body) ? body : {}, options.uploads)) {
    throw discordError('cannotSendEmptyMessage');
  }
}

/**
 * Checks the body of an edit. Whether the message that comes out of it is empty is for the caller to
 * ask with `isEmptyMessage`, who knows what is kept.
 * @throws DiscordError 50035 with the wrong fields, 30015 for too many files
 */
export function checkMessageEdit(body: unknown, options: MessageCheck = {}): void {
  checkFields(body, options);
}

function checkFields(body: unknown, options: MessageCheck): void {
  checkForm(
    body,
    (message) => {
      const flags = message.child('flags').integer({ min: 0 }) ?? 0;
      const isV2 = options.isV2 === true || (flags & MessageFlags.IsComponentsV2) !== 0;
      message.child('content').text({ max: 2_000 });
      message.child('tts').boolean();
      checkNonce(message);
      checkEmbeds(message.child('embeds'));
      checkMessageComponents(message.child('components'), isV2);
      if (isV2) refuseLegacyFields(message);
      checkAllowedMentions(message.child('allowed_mentions'));
      checkReference(message.child('message_reference'));
      checkPoll(message.child('poll'));
      checkSharedTheme(message.child('shared_client_theme'));
      for (const id of message.child('sticker_ids').list({ max: 3 })) id.snowflake(true);
      for (const attachment of message.child('attachments').list()) {
        if (!attachment.object(true)) continue;
        checkAttachmentId(attachment.child('id'));
        attachment.child('filename').text({ min: 1, max: 1024 });
        attachment.child('description').text({ max: 1024 });
      }
    },
    options.path,
  );
  const described = isParts(body) && Array.isArray(body.attachments) ? body.attachments.length : 0;
  if (Math.max(described, options.uploads ?? 0) > MOST_ATTACHMENTS) {
    throw discordError('maximumAttachments');
  }
}

/** The index of an uploaded file, as a number or in digits, or the id of one that is kept. */
function checkAttachmentId(id: Field): void {
  if (typeof id.value === 'number') id.integer({ min: 0 });
  else id.snowflake(true);
}

function checkNonce(message: Field): void {
  const nonce = message.child('nonce');
  if (typeof nonce.value === 'number') nonce.integer();
  else nonce.text({ max: 25 });
  message.child('enforce_nonce').boolean();
}

function refuseLegacyFields(message: Field): void {
  for (const key of ['content', 'embeds', 'sticker_ids', 'poll']) {
    const field = message.child(key);
    const isUsed = Array.isArray(field.value) ? field.value.length > 0 : field.value !== '';
    if (field.absent || !isUsed) continue;
    field.report(
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      `The '${key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
    );
  }
}

/** `allowed_mentions`: known words, at most 100 ids, and not the word and the ids of one kind. */
function checkAllowedMentions(allowed: Field): void {
  if (!allowed.object()) return;
  const parse = allowed.child('parse').set();
  const words = parse.map((word) => word.choice(['users', 'roles', 'everyone']));
  for (const kind of ['users', 'roles'] as const) {
    const ids = allowed.child(kind).set({ max: 100 });
    for (const id of ids) id.snowflake();
    if (ids.length > 0 && words.includes(kind)) {
      allowed.report(
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      );
    }
  }
  allowed.child('replied_user').boolean();
}

function checkReference(reference: Field): void {
  if (!reference.object()) return;
  reference.child('message_id').snowflake(true);
  reference.child('channel_id').snowflake();
  reference.child('guild_id').snowflake();
  reference.child('fail_if_not_exists').boolean();
  reference.child('type').choice([0, 1]);
}

function isParts(body: unknown): body is MessageParts {
  return typeof body === 'object' && body !== null;
}
