import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { breaches } from '../../../test/e2e/bot-stage/message-limits';
import { makeCode, shownCode } from '../../domain/registration/code';
import type { RegistrationRefusal, StartRefusal } from '../../domain/registration/registration';
import { codeAnswer, codeReplacedAnswer, type CodePlace, type CodeView } from './registration-code';
import {
  codeUnseenMessage,
  registrationEndAnswer,
  registrationEndMessage,
  registrationEndNotice,
  type RegistrationEnd,
} from './registration-end';
import { nameProblemText, registrationRefusalText, startRefusalText } from './registration-words';
import { NASTY } from './sample-accounts';

const NOW = 1_800_000_000_000;
const STEVE = { edition: 'java', name: 'Steve_1' } as const;
const anyName = constantFrom(
  '',
  'Steve',
  NASTY,
  NASTY.repeat(20),
  '*'.repeat(300),
  '字'.repeat(300),
);

const VIEW: CodeView = {
  account: STEVE,
  code: 'CDFH-2345',
  places: [{ serverName: 'Survival', adapter: 'plugin' }],
  endsAt: NOW,
  attemptsLeft: 5,
  lockMs: 3_600_000,
  codesLeft: 2,
};

const buttons = (shown: { readonly components: unknown }) =>
  JSON.stringify(shown.components).match(/"label":"[^"]*"/g);

describe('a code', () => {
  it('is shown with where to type it, until when, and two buttons that carry all they need', () => {
    const shown = codeAnswer(VIEW);
    expect(shown.content.split('\n')).toEqual([
      '🔑 This code proves that **Steve\\_1** (Java Edition) is yours:',
      '```',
      'CDFH-2345',
      '```',
      `Join as **Steve\\_1** and type it in the game. It is good until <t:${NOW / 1_000}:R>.`,
      '- on **Survival**: `/verify CDFH-2345`',
      'Only you see this. Type it nowhere but in the game: nobody of the team will ever ask you for it.',
      '-# After 5 wrong codes the name is locked for you for 1 hour. A new code makes this one worthless.',
    ]);
    expect(shown.components).toMatchObject([
      {
        components: [
          { label: 'New code', custom_id: '1:newcode:j:Steve_1', disabled: false },
          { label: 'Cancel', custom_id: '1:dropcode:j:Steve_1' },
        ],
      },
    ]);
  });

  it('is typed in as many ways as there are servers of a kind', () => {
    const places: CodePlace[] = [
      { serverName: 'Vanilla', adapter: 'rcon', objective: 'verify' },
      { serverName: 'Survival', adapter: 'plugin' },
      { serverName: 'Creative', adapter: 'plugin' },
      { serverName: 'Events', adapter: 'log' },
    ];
    const { content } = codeAnswer({ ...VIEW, code: '123456', places });
    expect(content.split('\n').filter((line) => line.startsWith('- '))).toEqual([
      '- on **Vanilla**: `/trigger verify set 123456`',
      '- on **Survival** and **Creative**: `/verify 123456`',
      '- on **Events**: say `123456` in the chat',
    ]);
  });

  it('cannot be renewed when there are no more', () => {
    const [row] = codeAnswer({ ...VIEW, codesLeft: 0 }).components;
    expect(row?.components[0]).toMatchObject({ label: 'New code', disabled: true });
  });

  it('is gone from the message before, once there is a newer one', () => {
    const shown = codeReplacedAnswer(STEVE);
    expect(shown.content).toContain('no longer good');
    expect(shown.components).toEqual([]);
  });

  it('fits, whatever names there are', () => {
    const places = array(
      record({ serverName: anyName, adapter: constantFrom('plugin' as const, 'log' as const) }),
      { maxLength: 40 },
    );
    assert(
      property(anyName, places, integer({ min: 1, max: 5 }), (name, where, attemptsLeft) => {
        const account = { edition: 'bedrock', name: name.slice(0, 16) } as const;
        const code = shownCode(makeCode('letters', (count) => new Uint8Array(count).fill(7)));
        const shown = codeAnswer({ ...VIEW, account, code, places: where, attemptsLeft });
        expect(breaches(shown)).toEqual([]);
        expect(shown.content).not.toMatch(/@everyone|<@1>/);
      }),
    );
  });
});

const VERIFIED: RegistrationEnd = {
  ended: 'verified',
  serverName: 'Survival',
  primary: true,
  roleId: '115',
  whitelists: ['Survival', 'Creative'],
  troubles: [],
};

const ENDS: readonly RegistrationEnd[] = [
  VERIFIED,
  { ...VERIFIED, primary: false, roleId: null, whitelists: [], troubles: ['role', 'nickname'] },
  { ended: 'rejected', rejection: { refused: 'taken' } },
  { ended: 'rejected', rejection: { refused: 'most-accounts', most: 3 } },
  { ended: 'timed-out' },
  { ended: 'cancelled' },
  { ended: 'locked', until: NOW },
  { ended: 'refused', refusal: { refused: 'too-late' } },
];

describe('the end of a registration', () => {
  it('says what has become of it, and what follows', () => {
    expect(registrationEndAnswer(STEVE, VERIFIED).content).toBe(
      '✅ **Steve\\_1** (Java Edition) is yours: the code came from **Survival**. It is your primary account here. You have the role <@&115> now. You are put on the whitelist of **Survival** and **Creative**; a server that is off takes you up as soon as it is back. `/accounts` shows all your accounts.',
    );
  });

  it('does not promise what Discord forbade', () => {
    const { content } = registrationEndAnswer(STEVE, { ...VERIFIED, troubles: ['role'] });
    expect(content).not.toContain('You have the role');
    expect(content).toContain('tell the team');
  });

  it.each(ENDS)('%# takes the place of the code and its buttons, and says what to do', (end) => {
    const shown = registrationEndAnswer(STEVE, end);
    expect(buttons(shown)).toBeNull();
    expect(shown.content).toContain('Steve\\_1');
    expect(shown.content).toMatch(/\/register|\/accounts|ask the team|tell the team/);
    expect(breaches(shown)).toEqual([]);
  });

  it.each(ENDS)('%# is a direct message that says where it comes from', (end) => {
    const message = registrationEndMessage(STEVE, end, 'Kestrel *Keep*');
    expect(message.content).toMatch(/^\*\*Kestrel \\\*Keep\\\*\*\*\n/);
    expect(message.allowed_mentions).toEqual({ parse: [] });
  });

  it.each(ENDS)('%# names no account where everybody reads it', (end) => {
    const message = registrationEndNotice('100', end);
    expect(message.content).not.toMatch(/Steve|Survival|wrong|lock|another/i);
    expect(message.allowed_mentions).toEqual({ parse: [], users: ['100'] });
  });

  it('says who asked for a code that nobody could see to ask again', () => {
    expect(codeUnseenMessage(STEVE, 'Kestrel Keep').content).toContain(
      'use `/register` there again',
    );
  });

  it('fits whatever the names are', () => {
    assert(
      property(
        anyName,
        anyName,
        array(anyName, { maxLength: 30 }),
        (name, serverName, whitelists) => {
          const account = { edition: 'java', name } as const;
          const end = { ...VERIFIED, serverName, whitelists };
          expect(breaches(registrationEndMessage(account, end, serverName))).toEqual([]);
        },
      ),
    );
  });
});

describe('refusals', () => {
  const starts: readonly StartRefusal[] = [
    { refused: 'not-configured' },
    { refused: 'edition-not-allowed' },
    { refused: 'invalid-name' },
    { refused: 'already-yours' },
    { refused: 'most-accounts', most: 3 },
    { refused: 'locked', until: NOW },
    { refused: 'too-late' },
  ];
  it.each(starts)('to begin ($refused) are sentences of their own', (refusal) => {
    const words = startRefusalText(STEVE, refusal);
    expect(words.length).toBeGreaterThan(40);
    expect(words).toMatch(/[.!]$/);
    expect(
      starts.map((other) => startRefusalText(STEVE, other)).filter((w) => w === words),
    ).toHaveLength(1);
  });

  const laters: readonly RegistrationRefusal[] = [
    { refused: 'not-ready' },
    { refused: 'locked', until: NOW },
    { refused: 'timed-out' },
    { refused: 'over' },
    { refused: 'other-player' },
    { refused: 'most-codes', most: 3 },
  ];
  it.each(laters)('of a click ($refused) say what to do', (refusal) => {
    expect(registrationRefusalText(refusal)).toMatch(/\/register|\/accounts|again|new one/);
  });

  it.each([
    ['java', { problem: 'empty' }, 'That is no name. Please type yours as the game shows it.'],
    [
      'java',
      { problem: 'too-short', least: 3 },
      'That name is too short. Names of the Java Edition have 3 to 16 letters, digits and underscores. Please type yours as the game shows it.',
    ],
    [
      'bedrock',
      { problem: 'too-long', most: 16 },
      'That name is too long. Gamertags have at most 16 letters, digits and spaces. Please type yours as the game shows it.',
    ],
    [
      'java',
      { problem: 'character', character: '*' },
      'No such name has “\\*” in it. Names of the Java Edition have 3 to 16 letters, digits and underscores. Please type yours as the game shows it.',
    ],
  ] as const)('of a name (%s, %j) say what is wrong with it', (edition, problem, words) => {
    expect(nameProblemText(edition, problem)).toBe(words);
  });

  it('of a name name what cannot be seen', () => {
    const words = (character: string) =>
      nameProblemText('java', { problem: 'character', character });
    expect(words('\u200B')).toContain('a character that cannot be seen');
    expect(words(' ')).toContain('a space');
  });
});
