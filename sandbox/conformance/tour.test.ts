import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Client } from 'discord.js';
import { DEMO } from '../index';
import { allRoutes } from '../server/rest/rest-server';
import { checkRecording } from './check-exchange';
import { answerInteractions } from './discord-js-bot';
import { tourClient, tourInteractions } from './discord-js-tour';
import { checkGatewayEvent } from './gateway-payloads';
import { GROUND, logIn, startRecorded } from './ground';
import type { RecordedDiscord } from './ground';
import { PathTemplates } from './path-templates';
import { tourRest } from './rest-tour';
import { askAsNobody, askForNothing } from './strangers';
import { vendorDescription } from './vendor-description';

// Hundreds of requests: a busy machine may take long, and that is no failure.
jest.setTimeout(60_000);

const description = vendorDescription();
const withDescription = description === undefined ? describe.skip : describe;

/** Routes that the local Discord has only in order to refuse them, as Discord does with bots. */
const ALWAYS_REFUSED = [
  'PUT /applications/{applicationId}/guilds/{guildId}/commands/{commandId}/permissions',
];
/** Routes without a token and without parameters: nothing can be wrong with them. */
const NEVER_REFUSED = ['GET /gateway'];

/** Everything that the local Discord offers, used by two clients, with every byte recorded. */
describe('the tour', () => {
  let recorded: RecordedDiscord;
  let client: Client<true>;
  const events: unknown[] = [];
  const routes = allRoutes(() => '').map(({ method, path, auth }) => ({
    method,
    auth,
    path: path.replace(/:(\w+)/g, '{$1}'),
  }));

  beforeAll(async () => {
    recorded = await startRecorded();
    client = await logIn(recorded, (packet) => events.push(packet));
  });
  afterAll(async () => {
    await client.destroy();
    await recorded.stop();
  });

  it('lets a discord.js bot answer every kind of interaction', async () => {
    const errors: unknown[] = [];
    answerInteractions(client, (error) => errors.push(error));
    const said = await tourInteractions(client, recorded.discord.driver);
    expect(errors).toEqual([]);
    expect(said).toEqual({
      'answer now': 'Here it is.',
      'form from a button': 'Overworld',
      update: 'Updated.',
      defer: 'Updated later.',
      later: 'All gone.',
      'form from a command': 'Nether',
      string: 'You chose bug.',
      user: `You chose ${DEMO.people.mira}.`,
      role: `You chose ${DEMO.roles.moderator}.`,
      mentionable: `You chose ${DEMO.people.sol}.`,
      channel: `You chose ${DEMO.channels.general}.`,
      autocomplete: 'pick!',
      pick: [
        'axe 3 0.5 true',
        `${DEMO.people.mira} ${DEMO.roles.moderator} ${DEMO.channels.general}`,
        'somebody a.txt',
      ].join(' '),
      'message menu': expect.stringMatching(/^You reported \d+\.$/),
      'user menu': `You reported ${DEMO.people.pip}.`,
    });
  });

  it('lets a discord.js bot run its guild', async () => {
    await tourClient(client, recorded.discord.driver);
    expect(client.isReady()).toBe(true);
  });

  it('lets a plain client use every route', async () => {
    await expect(tourRest(recorded.client, GROUND)).resolves.toBeUndefined();
  });

  it('refuses nobodies and what does not exist', async () => {
    const withToken = routes.filter((route) => route.auth === 'bot');
    for (const route of withToken) {
      const { status } = await askAsNobody(recorded.client, route);
      expect([route, status]).toEqual([route, 401]);
    }
    for (const route of routes.filter(({ path }) => path.includes('{'))) {
      const { status } = await askForNothing(recorded.client, route);
      expect([route, [400, 401, 403, 404].includes(status)]).toEqual([route, true]);
    }
  });

  it('was asked for every route, with success and without', () => {
    const templates = new PathTemplates(new Set(routes.map((route) => route.path)));
    const succeeded = new Set<string>();
    const failed = new Set<string>();
    for (const { method, url, status } of recorded.proxy.exchanges) {
      const path = (url.split('?', 1)[0] ?? '').replace('/api/v10', '');
      const template = templates.match(path)?.template ?? '';
      (status < 400 ? succeeded : failed).add(`${method} ${template}`);
    }
    const names = routes.map((route) => `${route.method} ${route.path}`);
    expect(names.filter((name) => !succeeded.has(name))).toEqual(ALWAYS_REFUSED);
    expect(names.filter((name) => !failed.has(name))).toEqual(NEVER_REFUSED);
  });

  withDescription('and the vendor’s description', () => {
    it('agree in every byte', async () => {
      if (description === undefined) throw new Error('The description is not here.');
      const checked = await checkRecording(description(), recorded.proxy.exchanges);
      console.log(
        `Checked ${checked.requests} accepted requests and ${checked.answers} answers on ` +
          `${checked.routes.size} routes of the description; ` +
          `the local Discord has ${routes.length}.`,
      );
      expect(checked.mismatches).toEqual([]);
    });

    it('agree in the objects that the gateway sends', () => {
      if (description === undefined) throw new Error('The description is not here.');
      const conformance = description();
      const names = new Set<string>();
      const problems = new Set<string>();
      for (const event of events) {
        const checked = checkGatewayEvent(conformance, event);
        if (checked.name !== undefined) names.add(checked.name);
        for (const problem of checked.problems) problems.add(problem);
      }
      console.log(
        `Checked the objects of ${events.length} events: ${[...names].sort().join(', ')}.`,
      );
      expect([...problems]).toEqual([]);
      expect(names.size).toBeGreaterThan(8);
    });
  });
});
