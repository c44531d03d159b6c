import { describe, expect, it } from '@jest/globals';
import { InteractionType } from 'discord-api-types/v10';
import { DiscordError } from '../rules/errors';
import { checkChannelCreate } from '../rules/validation/channels';
import { checkCommandCreate } from '../rules/validation/commands';
import { checkInteractionResponse } from '../rules/validation/interaction-responses';
import { checkMessageCreate } from '../rules/validation/messages';
import { describeMismatch } from './conformance';
import { spoilt } from './odd-values';
import { ALL_ROWS, FULL_EMBED, LAYOUT } from './rest-tour';
import { vendorDescription } from './vendor-description';

const description = vendorDescription();
const withDescription = description === undefined ? describe.skip : describe;
const ID = '1100000000000000001';

const option = (type: number, more = {}) => ({ type, name: `o${type}`, description: 'x', ...more });
const label = (component: unknown) => ({ type: 18, label: 'x', description: 'y', component });
const callback = (type: InteractionType) => (body: unknown) => {
  checkInteractionResponse(body, { type, hasMessage: true });
};

/** A body that is right, the route that takes it, and the rule that checks it. */
const SAMPLES: readonly [
  name: string,
  method: string,
  path: string,
  check: (body: unknown) => void,
  body: unknown,
][] = [
  [
    'messages',
    'POST',
    `/channels/${ID}/messages`,
    checkMessageCreate,
    {
      content: 'x',
      embeds: [FULL_EMBED],
      components: ALL_ROWS,
      nonce: 'n',
      allowed_mentions: { parse: ['users'], roles: [ID], replied_user: true },
      message_reference: { message_id: ID, fail_if_not_exists: false },
      attachments: [{ id: ID, filename: 'a.txt', description: 'x' }],
      sticker_ids: [ID],
    },
  ],
  [
    'layouts',
    'POST',
    `/channels/${ID}/messages`,
    checkMessageCreate,
    { flags: 1 << 15, components: LAYOUT },
  ],
  [
    'forms',
    'POST',
    `/interactions/${ID}/token/callback`,
    callback(InteractionType.ApplicationCommand),
    {
      type: 9,
      data: {
        custom_id: 'form',
        title: 'Form',
        components: [
          { type: 10, content: 'Fill it in' },
          {
            type: 1,
            components: [{ type: 4, custom_id: 'a', style: 1, label: 'A', max_length: 9 }],
          },
          label({ type: 3, custom_id: 'b', options: [{ label: 'x', value: 'x' }] }),
          label({ type: 19, custom_id: 'c', min_values: 1, max_values: 2, required: true }),
          label({ type: 5, custom_id: 'd', default_values: [{ id: ID, type: 'user' }] }),
        ],
      },
    },
  ],
  [
    'suggestions',
    'POST',
    `/interactions/${ID}/token/callback`,
    callback(InteractionType.ApplicationCommandAutocomplete),
    { type: 8, data: { choices: [{ name: 'x', value: 'x' }] } },
  ],
  [
    'answers',
    'POST',
    `/interactions/${ID}/token/callback`,
    callback(InteractionType.MessageComponent),
    { type: 4, data: { content: 'x', flags: 64, embeds: [{ title: 'x' }], components: ALL_ROWS } },
  ],
  [
    'commands',
    'POST',
    `/applications/${ID}/commands`,
    checkCommandCreate,
    {
      name: 'ticket',
      type: 1,
      description: 'x',
      name_localizations: { de: 'fall' },
      default_member_permissions: '8',
      contexts: [0],
      options: [
        option(3, { required: true, choices: [{ name: 'x', value: 'x' }] }),
        option(4, { min_value: 1, max_value: 2 }),
        option(7, { channel_types: [0] }),
        option(10, { autocomplete: true }),
        option(3, { name: 'text', min_length: 1, max_length: 2 }),
      ],
    },
  ],
  [
    'subcommands',
    'POST',
    `/applications/${ID}/commands`,
    checkCommandCreate,
    {
      name: 'ticket',
      description: 'x',
      options: [option(1, { options: [option(5)] }), option(2, { options: [option(1)] })],
    },
  ],
  [
    'channels',
    'POST',
    `/guilds/${ID}/channels`,
    checkChannelCreate,
    {
      name: 'x',
      type: 0,
      topic: 'x',
      parent_id: ID,
      permission_overwrites: [{ id: ID, type: 0, allow: '8', deny: '0' }],
    },
  ],
];

/** The rules are right where they refuse at least what the vendor's description refuses. */
withDescription('the rules for', () => {
  it.each(SAMPLES)(
    '%s refuse what the vendor’s description refuses',
    (name, method, path, check, body) => {
      if (description === undefined) throw new Error('The description is not here.');
      const conformance = description();
      expect(conformance.request(method, path, body)).toEqual([]);
      expect(passes(check, body)).toBe(true);
      const lenient = new Set<string>();
      let count = 0;
      for (const odd of spoilt(body)) {
        count += 1;
        if (!passes(check, odd)) continue;
        for (const mismatch of conformance.request(method, path, odd)) {
          lenient.add(describeMismatch(mismatch));
        }
      }
      console.log(`Checked ${name} with ${count} spoilt bodies.`);
      expect([...lenient]).toEqual([]);
    },
    60_000,
  );
});

function passes(check: (body: unknown) => void, body: unknown): boolean {
  try {
    check(body);
    return true;
  } catch (error) {
    if (error instanceof DiscordError) return false;
    throw error;
  }
}
