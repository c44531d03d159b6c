import { describe, expect, it } from '@jest/globals';
import { configured, problems } from '../../../test/contracts/configuration-reading';
import { guildConfigurationSchema } from '.';

const GUILD = `
    teams: { helpers: { name: Helpers, members: [Moderator] } }
    categories: [{ id: support, title: Support, description: Questions, team: helpers }]`;

const PLUGIN = 'game: { adapter: plugin, secret_env: GAME_SECRET_SURVIVAL }';
const RCON = 'game: { adapter: rcon, password_env: RCON_PASSWORD_SURVIVAL }';
const LOG = 'game: { adapter: log, file: /srv/minecraft/logs/latest.log }';

interface Entry {
  /** Keys of the server `survival` besides its id and address, in YAML's flow style. */
  readonly server?: string;
  readonly registration?: string;
  readonly desk?: string;
}

function file({ server = PLUGIN, registration = '{}', desk = '{}' }: Entry = {}): string {
  const written = server.startsWith('address:') ? server : `address: play.example.net, ${server}`;
  return `guilds:
  - guild: Kestrel Keep${GUILD}
    desk: ${desk}
    servers: [{ id: survival, ${written} }, { id: lobby, address: lobby.example.net }]
    registration: ${registration}
`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('registrations', () => {
  it('may be left to their defaults', () => {
    const { registration, games } = configured(file({ desk: '{ log_channel: desk-log }' }));
    expect(registration).toEqual({
      timeoutMs: 10 * MINUTE,
      code: 'letters',
      mostAttempts: 5,
      lockMs: HOUR,
      mostCodes: 3,
      mostAccounts: 3,
      editions: ['java'],
      bedrockPrefix: '.',
      roleId: null,
      nickname: false,
      fallbackChannelId: null,
      logChannelId: '303',
      onLeave: 'keep',
      onBan: 'keep',
      whitelist: [],
    });
    expect(games).toEqual([
      { serverId: 'survival', adapter: 'plugin', secretVariables: ['GAME_SECRET_SURVIVAL'] },
    ]);
  });

  it('may say everything', () => {
    const registration = `{ timeout: 15m, code: digits, attempts: 2, lock: 2h, most_codes: 2, most_accounts: 1,
      editions: [bedrock, java], bedrock_prefix: "*", role: player, nickname: true, fallback_channel: general,
      log_channel: "#desk-log", on_leave: unlink, on_ban: unlink, whitelist: [survival] }`;
    expect(configured(file({ server: RCON, registration })).registration).toEqual({
      timeoutMs: 15 * MINUTE,
      code: 'digits',
      mostAttempts: 2,
      lockMs: 2 * HOUR,
      mostCodes: 2,
      mostAccounts: 1,
      editions: ['bedrock', 'java'],
      bedrockPrefix: '*',
      roleId: '205',
      nickname: true,
      fallbackChannelId: '306',
      logChannelId: '303',
      onLeave: 'unlink',
      onBan: 'unlink',
      whitelist: ['survival'],
    });
  });

  it('take fewer wrong codes of digits, which are easier to guess', () => {
    const { registration } = configured(file({ registration: '{ code: digits }' }));
    expect(registration).toMatchObject({ code: 'digits', mostAttempts: 3 });
  });

  it('are not offered by a guild that says nothing of them, nor by one stored before there were any', () => {
    const guild = configured(`guilds:\n  - guild: Kestrel Keep${GUILD}\n`);
    expect(guild).toMatchObject({ registration: null, games: [] });
    const { registration, games, ...before } = guild;
    expect(guildConfigurationSchema.parse(before)).toEqual({ ...before, registration, games });
  });

  it.each([
    ['{ timeout: 30s }', 'registration.timeout: must be from 1m to 1d'],
    ['{ code: letter }', 'registration.code: must be letters or digits; did you mean letters?'],
    ['{ attempts: 6 }', 'registration.attempts: must be at most 5, not 6'],
    ['{ attempts: 0 }', 'registration.attempts: must be at least 1, not 0'],
    [
      '{ code: digits, attempts: 4 }',
      'registration.attempts: must be at most 3 with code: digits, which are easier to guess, not 4',
    ],
    ['{ most_codes: 11 }', 'registration.most_codes: must be at most 10, not 11'],
    ['{ most_accounts: 26 }', 'registration.most_accounts: must be at most 25, not 26'],
    ['{ editions: [] }', 'registration.editions: must have at least 1 entry'],
    [
      '{ editions: [java, bedrok] }',
      'registration.editions[1]: must be java or bedrock; did you mean bedrock?',
    ],
    ['{ editions: [java, java] }', 'registration.editions[1]: "java" is already on this list'],
    [
      '{ editions: [java, bedrock], bedrock_prefix: BE_ }',
      'registration.bedrock_prefix: must be 1 to 4 signs that no name has, such as . or *',
    ],
    [
      '{ bedrock_prefix: "*" }',
      'registration.bedrock_prefix: has no effect without bedrock in editions; write editions: [java, bedrock]',
    ],
    [
      '{ role: Playr }',
      'registration.role: no role "Playr" on Kestrel Keep; did you mean "Player"?',
    ],
    [
      '{ role: "@everyone" }',
      'registration.role: this is everyone on the server, who needs no role for that; name another role',
    ],
    [
      '{ fallback_channel: Lobby }',
      'registration.fallback_channel: "Lobby" is not a text channel; name a text channel here',
    ],
    [
      '{ log_channel: desk-lok }',
      'registration.log_channel: no text channel "desk-lok" on Kestrel Keep; did you mean "desk-log"?',
    ],
    ['{ on_leave: keep, on_ban: remove }', 'registration.on_ban: must be unlink or keep'],
    [
      '{ whitelist: [survivl] }',
      'registration.whitelist[0]: no server "survivl"; servers are survival, lobby',
    ],
    [
      '{ whitelist: [survival, survival] }',
      'registration.whitelist[1]: "survival" is already on this list',
    ],
    [
      '{ whitelist: [lobby] }',
      'registration.whitelist[0]: nothing can change the whitelist of "lobby": it needs the adapter plugin or rcon, such as game: { adapter: rcon, password_env: RCON_PASSWORD_SURVIVAL }',
    ],
    ['{ time_out: 10m }', 'registration.time_out: there is no such key; did you mean timeout?'],
  ])('%s: %s', (registration, problem) => {
    expect(problems(file({ registration }))).toEqual([problem]);
  });

  it('need a place to type the code', () => {
    expect(problems(file({ server: 'public: true' }))).toEqual([
      'registration: needs a server with game:, or there is no place to type a code; such as game: { adapter: plugin, secret_env: GAME_SECRET_SURVIVAL }',
    ]);
    expect(problems(file({ server: `probe: bedrock, ${RCON}` }))).toEqual([
      'registration: needs a server where a code can be typed, which is impossible by RCON on servers of Bedrock; such as one with game: { adapter: plugin, secret_env: GAME_SECRET_SURVIVAL }',
    ]);
  });

  it('take whole numbers where a code comes by RCON', () => {
    expect(problems(file({ server: RCON }))).toEqual([
      'registration.code: must be digits, because guilds[0].servers[0] takes codes by RCON, where players can type whole numbers only; write code: digits',
    ]);
  });

  it('change no whitelist through a log', () => {
    const [problem = ''] = problems(
      file({ server: LOG, registration: '{ whitelist: [survival] }' }),
    );
    expect(problem).toMatch(/^registration\.whitelist\[0\]: nothing can change the whitelist/);
  });
});

describe('a server that takes part in registrations', () => {
  const game = (server: string) =>
    configured(file({ server, registration: '{ code: digits }' })).games;

  it('may have a plugin, with two secrets while they change', () => {
    expect(
      game(
        'game: { adapter: plugin, secret_env: GAME_SECRET, second_secret_env: GAME_SECRET_NEXT }',
      ),
    ).toEqual([
      {
        serverId: 'survival',
        adapter: 'plugin',
        secretVariables: ['GAME_SECRET', 'GAME_SECRET_NEXT'],
      },
    ]);
  });

  it('may be spoken to by RCON, at its own host if nothing else is said', () => {
    expect(game(RCON)).toEqual([
      {
        serverId: 'survival',
        adapter: 'rcon',
        host: 'play.example.net',
        port: 25_575,
        allowInternal: false,
        passwordVariable: 'RCON_PASSWORD_SURVIVAL',
        objective: 'verify',
      },
    ]);
    expect(
      game(`address: "play.example.net:25570", allow_internal: true,
        game: { adapter: rcon, password_env: RCON_PASSWORD, address: "10.0.0.5:25580", objective: link }`),
    ).toMatchObject([{ host: '10.0.0.5', port: 25_580, allowInternal: true, objective: 'link' }]);
    expect(game(`address: "play.example.net:25570", ${RCON}`)).toMatchObject([
      { host: 'play.example.net', port: 25_575 },
    ]);
  });

  it('is spoken to where it is watched by RCON', () => {
    expect(
      game(`address: "play.example.net:25580", probe: rcon,
        rcon: { command: list, password_env: RCON_PASSWORD_A }, game: { adapter: rcon }`),
    ).toMatchObject([
      { host: 'play.example.net', port: 25_580, passwordVariable: 'RCON_PASSWORD_A' },
    ]);
  });

  it('may be followed in its log', () => {
    expect(game(LOG)).toEqual([
      { serverId: 'survival', adapter: 'log', file: '/srv/minecraft/logs/latest.log' },
    ]);
    expect(game("game: { adapter: log, file: 'C:\\Minecraft\\logs\\latest.log' }")).toMatchObject([
      { file: 'C:\\Minecraft\\logs\\latest.log' },
    ]);
  });

  it.each([
    ['game: { adapter: mod }', 'adapter: must be plugin or rcon or log'],
    ['game: {}', 'adapter: is missing'],
    [
      'game: { adapter: plugin }',
      'secret_env: is missing; such as GAME_SECRET_SURVIVAL, a variable with the secret that the plugin has',
    ],
    [
      'game: { adapter: plugin, secret_env: SECRET_KEY }',
      'secret_env: must be the name of an environment variable that begins with GAME_SECRET, such as GAME_SECRET_SURVIVAL',
    ],
    [
      'game: { adapter: plugin, secret_env: GAME_SECRET, second_secret_env: GAME_SECRET }',
      'second_secret_env: is the same variable as secret_env; name the other one, or remove it',
    ],
    [
      'game: { adapter: plugin, secret_env: GAME_SECRET, file: /a.log }',
      'file: has no effect with adapter: plugin; remove it, or write adapter: log',
    ],
    [
      'game: { adapter: rcon }',
      'password_env: is missing; such as RCON_PASSWORD_SURVIVAL, a variable with the password of RCON',
    ],
    [
      'game: { adapter: rcon, password_env: GAME_SECRET }',
      'password_env: must be the name of an environment variable that begins with RCON_PASSWORD, such as RCON_PASSWORD_SURVIVAL',
    ],
    [
      'game: { adapter: rcon, password_env: RCON_PASSWORD, address: "a b" }',
      'address: must be a host with or without a port, such as play.example.net:25575',
    ],
    [
      'address: "https://play.example.net/", probe: http, game: { adapter: rcon, password_env: RCON_PASSWORD }',
      'address: is missing, because the server is watched as a web page; such as play.example.net:25575',
    ],
    [
      'game: { adapter: rcon, password_env: RCON_PASSWORD, objective: my.objective }',
      'objective: must be 1 to 16 letters, digits and _, beginning with a letter, such as verify',
    ],
    ['game: { adapter: log }', 'file: is missing; such as /srv/minecraft/logs/latest.log'],
    [
      'game: { adapter: log, file: logs/latest.log }',
      'file: must be the whole path of the log, such as /srv/minecraft/logs/latest.log',
    ],
    [
      'game: { adapter: log, file: /etc/passwd }',
      'file: must be the whole path of the log, such as /srv/minecraft/logs/latest.log',
    ],
  ])('%s: %s', (server, problem) => {
    const written = file({ server, registration: '{ code: digits }' });
    expect(problems(written)).toEqual([`servers[0].game.${problem}`]);
  });

  it('takes part in something', () => {
    expect(
      problems(
        `guilds:\n  - guild: Kestrel Keep${GUILD}\n    servers: [{ id: survival, address: a, ${PLUGIN} }]\n`,
      ),
    ).toEqual([
      'servers[0].game: has no effect without registration: in this guild; such as registration: { role: Player }',
    ]);
  });
});
