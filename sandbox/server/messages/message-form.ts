import { componentDefaults } from '../../rules/component-defaults';
import { discordError } from '../../rules/errors';
import type { Component, JsonObject, MessageReference } from '../../world/model';
import { Fields, isObject } from '../fields';
import type { UploadedFile } from '../http/request-body';

/** Which mentions of a message may ping. */
export interface AllowedMentions {
  parse: string[];
  users: string[];
  roles: string[];
  repliedUser: boolean;
}

/** What a request says about a file it uploads or an attachment it keeps. */
export interface AttachmentForm {
  id: string;
  filename: string | undefined;
  description: string | undefined;
}

/** A message to be made or changed; undefined: not mentioned in the request. */
export interface MessageForm {
  content: string | null | undefined;
  embeds: JsonObject[] | undefined;
  components: Component[] | undefined;
  nonce: string | number | undefined;
  enforceNonce: boolean;
  tts: boolean;
  flags: number | undefined;
  allowedMentions: AllowedMentions | undefined;
  reference: (MessageReference & { failIfNotExists: boolean }) | undefined;
  attachments: AttachmentForm[] | undefined;
  files: UploadedFile[];
  poll: JsonObject | undefined;
}

/** Reads a message's fields out of a request that passed the validation. */
export function readMessageForm(
  body: unknown,
  files: UploadedFile[],
  channelId: string,
): MessageForm {
  const fields = Fields.of(body);
  const reference = fields.object('message_reference');
  const mentions = fields.object('allowed_mentions');
  const nonce = fields.all['nonce'];
  return {
    content: fields.isNull('content') ? null : fields.string('content'),
    embeds: fields.isNull('embeds') ? [] : fields.objects('embeds'),
    components: fields.isNull('components') ? [] : fields.objects('components')?.map(asComponent),
    nonce: typeof nonce === 'string' || typeof nonce === 'number' ? nonce : undefined,
    enforceNonce: fields.boolean('enforce_nonce') ?? false,
    tts: fields.boolean('tts') ?? false,
    flags: fields.number('flags'),
    allowedMentions: mentions === undefined ? undefined : readAllowedMentions(mentions),
    reference: reference === undefined ? undefined : readReference(reference, channelId),
    attachments: fields.objects('attachments')?.map(readAttachment),
    files,
    poll: fields.object('poll'),
  };
}

/** A component's shape was checked by the validation; children are read as they are needed. */
function asComponent(value: JsonObject): Component {
  const { type } = value;
  if (typeof type !== 'number') throw discordError('invalidFormBody');
  return { ...value, type };
}

function readAllowedMentions(value: JsonObject): AllowedMentions {
  const fields = Fields.of(value);
  return {
    parse: fields.strings('parse') ?? [],
    users: fields.strings('users') ?? [],
    roles: fields.strings('roles') ?? [],
    repliedUser: fields.boolean('replied_user') ?? false,
  };
}

function readReference(
  value: JsonObject,
  channelId: string,
): MessageReference & { failIfNotExists: boolean } {
  const fields = Fields.of(value);
  const messageId = fields.string('message_id');
  const guildId = fields.string('guild_id');
  return {
    type: fields.number('type') ?? 0,
    ...(messageId === undefined ? {} : { message_id: messageId }),
    channel_id: fields.string('channel_id') ?? channelId,
    ...(guildId === undefined ? {} : { guild_id: guildId }),
    failIfNotExists: fields.boolean('fail_if_not_exists') ?? true,
  };
}

function readAttachment(value: JsonObject): AttachmentForm {
  const fields = Fields.of(value);
  return {
    id: fields.string('id') ?? '0',
    filename: fields.string('filename'),
    description: fields.string('description'),
  };
}

/** Copies components with what Discord adds to them, and numbers those without an id of their own, as Discord does: from 1, in order. */
export function numbered(components: readonly Component[]): Component[] {
  const taken = new Set<number>();
  const collect = (component: Component): void => {
    if (component.id !== undefined && component.id > 0) taken.add(component.id);
    for (const child of childrenOf(component)) collect(child);
  };
  components.forEach(collect);
  let next = 1;
  const number = (component: Component): Component => {
    let { id } = component;
    if (id === undefined || id === 0) {
      while (taken.has(next)) next += 1;
      id = next;
      next += 1;
    }
    const copy: Component = { ...componentDefaults(component.type), ...component, id };
    if (component.components !== undefined) copy.components = component.components.map(number);
    if (component.accessory !== undefined) copy.accessory = number(component.accessory);
    if (isObject(component.component)) copy.component = number(component.component);
    return copy;
  };
  return components.map(number);
}

/** The components inside a component. */
export function childrenOf(component: Component): Component[] {
  return [
    ...(component.components ?? []),
    ...(component.component === undefined ? [] : [component.component]),
    ...(component.accessory === undefined ? [] : [component.accessory]),
  ];
}

/** All components, however deep, in order. */
export function* everyComponent(components: readonly Component[]): Generator<Component> {
  for (const component of components) {
    yield component;
    yield* everyComponent(childrenOf(component));
  }
}
