import { MessageFlags } from 'discord-api-types/v10';
import { discordError } from '../../rules/errors';
import { checkMessageCreate, checkMessageEdit } from '../../rules/validation/messages';
import type { ChannelRow, InteractionRow, MessageRow } from '../../world/model';
import { permissionsIn } from '../access';
import { theApplication, type Discord } from '../discord';
import type { UploadedFile } from '../http/request-body';
import { readMessageForm } from '../messages/message-form';
import { removeMessage, refuseEmptied } from '../messages/messages';
import { changeMessage } from '../messages/store-message';
import { storeResponse } from './answer';
import { note, TOKEN_LIFETIME } from './send';
import { interactionIdOf } from './token';

/**
 * The interaction whose webhook this is.
 * @throws 50027 for a wrong or expired token, 10015 while it has not been acknowledged
 */
export function interactionOf(
  discord: Discord,
  applicationId: string,
  token: string,
): InteractionRow {
  if (theApplication(discord.world).id !== applicationId) throw discordError('unknownWebhook');
  const id = interactionIdOf(token);
  const row = id === undefined ? undefined : discord.world.interactions.get(id);
  if (row === undefined || row.token !== token) throw discordError('invalidWebhookToken');
  if (discord.now() - row.sentAt > TOKEN_LIFETIME) throw discordError('invalidWebhookToken');
  if (row.status !== 'acknowledged') throw discordError('unknownWebhook');
  return row;
}

/** The message that `@original` or an id names: an answer or follow-up of this interaction. */
export function responseOf(discord: Discord, row: InteractionRow, messageId: string): MessageRow {
  const id = messageId === '@original' ? row.originalId : messageId;
  const message = id === null ? undefined : discord.world.message(id);
  const own =
    message !== undefined &&
    (message.message.id === row.originalId || message.interactionId === row.id);
  if (!own) throw discordError('unknownMessage');
  return message;
}

/** Edits the answer or a follow-up; the first edit of a deferred answer ends its "thinking". */
export function editResponse(
  discord: Discord,
  row: InteractionRow,
  messageId: string,
  body: unknown,
  files: UploadedFile[],
): MessageRow {
  const message = responseOf(discord, row, messageId);
  const channel = channelOf(discord, row);
  const isV2 = (message.message.flags & MessageFlags.IsComponentsV2) !== 0;
  checkMessageEdit(body, { uploads: files.length, isV2 });
  const form = readMessageForm(body, files, channel.id);
  refuseEmptied(message, form);
  const isOriginal = message.message.id === row.originalId;
  const ends = isOriginal && row.loading;
  if (ends) {
    row.loading = false;
    message.message.flags &= ~MessageFlags.Loading;
  }
  if (isOriginal) row.updated = true;
  row.revision += 1;
  discord.world.interactions.touch(row.id);
  const permissions = permissionsIn(discord.world, channel, theApplication(discord.world).botId);
  // Tells the watchers, too: the message belongs to the interaction.
  changeMessage(discord, message, channel, form, permissions);
  if (ends) note(discord, row, 'answered');
  return message;
}

/** Adds a follow-up. While the answer still "thinks", the follow-up takes its place. */
export function followUp(
  discord: Discord,
  row: InteractionRow,
  body: unknown,
  files: UploadedFile[],
): MessageRow {
  checkMessageCreate(body, { uploads: files.length });
  if (row.loading && row.originalId !== null) {
    return editResponse(discord, row, '@original', body, files);
  }
  const channel = channelOf(discord, row);
  const form = readMessageForm(body, files, channel.id);
  const { ephemeral } = row;
  const made = storeResponse(discord, row, channel, form, form.flags ?? 0);
  row.ephemeral = ephemeral;
  row.followupIds.push(made.message.id);
  row.revision += 1;
  discord.world.interactions.touch(row.id);
  discord.watchers.follow(made.message.id, row.id);
  discord.watchers.interactionChanged(row.id);
  return made;
}

/** Deletes the answer or a follow-up. */
export function deleteResponse(discord: Discord, row: InteractionRow, messageId: string): void {
  const message = responseOf(discord, row, messageId);
  row.revision += 1;
  row.loading = row.loading && message.message.id !== row.originalId;
  discord.world.interactions.touch(row.id);
  removeMessage(discord, channelOf(discord, row), message);
}

function channelOf(discord: Discord, row: InteractionRow): ChannelRow {
  const channel = discord.world.channel(row.channelId);
  if (channel === undefined) throw discordError('unknownChannel');
  return channel;
}
