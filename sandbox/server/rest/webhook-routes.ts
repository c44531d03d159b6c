import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { requireChannel, requireGuild } from '../access';
import {
  createWebhook,
  deleteWebhook,
  editWebhook,
  listWebhooks,
  requireWebhook,
  webhookByToken,
  webhookView,
} from '../webhooks/webhooks';
import { bot, noContent, ok, withToken, type Route } from './call';

export const webhookRoutes: Route[] = [
  bot('GET', '/channels/:channelId/webhooks', (discord, call) => {
    const { channel } = requireChannel(
      discord.world,
      call.actor,
      call.id('channelId'),
      P.ManageWebhooks,
    );
    const rows = listWebhooks(discord, (row) => row.channelId === channel.id);
    return ok(rows.map((row) => webhookView(discord, row)));
  }),
  bot('POST', '/channels/:channelId/webhooks', (discord, call) => {
    const row = createWebhook(discord, call.actor, call.id('channelId'), call.body);
    return ok(webhookView(discord, row), row.id);
  }),
  bot('GET', '/guilds/:guildId/webhooks', (discord, call) => {
    const guildId = call.id('guildId');
    requireGuild(discord.world, call.actor, guildId, P.ManageWebhooks);
    const rows = listWebhooks(discord, (row) => row.guildId === guildId);
    return ok(rows.map((row) => webhookView(discord, row)));
  }),
  bot('GET', '/webhooks/:webhookId', (discord, call) =>
    ok(webhookView(discord, requireWebhook(discord, call.actor, call.id('webhookId')))),
  ),
  bot('PATCH', '/webhooks/:webhookId', (discord, call) => {
    const row = requireWebhook(discord, call.actor, call.id('webhookId'));
    return ok(webhookView(discord, editWebhook(discord, row, call.body)), row.id);
  }),
  bot('DELETE', '/webhooks/:webhookId', (discord, call) => {
    deleteWebhook(discord, requireWebhook(discord, call.actor, call.id('webhookId')));
    return noContent(call.id('webhookId'));
  }),
  withToken('GET', '/webhooks/:webhookId/:token', (discord, call) =>
    ok(
      webhookView(
        discord,
        webhookByToken(discord, call.id('webhookId'), call.text('token')),
        false,
      ),
    ),
  ),
  withToken('PATCH', '/webhooks/:webhookId/:token', (discord, call) => {
    const row = webhookByToken(discord, call.id('webhookId'), call.text('token'));
    return ok(webhookView(discord, editWebhook(discord, row, call.body), false), row.id);
  }),
  withToken('DELETE', '/webhooks/:webhookId/:token', (discord, call) => {
    deleteWebhook(discord, webhookByToken(discord, call.id('webhookId'), call.text('token')));
    return noContent(call.id('webhookId'));
  }),
];
