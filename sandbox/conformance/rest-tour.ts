import { z } from 'zod';
import type { PlainClient } from './plain-client';

/** Whom and what the tour needs to know of the guild that it goes through. */
export interface TourGround {
  readonly guildId: string;
  readonly applicationId: string;
  readonly botId: string;
  /** A member whose rank is below the bot's. */
  readonly memberId: string;
  /** Another member below the bot, who may be kicked and banned. */
  readonly victimId: string;
}

const withTags = z.object({ available_tags: z.array(z.object({ id: z.string() })) });
const incoming = z.object({ id: z.string(), token: z.string() });

const EMOJI = encodeURIComponent('🎫');

/** A text of every kind that an embed has. */
export const FULL_EMBED = {
  title: 'Ticket 42',
  description: 'The farm on the **third** floor is broken.',
  url: 'https://example.com/tickets/42',
  color: 0x4f9d69,
  timestamp: '2026-01-01T12:00:00.000Z',
  author: { name: 'Anna', url: 'https://example.com/anna', icon_url: 'https://example.com/a.png' },
  footer: { text: 'Castellan', icon_url: 'https://example.com/f.png' },
  image: { url: 'https://example.com/i.png' },
  thumbnail: { url: 'https://example.com/t.png' },
  fields: [
    { name: 'Priority', value: 'high', inline: true },
    { name: 'Category', value: 'bug' },
  ],
};

/** Every component that a message can carry, in rows. */
export const ALL_ROWS = [
  {
    type: 1,
    components: [
      { type: 2, style: 1, custom_id: 'primary', label: 'Claim', emoji: { name: '🎫' } },
      { type: 2, style: 2, custom_id: 'secondary', label: 'Release', disabled: true },
      { type: 2, style: 3, custom_id: 'success', label: 'Resolve' },
      { type: 2, style: 4, custom_id: 'danger', label: 'Close' },
      { type: 2, style: 5, url: 'https://example.com', label: 'Docs' },
    ],
  },
  {
    type: 1,
    components: [
      {
        type: 3,
        custom_id: 'string',
        placeholder: 'Pick',
        min_values: 1,
        max_values: 2,
        options: [
          { label: 'Bug', value: 'bug', description: 'Something broke', emoji: { name: '🐛' } },
          { label: 'Question', value: 'question', default: true },
        ],
      },
    ],
  },
  { type: 1, components: [{ type: 5, custom_id: 'user' }] },
  { type: 1, components: [{ type: 6, custom_id: 'role', max_values: 3 }] },
  { type: 1, components: [{ type: 8, custom_id: 'channel', channel_types: [0, 5] }] },
];

/** The layout components. */
export const LAYOUT = [
  {
    type: 17,
    accent_color: 0x4f9d69,
    components: [
      { type: 10, content: '## Ticket 42' },
      { type: 14, divider: true, spacing: 1 },
      {
        type: 9,
        components: [{ type: 10, content: 'Waiting for staff' }],
        accessory: { type: 2, style: 1, custom_id: 'section', label: 'Claim' },
      },
      { type: 1, components: [{ type: 7, custom_id: 'mentionable' }] },
    ],
  },
];

/**
 * Uses every route that the bot's token opens, each at least once with success.
 * @throws Error at the first request that is refused
 */
export async function tourRest(client: PlainClient, ground: TourGround): Promise<void> {
  await tourOwn(client);
  await tourCommands(client, ground);
  await tourRoles(client, ground);
  const channels = await tourChannels(client, ground);
  await tourMessages(client, channels.text, ground);
  await tourPinsAndReactions(client, channels.text);
  await tourThreads(client, channels.text, ground);
  await tourWebhooks(client, channels.text, ground);
  await tourMembers(client, ground);
  await client.do('DELETE', `/channels/${channels.text}`, { reason: 'the tour is over' });
  await client.do('DELETE', `/channels/${channels.category}`);
}

async function tourOwn(client: PlainClient): Promise<void> {
  await client.do('GET', '/gateway', { token: null });
  await client.do('GET', '/gateway/bot');
  await client.do('GET', '/applications/@me');
  await client.do('PATCH', '/applications/@me', { body: { tags: ['tickets'] } });
  await client.do('GET', '/oauth2/applications/@me');
  await client.do('GET', '/users/@me');
  await client.do('PATCH', '/users/@me', { body: { username: 'Castellan' } });
  await client.do('GET', '/users/@me/guilds?with_counts=true');
}

async function tourCommands(client: PlainClient, ground: TourGround): Promise<void> {
  const scopes = [
    `/applications/${ground.applicationId}/commands`,
    `/applications/${ground.applicationId}/guilds/${ground.guildId}/commands`,
  ];
  for (const scope of scopes) {
    const before = await client.do('GET', scope);
    const id = await client.make('POST', scope, {
      body: {
        name: 'tour',
        description: 'Goes round',
        name_localizations: { de: 'rundgang' },
        default_member_permissions: '8192',
        options: [
          { type: 3, name: 'text', description: 'Any', autocomplete: true, min_length: 1 },
          { type: 4, name: 'count', description: 'Any', min_value: 1, max_value: 9 },
          { type: 7, name: 'where', description: 'Any', channel_types: [0] },
          { type: 3, name: 'kind', description: 'Any', choices: [{ name: 'Bug', value: 'bug' }] },
        ],
      },
    });
    await client.do('GET', `${scope}/${id}`);
    await client.do('PATCH', `${scope}/${id}`, { body: { description: 'Goes round again' } });
    await client.do('GET', `${scope}?with_localizations=true`);
    await client.do('DELETE', `${scope}/${id}`);
    const menu = { name: 'Report message', type: 3 };
    await client.do('PUT', scope, { body: [{ name: 'ticket', description: 'Tickets' }, menu] });
    await client.do('PUT', scope, { body: before });
  }
  await client.do('GET', `${scopes[1] ?? ''}/permissions`);
}

async function tourRoles(client: PlainClient, ground: TourGround): Promise<void> {
  const roles = `/guilds/${ground.guildId}/roles`;
  await client.do('GET', `/guilds/${ground.guildId}?with_counts=true`);
  await client.do('GET', roles);
  const id = await client.make('POST', roles, {
    body: { name: 'Tour', permissions: '1024', color: 0x4f9d69, hoist: true, mentionable: true },
    reason: 'the tour — ängstlich',
  });
  await client.do('GET', `${roles}/${id}`);
  await client.do('PATCH', `${roles}/${id}`, { body: { name: 'Tourist' } });
  await client.do('PATCH', roles, { body: [{ id, position: 1 }] });
  const given = `/guilds/${ground.guildId}/members/${ground.memberId}/roles/${id}`;
  await client.do('PUT', given);
  await client.do('DELETE', given);
  await client.do('DELETE', `${roles}/${id}`);
}

async function tourChannels(
  client: PlainClient,
  ground: TourGround,
): Promise<{ text: string; category: string }> {
  const all = `/guilds/${ground.guildId}/channels`;
  const category = await client.make('POST', all, { body: { name: 'Tour', type: 4 } });
  const text = await client.make('POST', all, {
    body: {
      name: 'Tour Stop!',
      type: 0,
      topic: 'Here we meet',
      parent_id: category,
      rate_limit_per_user: 5,
      permission_overwrites: [
        { id: ground.guildId, type: 0, deny: '1024' },
        { id: ground.memberId, type: 1, allow: '1024' },
        { id: ground.botId, type: 1, allow: '3072' },
      ],
    },
  });
  for (const type of [2, 5, 15]) {
    const other = await client.make('POST', all, { body: { name: `kind ${type}`, type } });
    await client.do('GET', `/channels/${other}`);
    await client.do('DELETE', `/channels/${other}`);
  }
  const news = await client.make('POST', all, { body: { name: 'news', type: 5 } });
  const post = await client.make('POST', `/channels/${news}/messages`, { body: { content: 'x' } });
  await client.do('POST', `/channels/${news}/messages/${post}/crosspost`);
  await client.do('DELETE', `/channels/${news}`);
  await tourForum(client, all);
  await client.do('GET', all);
  await client.do('GET', `/channels/${text}`);
  await client.do('PATCH', `/channels/${text}`, { body: { topic: 'Elsewhere', nsfw: false } });
  await client.do('PATCH', all, { body: [{ id: text, position: 3 }] });
  const overwrite = `/channels/${text}/permissions/${ground.memberId}`;
  await client.do('PUT', overwrite, { body: { type: 1, allow: '3072', deny: '0' } });
  await client.do('DELETE', overwrite);
  await client.do('PUT', overwrite, { body: { type: 1, allow: '1024' } });
  await client.do('POST', `/channels/${text}/typing`);
  return { text, category };
}

async function tourMessages(
  client: PlainClient,
  channel: string,
  ground: TourGround,
): Promise<void> {
  const messages = `/channels/${channel}/messages`;
  const first = await client.make('POST', messages, {
    body: { content: `Hello <@${ground.memberId}>`, embeds: [FULL_EMBED], components: ALL_ROWS },
  });
  await client.do('POST', messages, {
    body: {
      content: 'With files',
      nonce: 'tour-1',
      enforce_nonce: true,
      message_reference: { message_id: first, fail_if_not_exists: false },
      allowed_mentions: { parse: [], replied_user: true },
      attachments: [{ id: '0', filename: 'log.txt', description: 'The log' }],
    },
    files: { 'log.txt': 'it broke', 'more.txt': 'again' },
  });
  await client.do('POST', messages, { body: { flags: 1 << 15, components: LAYOUT } });
  await client.do('PATCH', `${messages}/${first}`, { body: { content: 'Bye', embeds: [] } });
  await client.do('GET', `${messages}/${first}`);
  await client.do('GET', messages);
  await client.do('GET', `${messages}?limit=2&before=${first}`);
  await client.do('GET', `${messages}?limit=2&after=${first}`);
  await client.do('GET', `${messages}?limit=2&around=${first}`);
  await client.do('DELETE', `${messages}/${first}`, { reason: 'done' });
  const doomed = await Promise.all(
    ['a', 'b'].map((content) => client.make('POST', messages, { body: { content } })),
  );
  await client.do('POST', `${messages}/bulk-delete`, { body: { messages: doomed } });
  const direct = await client.make('POST', '/users/@me/channels', {
    body: { recipient_id: ground.memberId },
  });
  await client.do('GET', `/channels/${direct}`);
  await client.do('POST', `/channels/${direct}/messages`, { body: { content: 'Psst' } });
  await client.do('GET', `/channels/${direct}/messages`);
}

async function tourPinsAndReactions(client: PlainClient, channel: string): Promise<void> {
  const base = `/channels/${channel}`;
  const message = await client.make('POST', `${base}/messages`, { body: { content: 'Pin me' } });
  for (const pins of [`${base}/pins`, `${base}/messages/pins`]) {
    await client.do('PUT', `${pins}/${message}`);
    await client.do('GET', pins);
    await client.do('DELETE', `${pins}/${message}`);
  }
  const reactions = `${base}/messages/${message}/reactions`;
  await client.do('PUT', `${reactions}/${EMOJI}/@me`);
  await client.do('GET', `${reactions}/${EMOJI}`);
  await client.do('GET', `${base}/messages/${message}`);
  await client.do('DELETE', `${reactions}/${EMOJI}/@me`);
  await client.do('PUT', `${reactions}/${EMOJI}/@me`);
  const bot = await client.make('GET', '/users/@me');
  await client.do('DELETE', `${reactions}/${EMOJI}/${bot}`);
  await client.do('DELETE', `${reactions}/${EMOJI}`);
  await client.do('DELETE', reactions);
}

async function tourForum(client: PlainClient, channels: string): Promise<void> {
  const forum = await client.make('POST', channels, {
    body: { name: 'releases', type: 15, available_tags: [{ name: 'stable', moderated: false }] },
  });
  const { available_tags: tags } = withTags.parse(await client.do('GET', `/channels/${forum}`));
  const post = await client.make('POST', `/channels/${forum}/threads`, {
    body: {
      name: 'First stone',
      applied_tags: tags.map(({ id }) => id),
      message: { content: 'It stands.', embeds: [{ title: 'v1' }] },
    },
  });
  await client.do('PATCH', `/channels/${post}/messages/${post}`, { body: { content: 'Edited' } });
  await client.do('GET', `/channels/${post}/messages`);
  await client.do('DELETE', `/channels/${forum}`);
}

async function tourThreads(
  client: PlainClient,
  channel: string,
  ground: TourGround,
): Promise<void> {
  const base = `/channels/${channel}`;
  const message = await client.make('POST', `${base}/messages`, { body: { content: 'Start' } });
  const open = await client.make('POST', `${base}/messages/${message}/threads`, {
    body: { name: 'From a message', auto_archive_duration: 60 },
  });
  const closed = await client.make('POST', `${base}/threads`, {
    body: { name: 'Private', type: 12, invitable: false },
  });
  const members = `/channels/${closed}/thread-members`;
  await client.do('PUT', `${members}/${ground.memberId}`);
  await client.do('GET', members);
  await client.do('GET', `${members}?with_member=true`);
  await client.do('GET', `${members}/${ground.memberId}`);
  await client.do('DELETE', `${members}/${ground.memberId}`);
  await client.do('PUT', `/channels/${open}/thread-members/@me`);
  await client.do('POST', `/channels/${open}/messages`, { body: { content: 'Inside' } });
  await client.do('GET', `/guilds/${ground.guildId}/threads/active`);
  await client.do('DELETE', `/channels/${open}/thread-members/@me`);
  for (const thread of [open, closed]) {
    await client.do('PATCH', `/channels/${thread}`, { body: { archived: true, locked: true } });
  }
  await client.do('GET', `${base}/threads/archived/public?limit=10`);
  await client.do('GET', `${base}/threads/archived/private`);
  await client.do('PATCH', `/channels/${open}`, { body: { archived: false, name: 'Again' } });
  await client.do('DELETE', `/channels/${open}`);
}

async function tourWebhooks(
  client: PlainClient,
  channel: string,
  ground: TourGround,
): Promise<void> {
  const made = await client.do('POST', `/channels/${channel}/webhooks`, {
    body: { name: 'Herald' },
  });
  const { id, token } = incoming.parse(made);
  await client.do('GET', `/channels/${channel}/webhooks`);
  await client.do('GET', `/guilds/${ground.guildId}/webhooks`);
  await client.do('GET', `/webhooks/${id}`);
  await client.do('PATCH', `/webhooks/${id}`, { body: { name: 'Crier' } });
  const open = `/webhooks/${id}/${token}`;
  const alone = { token: null };
  await client.do('GET', open, alone);
  await client.do('PATCH', open, { ...alone, body: { name: 'Town crier' } });
  await client.do('POST', open, { ...alone, body: { content: 'Hear ye' } });
  const message = await client.make('POST', `${open}?wait=true`, {
    ...alone,
    body: { content: 'Hear ye again', username: 'Guest' },
    files: { 'a.txt': 'a' },
  });
  await client.do('GET', `${open}/messages/${message}`, alone);
  await client.do('PATCH', `${open}/messages/${message}`, { ...alone, body: { content: 'Hush' } });
  await client.do('DELETE', `${open}/messages/${message}`, alone);
  await client.do('DELETE', open, alone);
  const second = await client.make('POST', `/channels/${channel}/webhooks`, {
    body: { name: 'Second' },
  });
  await client.do('DELETE', `/webhooks/${second}`);
}

async function tourMembers(client: PlainClient, ground: TourGround): Promise<void> {
  const members = `/guilds/${ground.guildId}/members`;
  await client.do('GET', `${members}?limit=100`);
  await client.do('GET', `${members}/search?query=a&limit=5`);
  await client.do('GET', `${members}/${ground.memberId}`);
  await client.do('GET', `/users/@me/guilds/${ground.guildId}/member`);
  await client.do('GET', `/users/${ground.memberId}`);
  await client.do('PATCH', `${members}/@me`, { body: { nick: 'Keeper' } });
  const until = new Date(Date.now() + 60_000).toISOString();
  await client.do('PATCH', `${members}/${ground.memberId}`, {
    body: { nick: 'Renamed', communication_disabled_until: until },
  });
  await client.do('PATCH', `${members}/${ground.memberId}`, {
    body: { nick: null, communication_disabled_until: null },
  });
  const ban = `/guilds/${ground.guildId}/bans/${ground.victimId}`;
  await client.do('DELETE', `${members}/${ground.victimId}`, { reason: 'kicked' });
  await client.do('PUT', ban, { body: { delete_message_seconds: 0 } });
  await client.do('GET', ban);
  await client.do('DELETE', ban);
}
