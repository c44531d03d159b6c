import { describe, expect, it } from '@jest/globals';
import { parseGuildConfiguration, resolve } from '.';
import { directory } from './sample-directory';

const guild = (name: string, keys: string): string => `
  - guild: ${name}
    teams: { helpers: { name: Helpers, members: [Moderator] } }
    categories: [{ id: support, title: Support, description: Questions, team: helpers }]
    ${keys}`;

function read(...guilds: readonly string[]) {
  const parsed = parseGuildConfiguration(`guilds:${guilds.join('')}\n`);
  if (!parsed.ok) return parsed;
  return resolve(parsed.configuration, directory, parsed.locate);
}

function mirrorsOf(...guilds: readonly string[]) {
  const outcome = read(...guilds);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('; '));
  return outcome.configurations.map(({ mirrors }) => mirrors);
}

function problems(...guilds: readonly string[]): string[] {
  const outcome = read(...guilds);
  return outcome.ok ? [] : outcome.problems.map(({ path, message }) => `${path}: ${message}`);
}

const keep = (mirrors: string, more = ''): string =>
  guild('Kestrel Keep', `mirrors: ${mirrors}\n    ${more}`);

describe('a mirror', () => {
  it('may be as short as an id and two channels', () => {
    expect(mirrorsOf(keep('[{ id: news, from: news, to: general }]'))).toEqual([
      [
        {
          settings: {
            id: 'news',
            fromChannelId: '308',
            to: { guildId: '100', channelId: '306' },
            style: 'webhook',
            filter: { authors: [], bots: false, contains: [], lacks: [] },
            reactions: false,
            threads: false,
            editWindowMs: 86_400_000,
          },
          agreed: true,
        },
      ],
    ]);
  });

  it('copies into another guild where that one accepts it in the same file', () => {
    const out = keep('[{ id: out, from: news, to: { guild: Other, channel: general } }]');
    const agreed = (...guilds: readonly string[]) =>
      mirrorsOf(...guilds)[0]?.map((mirror) => [mirror.settings.to.guildId, mirror.agreed]);
    expect(agreed(out)).toEqual([['9', false]]);
    expect(agreed(out, guild('Other', 'accepts_mirrors_of: [Kestrel Keep]'))).toEqual([
      ['9', true],
    ]);
    expect(agreed(out, guild('Other', 'accepts_mirrors_of: [Other]'))).toEqual([['9', false]]);
  });

  it.each([
    ['[{ id: a, from: news, to: news }]', 'mirrors[0].to: must be another channel than from'],
    ['[{ id: a, from: news, to: nowhere }]', 'mirrors[0].to: no text channel "nowhere"'],
    ['[{ id: a, from: Lobby, to: news }]', 'mirrors[0].from: "Lobby" is not a text channel'],
    [
      '[{ id: a, from: news, to: { guild: Nowhere, channel: news } }]',
      'mirrors[0].to.guild: no guild "Nowhere"',
    ],
    ['[{ id: a, from: news, to: general, edit_window: 31d }]', 'edit_window: must be from'],
    [
      '[{ id: a, from: news, to: general, filter: { authors: [ada] } }]',
      'authors[0]: must be the id of a user',
    ],
    [
      '[{ id: a, from: news, to: general }, { id: a, from: news, to: support }]',
      'mirrors[1].id: "a" is already the id',
    ],
    [
      '[{ id: a, from: news, to: general }, { id: b, from: general, to: support }, { id: c, from: support, to: news }]',
      'mirrors[2]: messages would be copied in a circle: c → a → b → c',
    ],
  ])('%s is refused', (mirrors, expected) => {
    expect(problems(keep(mirrors)).join('\n')).toContain(expected);
  });

  it('is refused where it makes a circle over guilds, by whatever names', () => {
    const out = keep('[{ id: out, from: news, to: { guild: "9", channel: "999" } }]');
    const back = guild('Other', 'mirrors: [{ id: back, from: news, to: general }]');
    // The sample's two guilds share their channels' ids: what goes out comes back into the same channel.
    expect(problems(keep('[{ id: out, from: general, to: news }]'), back).join()).toContain(
      'in a circle: back → out → back',
    );
    expect(problems(out).join()).toContain('no text channel "999"');
  });
});
