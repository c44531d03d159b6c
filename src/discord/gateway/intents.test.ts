import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DiscordAPIError, REST } from '@discordjs/rest';
import { ApplicationFlags, GatewayIntentBits } from 'discord-api-types/v10';
import { intentsOf } from './intents';

describe('the events that are asked for', () => {
  let server: Server;
  let rest: REST;
  let status = 200;
  let body: unknown = {};

  beforeEach(async () => {
    server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    rest = new REST({ api: `http://127.0.0.1:${port}/api`, retries: 0 }).setToken('token');
  });

  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const has = (intents: number, intent: GatewayIntentBits): boolean => (intents & intent) !== 0;

  it.each([
    [ApplicationFlags.GatewayGuildMembers, true],
    [ApplicationFlags.GatewayGuildMembersLimited | ApplicationFlags.GatewayMessageContent, true],
    [ApplicationFlags.GatewayMessageContentLimited, false],
    [0, false],
  ])('with the flags %d tell of members who leave: %s', async (flags, wanted) => {
    [status, body] = [200, { id: '1', flags }];
    const intents = await intentsOf(rest);
    expect(has(intents, GatewayIntentBits.GuildMembers)).toBe(wanted);
    expect(has(intents, GatewayIntentBits.Guilds)).toBe(true);
    expect(has(intents, GatewayIntentBits.GuildModeration)).toBe(true);
    expect(has(intents, GatewayIntentBits.MessageContent)).toBe(false);
  });

  it.each([
    [200, {}],
    [200, 'nothing of the kind'],
    [404, { message: 'Not Found', code: 0 }],
  ])(
    'are those that everybody gets where nothing is known of the application: %d %j',
    async (answered, said) => {
      [status, body] = [answered, said];
      expect(has(await intentsOf(rest), GatewayIntentBits.GuildMembers)).toBe(false);
    },
  );

  it('are not guessed when the token is refused', async () => {
    [status, body] = [401, { message: '401: Unauthorized', code: 0 }];
    await expect(intentsOf(rest)).rejects.toBeInstanceOf(DiscordAPIError);
  });
});
