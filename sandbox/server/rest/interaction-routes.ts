import { discordError } from '../../rules/errors';
import { answerInteraction } from '../interactions/answer';
import {
  deleteResponse,
  editResponse,
  followUp,
  interactionOf,
  responseOf,
} from '../interactions/webhook';
import {
  deleteWebhookMessage,
  editWebhookMessage,
  executeWebhook,
  readWebhookMessage,
} from '../webhooks/webhooks';
import type { Discord } from '../discord';
import { theApplication } from '../discord';
import type { MessageRow } from '../../world/model';
import { messageView } from '../views/message-view';
import { noContent, ok, withToken, type Answer, type Call, type Route } from './call';

function shown(discord: Discord, row: MessageRow): Answer {
  return ok(messageView(discord, row, theApplication(discord.world).botId), row.message.id);
}

/** The same routes serve the webhooks of interactions (the application's id) and of channels. */
function isApplication(discord: Discord, call: Call): boolean {
  return discord.world.applications.has(call.id('webhookId'));
}

export const interactionRoutes: Route[] = [
  withToken('POST', '/interactions/:interactionId/:token/callback', (discord, call) => {
    const id = call.id('interactionId');
    const result = answerInteraction(discord, id, call.text('token'), call.body, call.files);
    return call.flag('with_response') ? ok(result, id) : noContent(id);
  }),
  withToken('POST', '/webhooks/:webhookId/:token', (discord, call) => {
    if (isApplication(discord, call)) {
      const row = interactionOf(discord, call.id('webhookId'), call.text('token'));
      return shown(discord, followUp(discord, row, call.body, call.files));
    }
    const row = executeWebhook(discord, call.id('webhookId'), call.text('token'), {
      body: call.body,
      files: call.files,
      threadId: call.snowflake('thread_id'),
    });
    return call.flag('wait') ? shown(discord, row) : noContent(row.message.id);
  }),
  withToken('GET', '/webhooks/:webhookId/:token/messages/:messageId', (discord, call) => {
    const messageId = call.text('messageId');
    if (isApplication(discord, call)) {
      const row = interactionOf(discord, call.id('webhookId'), call.text('token'));
      return shown(discord, responseOf(discord, row, messageId));
    }
    if (messageId === '@original') throw discordError('unknownMessage');
    return shown(
      discord,
      readWebhookMessage(discord, call.id('webhookId'), call.text('token'), messageId),
    );
  }),
  withToken('PATCH', '/webhooks/:webhookId/:token/messages/:messageId', (discord, call) => {
    const messageId = call.text('messageId');
    if (isApplication(discord, call)) {
      const row = interactionOf(discord, call.id('webhookId'), call.text('token'));
      return shown(discord, editResponse(discord, row, messageId, call.body, call.files));
    }
    const [id, token] = [call.id('webhookId'), call.text('token')];
    const { body, files } = call;
    return shown(discord, editWebhookMessage(discord, id, token, messageId, { body, files }));
  }),
  withToken('DELETE', '/webhooks/:webhookId/:token/messages/:messageId', (discord, call) => {
    const messageId = call.text('messageId');
    if (isApplication(discord, call)) {
      const row = interactionOf(discord, call.id('webhookId'), call.text('token'));
      deleteResponse(discord, row, messageId);
    } else {
      deleteWebhookMessage(discord, call.id('webhookId'), call.text('token'), messageId);
    }
    return noContent(messageId);
  }),
];
