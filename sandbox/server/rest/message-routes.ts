import { checkBulkDelete } from '../../rules/validation/guild';
import { requireChannel } from '../access';
import { announceInChannel, TYPING } from '../announce';
import type { Discord } from '../discord';
import { Fields } from '../fields';
import {
  bulkDelete,
  createMessage,
  crosspost,
  deleteMessage,
  editMessage,
  listMessages,
  readMessage,
} from '../messages/messages';
import { listPins, pinMessage, unpinMessage } from '../messages/pins';
import { react, reactionUsers, unreact, unreactAll } from '../messages/reactions';
import type { MessageRow } from '../../world/model';
import { messageViewForBot } from '../views/message-view';
import { bot, noContent, ok, type Answer, type Route } from './call';

function shown(discord: Discord, row: MessageRow): Answer {
  return ok(messageViewForBot(discord, row), row.message.id);
}

export const messageRoutes: Route[] = [
  bot('GET', '/channels/:channelId/messages', (discord, call) => {
    const access = requireChannel(discord.world, call.actor, call.id('channelId'));
    const page = {
      limit: call.number('limit', 50, 1, 100),
      before: call.snowflake('before'),
      after: call.snowflake('after'),
      around: call.snowflake('around'),
    };
    const rows = listMessages(discord, access, page, call.actor.userId);
    return ok(rows.map((row) => messageViewForBot(discord, row)));
  }),
  bot('POST', '/channels/:channelId/messages', (discord, call) =>
    shown(discord, createMessage(discord, call.actor, call.id('channelId'), call.body, call.files)),
  ),
  bot('POST', '/channels/:channelId/messages/bulk-delete', (discord, call) => {
    checkBulkDelete(call.body);
    const ids = Fields.of(call.body).strings('messages') ?? [];
    bulkDelete(discord, call.actor, call.id('channelId'), ids);
    return noContent();
  }),
  bot('GET', '/channels/:channelId/messages/:messageId', (discord, call) => {
    const row = readMessage(discord, call.actor, call.id('channelId'), call.id('messageId'));
    return shown(discord, row);
  }),
  bot('PATCH', '/channels/:channelId/messages/:messageId', (discord, call) => {
    const [channelId, messageId] = [call.id('channelId'), call.id('messageId')];
    const { actor, body, files } = call;
    return shown(discord, editMessage(discord, actor, channelId, messageId, body, files));
  }),
  bot('DELETE', '/channels/:channelId/messages/:messageId', (discord, call) => {
    deleteMessage(discord, call.actor, call.id('channelId'), call.id('messageId'));
    return noContent(call.id('messageId'));
  }),
  bot('POST', '/channels/:channelId/typing', (discord, call) => {
    const { channel } = requireChannel(discord.world, call.actor, call.id('channelId'));
    announceInChannel(
      discord,
      'TYPING_START',
      {
        channel_id: channel.id,
        user_id: call.actor.userId,
        timestamp: Math.floor(discord.now() / 1000),
      },
      channel,
      TYPING,
    );
    return noContent();
  }),

  bot('PUT', '/channels/:channelId/messages/:messageId/reactions/:emoji/@me', (discord, call) => {
    const [channelId, messageId] = [call.id('channelId'), call.id('messageId')];
    react(discord, call.actor, channelId, messageId, call.text('emoji'));
    return noContent(messageId);
  }),
  bot(
    'DELETE',
    '/channels/:channelId/messages/:messageId/reactions/:emoji/:userId',
    (discord, call) => {
      const userId = call.text('userId') === '@me' ? call.actor.userId : call.id('userId');
      const [channelId, messageId] = [call.id('channelId'), call.id('messageId')];
      unreact(discord, call.actor, channelId, messageId, call.text('emoji'), userId);
      return noContent(messageId);
    },
  ),
  bot('GET', '/channels/:channelId/messages/:messageId/reactions/:emoji', (discord, call) => {
    // 1 is for super reactions, of which there are none here.
    if (call.number('type', 0, 0, 1) === 1) return ok([]);
    const row = readMessage(discord, call.actor, call.id('channelId'), call.id('messageId'));
    const users = reactionUsers(discord, row, call.text('emoji'));
    const after = call.snowflake('after');
    const from = after === undefined ? 0 : users.findIndex((user) => user.id === after) + 1;
    return ok(users.slice(from, from + call.number('limit', 25, 1, 100)));
  }),
  bot('DELETE', '/channels/:channelId/messages/:messageId/reactions', (discord, call) => {
    unreactAll(discord, call.actor, call.id('channelId'), call.id('messageId'), undefined);
    return noContent(call.id('messageId'));
  }),
  bot('DELETE', '/channels/:channelId/messages/:messageId/reactions/:emoji', (discord, call) => {
    const emoji = call.text('emoji');
    unreactAll(discord, call.actor, call.id('channelId'), call.id('messageId'), emoji);
    return noContent(call.id('messageId'));
  }),

  bot('GET', '/channels/:channelId/messages/pins', (discord, call) => {
    const limit = call.number('limit', 50, 1, 50);
    const all = listPins(discord, call.actor, call.id('channelId'));
    const before = call.query.get('before');
    const older = before === null ? all : all.filter((row) => (row.pinnedAt ?? '') < before);
    const items = older.slice(0, limit).map((row) => ({
      pinned_at: row.pinnedAt,
      message: messageViewForBot(discord, row),
    }));
    return ok({ items, has_more: older.length > limit });
  }),
  bot('PUT', '/channels/:channelId/messages/pins/:messageId', pin),
  bot('DELETE', '/channels/:channelId/messages/pins/:messageId', unpin),
  bot('GET', '/channels/:channelId/pins', (discord, call) => {
    const rows = listPins(discord, call.actor, call.id('channelId')).slice(0, 50);
    return ok(rows.map((row) => messageViewForBot(discord, row)));
  }),
  bot('PUT', '/channels/:channelId/pins/:messageId', pin),
  bot('DELETE', '/channels/:channelId/pins/:messageId', unpin),
  bot('POST', '/channels/:channelId/messages/:messageId/crosspost', (discord, call) =>
    shown(discord, crosspost(discord, call.actor, call.id('channelId'), call.id('messageId'))),
  ),
];

function pin(discord: Discord, call: Parameters<Route['handle']>[1]): Answer {
  pinMessage(discord, call.actor, call.id('channelId'), call.id('messageId'));
  return noContent(call.id('messageId'));
}

function unpin(discord: Discord, call: Parameters<Route['handle']>[1]): Answer {
  unpinMessage(discord, call.actor, call.id('channelId'), call.id('messageId'));
  return noContent(call.id('messageId'));
}
