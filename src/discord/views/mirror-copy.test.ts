import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  EmbedType,
  MessageFlags,
  MessageType,
  StickerFormatType,
  type APIAttachment,
  type APIMessage,
} from 'discord-api-types/v10';
import { mirrorCopy, uncopiable, type CopyContext } from './mirror-copy';
import { webhookName } from './webhook-name';

const LINK = 'https://discord.com/channels/1/2/3';

const context = (more: Partial<CopyContext> = {}): CopyContext => ({
  style: 'webhook',
  repliedTo: null,
  abroad: false,
  link: LINK,
  ...more,
});

function message(more: Partial<APIMessage> = {}): APIMessage {
  return {
    id: '3',
    channel_id: '2',
    author: {
      id: '110000000000000037',
      username: 'pip',
      global_name: 'Pip',
      discriminator: '0',
      avatar: null,
    },
    content: 'Hello **you**',
    timestamp: '2026-01-01T00:00:00.000000+00:00',
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    pinned: false,
    type: MessageType.Default,
    ...more,
  };
}

const file = (id: string, size: number): APIAttachment => ({
  id,
  filename: `${id}.png`,
  size,
  url: `https://cdn.discordapp.com/${id}.png`,
  proxy_url: '',
});

describe('the copy of a message', () => {
  it('says what it says, as its author', () => {
    const copy = mirrorCopy(message(), context());
    expect(copy).toMatchObject({ username: 'Pip', body: { content: 'Hello **you**', embeds: [] } });
    expect(copy.avatarUrl).toMatch(/^https:\/\/cdn\.discordapp\.com\/embed\/avatars\/[0-5]\.png$/);
    expect(mirrorCopy(message(), context({ style: 'plain' })).body.content).toBe(
      '**Pip**: Hello **you**',
    );
  });

  it('quotes what it answers, and says that it was forwarded', () => {
    const repliedTo = { authorName: 'Ada_x', text: 'one\ntwo @everyone', link: LINK };
    expect(mirrorCopy(message(), context({ repliedTo })).body.content.split('\n')).toEqual([
      `> ↪ [**Ada\\_x**](${LINK}): one two ＠everyone`,
      'Hello **you**',
    ]);
  });

  it('puts a text that is too long for one message into an embed', () => {
    const content = 'x'.repeat(3_900);
    const { body } = mirrorCopy(message({ content }), context());
    expect(body).toMatchObject({ content: '', embeds: [{ description: content }] });
  });

  it('uploads what fits, and links the rest', () => {
    const attachments = [file('1', 5_000_000), file('2', 30_000_000), file('3', 4_000_000)];
    const copy = mirrorCopy(message({ attachments }), context());
    expect(copy.uploads.map(({ id }) => id)).toEqual(['1', '3']);
    expect(copy.body.content).toContain('[2.png](https://cdn.discordapp.com/2.png) (28.6 MB)');
  });

  it('names stickers and polls, keeps own embeds, and leaves those of links to Discord', () => {
    const copy = mirrorCopy(
      message({
        content: 'https://example.org',
        sticker_items: [{ id: '9', name: 'wave', format_type: StickerFormatType.PNG }],
        embeds: [
          { type: EmbedType.Rich, title: 'Own', color: 5 },
          { type: EmbedType.Link, title: 'Of the link' },
        ],
        flags: MessageFlags.SuppressEmbeds,
      }),
      context(),
    );
    expect(copy.body.content).toContain(
      '[Sticker: wave](https://media.discordapp.net/stickers/9.png)',
    );
    expect(copy.body.embeds).toEqual([{ title: 'Own', color: 5 }]);
    expect(copy.body.flags).toBe(MessageFlags.SuppressEmbeds);
  });

  it('names people abroad, where a mention leads nowhere', () => {
    const [ada] = [{ ...message().author, id: '200000000000000001', global_name: 'Ada*' }];
    const content = 'For <@200000000000000001> and <@!200000000000000002>';
    const mentions = [ada];
    expect(mirrorCopy(message({ content, mentions }), context({ abroad: true })).body.content).toBe(
      'For @Ada\\* and <@!200000000000000002>',
    );
    expect(mirrorCopy(message({ content, mentions }), context()).body.content).toBe(content);
  });

  it('always says something that Discord takes, pings nobody, and hides no direction', () => {
    const text = fc.string({ unit: 'binary', maxLength: 5_000 });
    fc.assert(
      fc.property(
        text,
        text,
        fc.constantFrom('webhook' as const, 'plain' as const),
        (said, name, style) => {
          const author = { ...message().author, global_name: name };
          for (const make of [mirrorCopy, uncopiable]) {
            const { body, username } = make(message({ content: said, author }), context({ style }));
            expect(body.content.length).toBeLessThanOrEqual(2_000);
            expect(body.content.trim() !== '' || body.embeds.length > 0).toBe(true);
            expect(body.content + username).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
            expect(body.allowed_mentions).toEqual({ parse: [] });
            expect(username.length).toBeGreaterThan(0);
            expect(username.length).toBeLessThanOrEqual(80);
          }
        },
      ),
    );
  });
});

describe('the name of a webhook’s message', () => {
  it.each([
    ['Ada', 'Ada'],
    ['Discord Fan', 'D·iscord Fan'],
    ['my dis\u200bcord', 'my d·iscord'],
    ['CLYDE', 'C·LYDE'],
    ['\u200b', 'Somebody'],
  ])('%j is %j', (given, expected) => {
    expect(webhookName(given)).toBe(expected);
    expect(webhookName(given)).not.toMatch(/discord|clyde/i);
  });
});
