import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { formatProblems, parseGuildConfiguration, readGuildConfigurationFile } from '.';

// Many runs on a busy machine take longer than the five seconds that a test has by default.
jest.setTimeout(60_000);

const FILE = `guilds:
  - guild: Kestrel Keep
    teams: { helpers: { name: Helpers, members: [Moderator] } }
    categories: [{ id: support, title: Support, description: Questions, team: helpers }]
`;

describe('a file that is no YAML', () => {
  it.each([
    [
      'guilds:\n  - guild: a\n    guild: b\n',
      '3:5: this key is written twice in the same place; keep one of them',
    ],
    ['guilds:\n\t- guild: a\n', '2:1: YAML is indented with spaces, not with tabs'],
    ['a: 1\n---\nb: 2\n', '2:1: the file holds several YAML documents; remove the line ---'],
    [
      'guilds: !mine x\n',
      '1:9: tags (words that begin with !) are not used here; put the value in quotes',
    ],
    [
      'guilds: [a\n',
      '2:1: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ])('%#', (text, expected) => {
    const reading = parseGuildConfiguration(text);
    expect(reading.ok ? '' : formatProblems(reading.problems.slice(0, 1))).toBe(expected);
  });

  it.each([
    ['an alias of itself', 'a: &a [*a]'],
    [
      'a billion laughs',
      `a: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefg'
        .split('')
        .map(
          (name, index) =>
            `${name}: &${name} [${Array(10)
              .fill(`*${'abcdefg'.charAt(index)}`)
              .join(', ')}]`,
        )
        .join('\n')}`,
    ],
    ['deep nesting', '['.repeat(50_000)],
    ['a dangerous key', '__proto__: { guilds: [] }'],
    ['a dangerous team', FILE.replace('teams: {', 'teams: { __proto__: { name: X },')],
  ])('refuses %s', (_, text) => {
    expect(parseGuildConfiguration(text).ok).toBe(false);
  });
});

describe('all problems', () => {
  const text = `guilds:
  - guild: Kestrel Keep
    teams:
      helpers:
        name: Helpers
        members: Moderator
        senior: bosses
    categories:
      - id: support
        title: Support
        description: Questions
        team: helprs
        form:
          - { id: a, label: A, style: shrt }
          - { id: a, lable: B }
    limits:
      cooldown: soon
    inactivity: { warn_after: 2d, close_after: 1d }
`;

  it('are told at once, in the order of the file, with line and column', () => {
    const reading = parseGuildConfiguration(text);
    expect(reading.ok ? '' : formatProblems(reading.problems, 'castellan.yaml')).toBe(
      [
        'castellan.yaml:6:18 guilds[0].teams.helpers.members: must be a list, such as [Moderator]',
        'castellan.yaml:7:17 guilds[0].teams.helpers.senior: no team "bosses"; teams are helpers',
        'castellan.yaml:12:15 guilds[0].categories[0].team: no team "helprs"; teams are helpers',
        'castellan.yaml:14:39 guilds[0].categories[0].form[0].style: must be short or paragraph; did you mean short?',
        'castellan.yaml:15:13 guilds[0].categories[0].form[1].label: is missing',
        'castellan.yaml:15:19 guilds[0].categories[0].form[1].id: "a" is already the id of guilds[0].categories[0].form[0]',
        'castellan.yaml:15:29 guilds[0].categories[0].form[1].lable: there is no such key; did you mean label?',
        'castellan.yaml:17:17 guilds[0].limits.cooldown: must be a duration such as 90s, 10m, 48h or 7d',
        'castellan.yaml:18:31 guilds[0].inactivity.warn_after: must be shorter than close_after (1d), or nobody is warned',
      ].join('\n'),
    );
  });
});

describe('readGuildConfigurationFile', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'castellan-configuration-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  const reading = async (path: string): Promise<string> => {
    const result = await readGuildConfigurationFile(path);
    return result.ok ? 'ok' : formatProblems(result.problems);
  };

  it('reads a file', async () => {
    const path = join(folder, 'right.yaml');
    await writeFile(path, FILE);
    expect(await reading(path)).toBe('ok');
  });

  it('says what is wrong with a file that cannot be read', async () => {
    expect(await reading(join(folder, 'missing.yaml'))).toBe(
      'there is no such file; check the path (CASTELLAN_CONFIG)',
    );
    expect(await reading(folder)).toBe('this is a directory; name the YAML file in it');
    const latin = join(folder, 'latin.yaml');
    await writeFile(latin, Buffer.from([0x67, 0xfc]));
    expect(await reading(latin)).toBe('the file is not text in UTF-8; save it with that encoding');
    const huge = join(folder, 'huge.yaml');
    await writeFile(huge, '#'.repeat(1024 * 1024 + 1));
    expect(await reading(huge)).toBe('the file has 1048577 bytes; at most 1048576 are read');
  });
});

describe('any text', () => {
  it('is read or refused with a reason, never thrown at', () => {
    const pieces = fc.constantFrom(
      ...[
        'guilds:',
        '  - ',
        '\n',
        ' ',
        '{',
        '}',
        '[',
        ']',
        'a: ',
        '- ',
        '&a ',
        '*a',
        '!t ',
        '"',
        "'",
      ],
      ...['|', '>', '#', '? ', '<<: ', '1', '.inf', '~', '---\n', '__proto__: ', 'teams: ', '\t'],
    );
    const text = fc.oneof(
      fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
      fc.string({ maxLength: 60 }),
      fc.json(),
    );
    fc.assert(
      fc.property(text, (value) => {
        const reading = parseGuildConfiguration(value);
        expect(reading.ok || reading.problems.every(({ message }) => message !== '')).toBe(true);
        expect(reading.ok || reading.problems.length > 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
