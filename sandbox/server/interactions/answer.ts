import { InteractionResponseType as R, InteractionType, MessageFlags } from 'discord-api-types/v10';
import { MessageKind } from '../../world/kinds';
import { discordError } from '../../rules/errors';
import { checkInteractionResponse } from '../../rules/validation/interaction-responses';
import type {
  AckKind,
  ChannelRow,
  InteractionRow,
  JsonObject,
  MessageRow,
} from '../../world/model';
import { permissionsIn } from '../access';
import { theApplication, type Discord } from '../discord';
import { Fields, wrong } from '../fields';
import type { UploadedFile } from '../http/request-body';
import { numbered, readMessageForm, type MessageForm } from '../messages/message-form';
import { refuseEmptied } from '../messages/messages';
import { botAuthor, changeMessage, storeMessage } from '../messages/store-message';
import { messageView } from '../views/message-view';
import { readChoices, readModal } from './read-callback';
import { interactionMetadata } from './metadata';
import { ACKNOWLEDGE_WITHIN, hasSource, note } from './send';

const KINDS: Record<number, AckKind | undefined> = {
  [R.Pong]: 'pong',
  [R.ChannelMessageWithSource]: 'message',
  [R.DeferredChannelMessageWithSource]: 'deferred',
  [R.DeferredMessageUpdate]: 'deferredUpdate',
  [R.UpdateMessage]: 'update',
  [R.ApplicationCommandAutocompleteResult]: 'autocomplete',
  [R.Modal]: 'modal',
};

/** The flags that an application may set on an interaction's message. */
const FREE_FLAGS =
  MessageFlags.Ephemeral |
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2;

/**
 * Takes the application's acknowledgement of an interaction.
 * @returns what `with_response` shows
 * @throws 10062 for an unknown or late one, 40060 for the second, 50035 for a wrong body
 */
export function answerInteraction(
  discord: Discord,
  id: string,
  token: string,
  body: unknown,
  files: UploadedFile[],
): JsonObject {
  const row = discord.world.interactions.get(id);
  if (row === undefined || row.token !== token) throw discordError('unknownInteraction');
  if (row.status === 'acknowledged') throw discordError('interactionAlreadyAcknowledged');
  const ms = discord.preciseNow() - row.sentAt;
  if (row.status === 'failed' || ms > ACKNOWLEDGE_WITHIN) throw discordError('unknownInteraction');
  const source = sourceOf(discord, row);
  const type = checkInteractionResponse(body, {
    type: row.type,
    hasMessage: row.sourceMessageId !== null,
    uploads: files.length,
    isV2: ((source?.message.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0,
  });
  const kind = KINDS[type];
  if (kind === undefined)
    wrong('type', 'BASE_TYPE_CHOICES', 'The local Discord has no activities.');
  const data = Fields.of(body).object('data');
  const channel = discord.world.channel(row.channelId);
  if (channel === undefined) throw discordError('unknownChannel');
  // Everything that can be refused is refused before the interaction counts as acknowledged.
  const effect = prepare(discord, row, channel, kind, data, files);
  row.status = 'acknowledged';
  row.ack = { kind, ms };
  const message = effect();
  row.revision += 1;
  discord.world.interactions.touch(id);
  note(discord, row, 'acknowledged');
  if (!row.loading && message !== undefined) note(discord, row, 'answered');
  discord.watchers.interactionChanged(id);
  return resultView(discord, row, type, message);
}

type Effect = () => MessageRow | undefined;

function prepare(
  discord: Discord,
  row: InteractionRow,
  channel: ChannelRow,
  kind: AckKind,
  data: JsonObject | undefined,
  files: UploadedFile[],
): Effect {
  switch (kind) {
    case 'message': {
      const form = readMessageForm(data, files, channel.id);
      return () => {
        const made = storeResponse(discord, row, channel, form, form.flags ?? 0);
        setOriginal(discord, row, made);
        return made;
      };
    }
    case 'deferred': {
      const form = readMessageForm(undefined, [], channel.id);
      const flags = Fields.of(data).number('flags') ?? 0;
      return () => {
        row.loading = true;
        const made = storeResponse(discord, row, channel, form, flags | MessageFlags.Loading);
        setOriginal(discord, row, made);
        return made;
      };
    }
    case 'deferredUpdate':
      return () => {
        const source = sourceOf(discord, row);
        if (source !== undefined) setOriginal(discord, row, source);
        return undefined;
      };
    case 'update': {
      const source = sourceOf(discord, row);
      if (source === undefined) throw discordError('unknownMessage');
      const form = readMessageForm(data, files, channel.id);
      refuseEmptied(source, form);
      return () => {
        setOriginal(discord, row, source);
        row.updated = true;
        return changeMessage(discord, source, channel, form, botPermissions(discord, channel));
      };
    }
    case 'autocomplete': {
      const choices = readChoices(data);
      return () => {
        row.choices = choices;
        return undefined;
      };
    }
    case 'modal': {
      const modal = readModal(data);
      return () => {
        row.modal = { ...modal, components: numbered(modal.components) };
        return undefined;
      };
    }
    case 'pong':
      return () => undefined;
  }
}

function sourceOf(discord: Discord, row: InteractionRow): MessageRow | undefined {
  return row.sourceMessageId === null ? undefined : discord.world.message(row.sourceMessageId);
}

function setOriginal(discord: Discord, row: InteractionRow, message: MessageRow): void {
  row.originalId = message.message.id;
  discord.watchers.follow(message.message.id, row.id);
}

function botPermissions(discord: Discord, channel: ChannelRow): bigint {
  return permissionsIn(discord.world, channel, theApplication(discord.world).botId);
}

/** Makes a message of the interaction's webhook: the answer, or a follow-up. */
export function storeResponse(
  discord: Discord,
  row: InteractionRow,
  channel: ChannelRow,
  form: MessageForm,
  flags: number,
): MessageRow {
  const application = theApplication(discord.world);
  const ephemeral = (flags & MessageFlags.Ephemeral) !== 0;
  const fromComponent = hasSource(row);
  const made = storeMessage(discord, {
    channel,
    author: botAuthor(discord),
    authorId: application.botId,
    permissions: botPermissions(discord, channel),
    form:
      fromComponent && row.sourceMessageId !== null
        ? {
            ...form,
            allowedMentions: form.allowedMentions ?? {
              parse: ['users', 'roles', 'everyone'],
              users: [],
              roles: [],
              repliedUser: false,
            },
            reference: {
              type: 0,
              message_id: row.sourceMessageId,
              channel_id: channel.id,
              failIfNotExists: false,
            },
          }
        : form,
    type: fromComponent ? MessageKind.Reply : typeOfAnswer(row),
    flags: flags & (FREE_FLAGS | MessageFlags.Loading),
    webhookId: application.id,
    applicationId: application.id,
    interactionId: row.id,
    interactionMetadata: interactionMetadata(discord, row),
    ...(ephemeral ? { ephemeralFor: row.userId } : {}),
  });
  row.ephemeral = ephemeral;
  return made;
}

function typeOfAnswer(row: InteractionRow): number {
  if (row.type !== InteractionType.ApplicationCommand) return MessageKind.Default;
  return row.commandId !== null && row.label.startsWith('menu:')
    ? MessageKind.ContextMenuCommand
    : MessageKind.ChatInputCommand;
}

/** API: Interaction Callback Response. */
function resultView(
  discord: Discord,
  row: InteractionRow,
  type: number,
  message: MessageRow | undefined,
): JsonObject {
  const interaction: JsonObject = { id: row.id, type: row.type };
  if (message !== undefined) {
    interaction['response_message_id'] = message.message.id;
    interaction['response_message_loading'] = row.loading;
    interaction['response_message_ephemeral'] = message.ephemeralFor !== null;
    interaction['channel_id'] = row.channelId;
    if (row.guildId !== null) interaction['guild_id'] = row.guildId;
  }
  const resource: JsonObject = { type };
  if (message !== undefined) {
    const { botId } = theApplication(discord.world);
    resource['message'] = messageView(discord, message, botId);
  }
  return { interaction, resource };
}
