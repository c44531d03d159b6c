import { describe, expect, it } from '@jest/globals';
import { parseGuildConfiguration } from '.';

const CATEGORY = '{ id: support, title: Support, description: Questions, team: helpers }';
const SECTIONS = {
  guild: 'Kestrel Keep',
  teams: '{ helpers: { name: Helpers, members: [Moderator] } }',
  categories: `[${CATEGORY}]`,
};

/** A file of one guild in which the given sections replace or join the smallest valid ones. */
function file(sections: Record<string, string | undefined> = {}): string {
  const all: Record<string, string | undefined> = { ...SECTIONS, ...sections };
  const entries = Object.entries(all).flatMap(([key, value]) =>
    value === undefined ? [] : [`    ${key}: ${value}`],
  );
  return `guilds:\n  -\n${entries.join('\n')}\n`;
}

/** A file with one category that has these keys more or other than the smallest. */
function category(keys: string): string {
  return file({ categories: `[{ id: c, title: T, description: D, team: helpers, ${keys} }]` });
}

/** Its problems as `path: message`. */
function problems(text: string): string[] {
  const reading = parseGuildConfiguration(text);
  return reading.ok ? [] : reading.problems.map(({ path, message }) => `${path}: ${message}`);
}

const C = 'guilds[0].categories[0]';
const DURATION = 'must be a duration such as 90s, 10m, 48h or 7d';
const WORD =
  'must be 1 to 32 lower-case letters, digits, - and _, beginning with a letter or digit';

describe('a valid file', () => {
  it('may be as short as a team and a category', () => {
    const reading = parseGuildConfiguration(file());
    expect(reading).toMatchObject({
      ok: true,
      configuration: {
        guilds: [
          {
            guild: 'Kestrel Keep',
            teams: { helpers: { name: 'Helpers', members: ['Moderator'] } },
            categories: [{ id: 'support', title: 'Support', team: 'helpers' }],
          },
        ],
      },
    });
  });

  it('may use flow style, comments, anchors and a byte-order mark', () => {
    const text = `\uFEFF# ours\n${file({
      categories: `[{ id: a, title: &t What is it?, description: *t, team: helpers }]`,
    })}`;
    expect(problems(text)).toEqual([]);
  });

  it('keeps an id without quotes exactly', () => {
    const reading = parseGuildConfiguration(file({ guild: '123456789012345679' }));
    expect(reading.ok && reading.configuration.guilds[0]?.guild).toBe('123456789012345679');
  });

  it.each(['🛟', '⚖️', '👩🏿‍🚒', '🇩🇪', '1️⃣', '"<:pepe:123456789012345678>"'])(
    'may have the emoji %s',
    (emoji) => {
      expect(problems(category(`emoji: ${emoji}`))).toEqual([]);
    },
  );

  it('may hold a chain of senior teams', () => {
    const teams =
      '{ helpers: { name: H, members: [a], senior: b }, b: { name: B, members: [b], senior: c }, c: { name: C, members: [c] } }';
    expect(problems(file({ teams }))).toEqual([]);
  });
});

describe('a wrong value', () => {
  it.each([
    // What is not there.
    [file({ guild: undefined }), 'guilds[0].guild: is missing'],
    [
      file({ teams: undefined }),
      `guilds[0].teams: is missing\n${C}.team: no team "helpers"; no teams are written here`,
    ],
    [file({ limits: '' }), 'guilds[0].limits: is empty; give it a value, or remove the key'],
    [file({ inactivity: '{ warn_after: 1h }' }), 'guilds[0].inactivity.close_after: is missing'],
    // The wrong kind of value.
    [
      file({ guild: '2024' }),
      'guilds[0].guild: must be text, not a number; put it in quotes: "2024"',
    ],
    [file({ guild: '[a]' }), 'guilds[0].guild: must be text, not a list'],
    [file({ panels: 'main' }), 'guilds[0].panels: must be a list, such as [main]'],
    [file({ limits: '3' }), 'guilds[0].limits: must be a section with keys, not a number'],
    [
      file({ limits: '{ most_open: three }' }),
      'guilds[0].limits.most_open: must be a number, not text',
    ],
    [file({ limits: '{ most_open: 1.5 }' }), 'guilds[0].limits.most_open: must be a whole number'],
    [
      category('form: [{ id: a, label: A, required: yes }]'),
      `${C}.form[0].required: must be true or false, not text`,
    ],
    // Unknown keys.
    [
      file({ titel: 'x' }),
      'guilds[0].titel: there is no such key; the keys here are guild, roles, teams, categories, limits, inactivity, reopen_window, desk, panels, servers, watching, registration, mirrors, accepts_mirrors_of, announcements',
    ],
    [file({ panel: '[]' }), 'guilds[0].panel: there is no such key; did you mean panels?'],
    [
      category('form: [{ id: a, label: A, max_lenght: 3 }]'),
      `${C}.form[0].max_lenght: there is no such key; did you mean max_length?`,
    ],
    [
      category('"a b": 1'),
      `${C}["a b"]: there is no such key; the keys here are id, title, emoji, description, kind, team, channels_under, form, limits, inactivity, reopen_window`,
    ],
    [
      file({ roles: '{ admins: [Admin] }' }),
      'guilds[0].roles.admins: there is no such key; did you mean admin?',
    ],
    // Choices.
    [category('kind: tickt'), `${C}.kind: must be ticket`],
    [
      category('form: [{ id: a, label: A, style: long }]'),
      `${C}.form[0].style: must be short or paragraph`,
    ],
    [
      file({
        panels: '[{ id: a, title: T, description: D, categories: [support], style: button }]',
      }),
      'guilds[0].panels[0].style: must be buttons or menu; did you mean buttons?',
    ],
    [category('inactivity: never'), `${C}.inactivity: must be none, or a section with keys`],
    [
      category('inactivity: { warn_after: 1h, close_after: 2h, warn: 1h }'),
      `${C}.inactivity.warn: there is no such key; the keys here are warn_after, close_after`,
    ],
    // Ids of our own.
    [
      file({ teams: '{ helpers: { name: H, members: [a] }, My Team: { name: M, members: [a] } }' }),
      `guilds[0].teams["My Team"]: this name ${WORD}`,
    ],
    [
      file({ categories: '[{ id: Support!, title: T, description: D, team: helpers }]' }),
      `${C}.id: ${WORD}`,
    ],
    // Durations.
    [file({ reopen_window: '7 days' }), `guilds[0].reopen_window: ${DURATION}`],
    [file({ reopen_window: '7' }), `guilds[0].reopen_window: ${DURATION}`],
    [file({ limits: '{ cooldown: 0s }' }), 'guilds[0].limits.cooldown: must be from 1s to 30d'],
    [file({ reopen_window: '366d' }), 'guilds[0].reopen_window: must be from 0s to 365d'],
    // Discord's limits.
    [
      category(`title: ${'x'.repeat(46)}`).replace('title: T, ', ''),
      `${C}.title: must have at most 45 characters, not 46`,
    ],
    [category('title: "  "').replace('title: T, ', ''), `${C}.title: must not be empty`],
    [category('title: "a\\nb"').replace('title: T, ', ''), `${C}.title: must be one line of text`],
    [
      category(`form: [{ id: a, label: ${'x'.repeat(46)} }]`),
      `${C}.form[0].label: must have at most 45 characters, not 46`,
    ],
    [
      category(`form: [{ id: a, label: A, placeholder: ${'x'.repeat(101)} }]`),
      `${C}.form[0].placeholder: must have at most 100 characters, not 101`,
    ],
    [
      category('form: [{ id: a, label: A, max_length: 4001 }]'),
      `${C}.form[0].max_length: must be at most 4000, not 4001`,
    ],
    [
      category('form: [{ id: a, label: A, max_length: 0 }]'),
      `${C}.form[0].max_length: must be at least 1, not 0`,
    ],
    [
      category(`form: [${[1, 2, 3, 4, 5, 6].map((n) => `{ id: q${n}, label: Q }`).join(', ')}]`),
      `${C}.form: must have at most 5 entries, not 6`,
    ],
    [file({ categories: '[]' }), 'guilds[0].categories: must have at least 1 entry'],
    [
      file({
        categories: `[${Array.from({ length: 26 }, (_, n) => CATEGORY.replace('support', `c${n}`)).join(', ')}]`,
      }),
      'guilds[0].categories: must have at most 25 entries, not 26',
    ],
    [
      category('emoji: ":tada:"'),
      `${C}.emoji: must be one emoji, such as 🛟, or a custom one as <:name:id>`,
    ],
    [
      category('emoji: 🛟🛟'),
      `${C}.emoji: must be one emoji, such as 🛟, or a custom one as <:name:id>`,
    ],
    [
      file({ limits: '{ most_open: 51 }' }),
      'guilds[0].limits.most_open: must be at most 50, not 51',
    ],
    // Entries that do not fit together.
    [
      category('team: helprs').replace('team: helpers, ', ''),
      `${C}.team: no team "helprs"; teams are helpers`,
    ],
    [
      category('team: constructor').replace('team: helpers, ', ''),
      `${C}.team: no team "constructor"; teams are helpers`,
    ],
    [
      file({
        teams: '{ helpers: { name: H, members: [a], senior: boss }, x: { name: X, members: [a] } }',
      }),
      'guilds[0].teams.helpers.senior: no team "boss"; teams are helpers, x',
    ],
    [
      file({ teams: '{ helpers: { name: H, members: [a], senior: helpers } }' }),
      'guilds[0].teams.helpers.senior: seniors go in a circle: helpers → helpers',
    ],
    [
      file({
        teams:
          '{ helpers: { name: H, members: [a], senior: b }, b: { name: B, members: [b], senior: c }, c: { name: C, members: [c], senior: b } }',
      }),
      'guilds[0].teams.b.senior: seniors go in a circle: b → c → b',
    ],
    [
      file({ categories: `[${CATEGORY}, ${CATEGORY}]` }),
      `guilds[0].categories[1].id: "support" is already the id of ${C}`,
    ],
    [
      category('form: [{ id: a, label: A }, { id: a, label: B }]'),
      `${C}.form[1].id: "a" is already the id of ${C}.form[0]`,
    ],
    [
      category('form: [{ id: a, label: A, min_length: 5, max_length: 4 }]'),
      `${C}.form[0].min_length: must be at most max_length (4), not 5`,
    ],
    [
      file({ inactivity: '{ warn_after: 3d, close_after: 72h }' }),
      'guilds[0].inactivity.warn_after: must be shorter than close_after (72h), or nobody is warned',
    ],
    [
      category('inactivity: { warn_after: 2h, close_after: 1h }'),
      `${C}.inactivity.warn_after: must be shorter than close_after (1h), or nobody is warned`,
    ],
    [
      file({ panels: '[{ id: a, title: T, description: D, categories: [suport] }]' }),
      'guilds[0].panels[0].categories[0]: no category "suport"; categories are support',
    ],
    [
      file({ panels: '[{ id: a, title: T, description: D, categories: [support, support] }]' }),
      'guilds[0].panels[0].categories[1]: "support" is already on this panel',
    ],
    [
      file({
        panels:
          '[{ id: a, title: T, description: D, categories: [support] }, { id: a, title: T, description: D, categories: [support] }]',
      }),
      'guilds[0].panels[1].id: "a" is already the id of guilds[0].panels[0]',
    ],
    [
      category('limits: { most_open: 4 }') + '    limits: { most_open: 3 }\n',
      `${C}.limits.most_open: can never be reached: the guild's limit is 3`,
    ],
    [
      category('limits: { most_per_day: 4 }') + '    limits: { most_per_day: 3 }\n',
      `${C}.limits.most_per_day: can never be reached: the guild's limit is 3`,
    ],
    [
      category('limits: { cooldown: 5s }') + '    limits: { cooldown: 1m }\n',
      `${C}.limits.cooldown: has no effect: the guild's cooldown is longer (1m)`,
    ],
    [
      file() + file().replace('guilds:\n', ''),
      'guilds[1].guild: "Kestrel Keep" is already the guild of guilds[0]',
    ],
    // The file as a whole.
    ['', ': the file is empty; it begins with guilds:'],
    ['# only a remark', ': the file is empty; it begins with guilds:'],
    ['hello', ': must be a section with keys, not text'],
    ['guilds: []', 'guilds: must have at least 1 entry'],
    ['guild: []', 'guilds: is missing\nguild: there is no such key; did you mean guilds?'],
  ])('%#: %s', (text, expected) => {
    expect(problems(text).join('\n')).toBe(expected);
  });
});
