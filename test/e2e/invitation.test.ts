import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
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
import { permissionsFor } from '../../src/discord/rights/invitation';
import { bitsOf } from '../../src/discord/rights/permission';
import { createLogger } from '../../src/observability/logger';
import { startWorker } from '../../worker/service';
import { mirrorReviewWorkflowId } from '../../workflows/mirror/contract';
import { DEMO, startLocalDiscord, type LocalDiscord, type WorldSeed } from '../../sandbox';
import { databaseUrl, freshNamespace } from '../parts';
import { guildWithBot } from '../stage/guild-with-bot';
import { until } from '../workflow/until';
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

/** Another guild, into which a mirror copies with all that a mirror can do: invited with what that needs. */
const ABROAD = '1200000000000000100';
const SQUARE = '1200000000000000102';
const MIRRORING = { style: 'webhook', reactions: true, threads: true } as const;

function withAbroad(seed: WorldSeed): WorldSeed {
  const role = '1200000000000000101';
  const uses = { nicknames: false, routes: [], mirrors: [MIRRORING] };
  const abroad = {
    ...{ id: ABROAD, name: 'Abroad', ownerId: DEMO.people.ada, everyone: 0n },
    roles: [
      { id: role, name: 'Castellan', managed: true, permissions: bitsOf(permissionsFor(uses)) },
    ],
    channels: [{ id: SQUARE, name: 'square' }],
    members: [{ userId: DEMO.bot, roles: [role] }, { userId: DEMO.people.ada }],
  };
  return { ...seed, guilds: [...seed.guilds, abroad] };
}

describe('the invitation in README.md', () => {
  let discord: LocalDiscord;
  let dataDir: string;
  let environment: Environment;
  let connection: Connection;
  const running: Service[] = [];

  beforeAll(async () => {
    const [started, url, { address, namespace }] = await Promise.all([
      startLocalDiscord({ seed: withAbroad(guildWithBot(invited)) }),
      databaseUrl(),
      freshNamespace(),
    ]);
    discord = started;
    connection = await Connection.connect({ address });
    dataDir = mkdtempSync(path.join(tmpdir(), 'castellan-invitation-'));
    await migrate(url);
    const knex = connect(url, { applicationName: 'invitation', poolMax: 1 });
    const configuration = demoConfiguration({
      registration: { ...REGISTRATION, roleId: DEMO.roles.player, nickname: true },
    });
    const abroad = demoConfiguration({
      ...{ guildId: ABROAD, guildName: 'Abroad', adminRoleIds: [], panels: [] },
      deskLogChannelId: null,
    });
    for (const one of [configuration, abroad]) {
      await createGuildRepository(knex).apply(one, configurationHash(one));
    }
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
    await connection.close();
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

  it('lets the bot mirror where it was invited for that, and tells at once where it was not', async () => {
    const { driver } = discord;
    const [ada, pip] = [driver.person('ada'), driver.person('pip')];
    const { general } = DEMO.channels;
    const add = async (options: Record<string, string | boolean>): Promise<string> =>
      (await (await ada.runCommand('mirror add', { from: general, ...options })).reply()).content;
    const wanted = { elsewhere: SQUARE, reactions: true, threads: true };
    expect(await add({ id: 'abroad', ...wanted })).not.toContain('I cannot');
    const there = { channelId: SQUARE };
    const list = await (await ada.runCommand('mirror list', {}, there)).reply();
    const agreed = await (await ada.click(list, 'Agree “abroad”')).reply();
    expect(agreed.content).toContain('copies into this server from now on');
    expect(agreed.content).not.toContain('I cannot');
    expect(await examineDiscord(environment)).toContainEqual({
      ok: true,
      text: 'In "Abroad" announcements and mirrors have every channel and permission',
    });

    const shows = (channelId: string, text: string) =>
      driver.waitFor(
        async () =>
          (await driver.messages(channelId)).find((one) => JSON.stringify(one).includes(text)),
        20_000,
        text,
      );
    // The bot looks at the records every few seconds; until then it does not notice what is written.
    await until('the bot’s look', async () => {
      const client = new Client({ connection, namespace: environment.temporal?.namespace ?? '' });
      const review = client.workflow.getHandle(mirrorReviewWorkflowId(DEMO.guild, 'abroad'));
      const description = await review.describe().catch(() => null);
      return description?.status.name === 'COMPLETED';
    });
    const original = await pip.write(general, 'Well met', {
      attachments: [{ filename: 'map.txt', content: 'a map' }],
    });
    await pip.react(original, '🎉');
    const copy = await shows(SQUARE, '🎉');
    expect(copy).toMatchObject({ content: 'Well met', attachments: [{ filename: 'map.txt' }] });
    const thread = await pip.startThread(general, 'Talk', original);
    await pip.write(thread.id, 'Further');
    // A thread that is begun at a message has its id.
    await shows(copy.id, 'Further');
    await nothingForbidden();

    expect(await add({ id: 'here', to: DEMO.channels.support })).toContain(
      `I cannot copy into <#${DEMO.channels.support}> yet: give my role **Manage Webhooks** there.`,
    );
  });

  async function nothingForbidden(): Promise<void> {
    const requests = await discord.driver.journal({ kind: 'rest' });
    expect(requests.filter((entry) => entry.kind === 'rest' && entry.status === 403)).toEqual([]);
  }
});
