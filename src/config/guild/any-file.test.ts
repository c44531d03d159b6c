import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { formatProblems, guildConfigurationSchema, parseGuildConfiguration, resolve } from '.';
import { directory } from './sample-directory';

// Many runs on a busy machine take longer than the five seconds that a test has by default.
jest.setTimeout(60_000);

describe('any file', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .filter((value) => value.trim() !== '' && !/[\p{Cc}\u2028\u2029]/u.test(value));
  const known = [
    'Moderator',
    'player',
    '@Admin',
    '203',
    'Tickets',
    '#support',
    'desk-log',
    'Lobby',
  ];
  const name = fc.oneof(fc.constantFrom(...known, '#', '@everyone', 'constructor'), text);
  const guildName = fc.oneof(fc.constantFrom('Kestrel Keep', '9'), text);
  const time = fc.constantFrom('1s', '10m', '48h', '7d');
  const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
  const valid = fc.record({
    guilds: fc.uniqueArray(
      fc.record({
        guild: guildName,
        roles: maybe(fc.record({ admin: fc.array(name, { minLength: 1, maxLength: 3 }) })),
        teams: fc.record({
          constructor: fc.record({
            name: text,
            members: fc.array(name, { minLength: 1, maxLength: 3 }),
          }),
          a: fc.record({
            name: text,
            members: fc.constant(['Senior']),
            senior: maybe(fc.constant('constructor')),
          }),
        }),
        categories: fc.uniqueArray(
          fc.record({
            id: fc.constantFrom('a', 'b', 'c', 'constructor'),
            title: text,
            description: text,
            team: fc.constantFrom('a', 'constructor'),
            channels_under: maybe(name),
            inactivity: maybe(fc.constantFrom('none', { warn_after: '1h', close_after: '2h' })),
            reopen_window: maybe(time),
          }),
          { minLength: 1, selector: ({ id }) => id },
        ),
        limits: maybe(fc.record({ cooldown: time }, { requiredKeys: [] })),
        desk: maybe(fc.record({ log_channel: name }, { requiredKeys: [] })),
      }),
      { minLength: 1, maxLength: 2, selector: ({ guild }) => guild.trim() },
    ),
  });

  it('that is valid is resolved, or refused with paths, never thrown at', () => {
    fc.assert(
      fc.property(valid, (value) => {
        const reading = parseGuildConfiguration(stringify(value));
        if (!reading.ok) throw new Error(formatProblems(reading.problems));
        const resolution = resolve(reading.configuration, directory, reading.locate);
        const configurations = resolution.ok ? resolution.configurations : [];
        const refusals = resolution.ok ? [] : resolution.problems;
        expect(configurations.map((entry) => guildConfigurationSchema.parse(entry))).toEqual(
          configurations,
        );
        expect(
          refusals.every(({ path, line }) => path.startsWith('guilds[') && line !== undefined),
        ).toBe(true);
        expect(configurations.length + refusals.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it('whatever it holds is read, or refused with reasons, never thrown at', () => {
    const broken = fc.tuple(valid, fc.jsonValue(), fc.nat()).map(([value, other, seed]) => {
      // One value somewhere in a valid file is exchanged for any other.
      let left = seed % 20;
      return JSON.parse(JSON.stringify(value), (_, entry: unknown) => {
        left -= 1;
        return left === 0 ? other : entry;
      }) as unknown;
    });
    fc.assert(
      fc.property(fc.oneof(broken, fc.jsonValue()), (value) => {
        const reading = parseGuildConfiguration(stringify(value));
        const resolution = reading.ok ? resolve(reading.configuration, directory) : reading;
        expect(resolution.ok || resolution.problems.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
