import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { overwrites } from '../../activities/tickets/overwrites';
import type { Service } from '../../src/cli/service';
import { examineDiscord } from '../../src/cli/doctor/discord';
import { readEnvironment, type Environment } from '../../src/config/environment';
import { configurationHash } from '../../src/config/guild/hash';
import { connect } from '../../src/db/connection';
import { createGuildRepository } from '../../src/db/guilds';
import { migrate } from '../../src/db/migrate';
import { startBot } from '../../src/discord/bot';
import { createLogger } from '../../src/observability/logger';
import { startWorker } from '../../worker/service';
import {
  DEMO,
  demoSeed,
  startLocalDiscord,
  type LocalDiscord,
  type WorldSeed,
} from '../../sandbox';
import { databaseUrl, freshNamespace } from '../parts';
import { demoConfiguration } from './bot-stage/configuration';
import { REGISTRATION } from './registration/people';

/** The invitation that README.md gives: enough for everything that Castellan does, and not more. */
const README = readFileSync(path.resolve(__dirname, '..', '..', 'README.md'), 'utf8');
const invited = BigInt(/&permissions=(\d+)/.exec(README)?.[1] ?? '0');

/** What the bot puts into a channel's overwrites it must have itself. */
const inOverwrites = overwrites({
  guildId: '1',
  botId: '2',
  openerId: '3',
  staffRoleIds: ['4'],
  locked: false,
}).reduce((bits, { allow, deny }) => bits | BigInt(allow ?? 0) | BigInt(deny ?? 0), 0n);

const inTheGuild =
  // Overwrites of a channel that is there: when a ticket is raised, and when it closes.
  P.ManageRoles |
  // The seniors are pinged by their roles, which need not be mentionable by all.
  P.MentionEveryone |
  // Registered members are called as in the game, where the configuration says so.
  P.ManageNicknames;

describe('the invitation in README.md', () => {
  let discord: LocalDiscord;
  let dataDir: string;
  let environment: Environment;
  const running: Service[] = [];

  beforeAll(async () => {
    const [started, url, { address, namespace }] = await Promise.all([
      startLocalDiscord({ seed: guildWithBot(invited) }),
      databaseUrl(),
      freshNamespace(),
    ]);
    discord = started;
    dataDir = mkdtempSync(path.join(tmpdir(), 'castellan-invitation-'));
    await migrate(url);
    const knex = connect(url, { applicationName: 'invitation', poolMax: 1 });
    const configuration = demoConfiguration({
      registration: { ...REGISTRATION, roleId: DEMO.roles.player, nickname: true },
    });
    await createGuildRepository(knex).apply(configuration, configurationHash(configuration));
    await knex.destroy();
    environment = readEnvironment({
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.api,
      DATABASE_URL: url,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      CASTELLAN_DATA_DIR: dataDir,
    });
    const log = createLogger({ level: 'silent', name: 'invitation' });
    running.push(await startBot({ environment, log }), await startWorker({ environment, log }));
    await discord.driver.waitFor(async (driver) => (await driver.world()).commands.length > 0);
  });

  afterAll(async () => {
    await Promise.all(running.map((service) => service.stop()));
    await discord.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('asks for exactly what the code needs', () => {
    expect(invited).toBe(inOverwrites | inTheGuild);
  });

  it('leaves the doctor nothing to complain of', async () => {
    expect(await examineDiscord(environment)).toContainEqual({
      ok: true,
      text: 'In "Kestrel Keep" the bot has every permission that it needs',
    });
  });

  it('lets the bot do everything that a ticket needs, and ping whom it must', async () => {
    const { driver } = discord;
    const [ada, pip, mira] = [driver.person('ada'), driver.person('pip'), driver.person('mira')];
    const posting = await ada.runCommand('panel post', { channel: 'support' });
    expect((await posting.reply()).content).toContain(`<#${DEMO.channels.support}>`);

    const asked = await pip.runCommand('ticket open', { category: 'support' });
    const sent = await pip.submitModal(await asked.modal(), { subject: 'An empty chest' });
    const opened = await sent.settled(({ content }) => content.includes('is open'));
    const channelId = /<#(\d+)>/.exec(opened.content)?.[1] ?? '';
    const [card] = await mira.see(channelId);
    await (await mira.click({ id: card?.id ?? '' }, 'Claim')).reply();
    await (await mira.click({ id: card?.id ?? '' }, 'Raise')).reply();
    const notice = await driver.waitFor(async () =>
      (await driver.messages(channelId)).find(({ content }) => content.includes('has raised')),
    );
    expect(notice.mention_roles).toContain(DEMO.roles.senior);

    await (await pip.runCommand('ticket close', { number: 1 })).reply();
    await driver.waitFor(async () => {
      const { channels } = await driver.guild();
      return channels.every(({ id }) => id !== channelId);
    });
    await nothingForbidden();
  });

  it('lets the bot give registered members their role and nickname', async () => {
    const { driver } = discord;
    const { id } = await driver.addPerson('newcomer');
    const options = { user: id, name: 'New_Comer', reason: 'Known for years' };
    const linked = await driver.person('ada').runCommand('account link', options);
    await linked.settled(({ content }) => content.includes('belongs to'));
    const { members } = await driver.guild();
    expect(members.find((member) => member.id === id)).toMatchObject({
      nick: 'New_Comer',
      roles: [DEMO.roles.player],
    });
    await nothingForbidden();
  });

  async function nothingForbidden(): Promise<void> {
    const requests = await discord.driver.journal({ kind: 'rest' });
    expect(requests.filter((entry) => entry.kind === 'rest' && entry.status === 403)).toEqual([]);
  }
});

/** The demo guild in which the bot has these permissions and gets none through @everyone. */
function guildWithBot(permissions: bigint): WorldSeed {
  const seed = demoSeed();
  return {
    ...seed,
    guilds: seed.guilds.map((guild) => ({
      ...guild,
      everyone: 0n,
      roles: guild.roles.map((role) => ({
        ...role,
        permissions:
          role.id === DEMO.roles.castellan
            ? permissions
            : (role.permissions ?? 0n) | guild.everyone,
      })),
    })),
  };
}
