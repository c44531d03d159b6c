import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { API, APIInteraction } from '@discordjs/core';
import {
  ButtonStyle,
  ComponentType,
  InteractionType,
  MessageFlags,
  TextInputStyle,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { DEMO, startLocalDiscord, type LocalDiscord, type Person } from '../../index';
import { coreBot, type CoreBot } from '../../testing/core-bot';
import { field, rawRest } from '../../testing/raw-rest';

const COMMANDS: RESTPutAPIApplicationCommandsJSONBody = [{ name: 'ping', description: 'Ping' }];

type Handler = (interaction: APIInteraction, api: API) => Promise<unknown>;

describe('interactions', () => {
  let discord: LocalDiscord;
  let bot: CoreBot;
  let pip: Person;
  let mira: Person;
  let handle: Handler;
  let heard: APIInteraction[];
  beforeEach(async () => {
    discord = await startLocalDiscord();
    heard = [];
    handle = ({ id, token }, api) => api.interactions.reply(id, token, { content: 'pong' });
    bot = await coreBot(discord, {
      commands: COMMANDS,
      onInteraction: (interaction, api) => {
        heard.push(interaction);
        return handle(interaction, api);
      },
    });
    pip = discord.driver.person('pip');
    mira = discord.driver.person('mira');
  });
  afterEach(async () => {
    await bot.stop();
    await discord.stop();
  });

  const callback = (
    interaction: { id: string; token: string },
    body: unknown,
  ): ReturnType<typeof rawRest> =>
    rawRest(discord, 'POST', `/interactions/${interaction.id}/${interaction.token}/callback`, {
      body,
      token: null,
    });
  const codeOf = async (answer: ReturnType<typeof rawRest>): Promise<unknown> =>
    field((await answer).body, 'code');

  it('answers publicly, with the command named in the message', async () => {
    const ping = await pip.runCommand('ping', {}, { channelId: DEMO.channels.general });
    const reply = await ping.reply();
    expect(reply).toMatchObject({ content: 'pong', type: 20, webhook_id: DEMO.application });
    expect(field(reply.interaction_metadata, 'user', 'id')).toBe(pip.id);
    const [seen] = await discord.driver.person('rue').see(DEMO.channels.general);
    expect(seen?.id).toBe(reply.id);
    expect(heard[0]).toMatchObject({
      type: InteractionType.ApplicationCommand,
      guild_id: DEMO.guild,
      channel_id: DEMO.channels.general,
      member: { user: { id: pip.id }, roles: [DEMO.roles.player] },
    });
  });

  it('shows ephemeral answers to their person only, and not to the bot', async () => {
    handle = ({ id, token }, api) =>
      api.interactions.reply(id, token, { content: 'psst', flags: MessageFlags.Ephemeral });
    const ping = await pip.runCommand('ping', {}, { channelId: DEMO.channels.general });
    const { id } = await ping.reply();
    expect((await pip.see(DEMO.channels.general)).map((one) => one.id)).toEqual([id]);
    expect(await mira.see(DEMO.channels.general)).toEqual([]);
    const path = `/channels/${DEMO.channels.general}/messages`;
    expect((await rawRest(discord, 'GET', path)).body).toEqual([]);
    expect(await codeOf(rawRest(discord, 'GET', `${path}/${id}`))).toBe(10008);
    await expect(mira.click({ id }, 'x')).rejects.toMatchObject({ code: 'unknown-message' });
  });

  it('thinks until the first edit, and takes follow-ups', async () => {
    handle = async ({ id, token, application_id: application }, api) => {
      await api.interactions.defer(id, token, { flags: MessageFlags.Ephemeral });
      await api.interactions.editReply(application, token, { content: 'done' });
      await api.interactions.followUp(application, token, { content: 'and more' });
      const { content } = await api.interactions.getOriginalReply(application, token);
      await api.interactions.editReply(application, token, { content: `${content}!` });
    };
    const ping = await pip.runCommand('ping');
    expect((await ping.acknowledged).kind).toBe('deferred');
    expect((await ping.settled((reply) => reply.content === 'done!')).flags).toBe(
      MessageFlags.Ephemeral,
    );
    expect((await ping.followup()).content).toBe('and more');
  });

  it('lets the first follow-up take the place of an answer that still thinks', async () => {
    handle = async ({ id, token, application_id: application }, api) => {
      await api.interactions.defer(id, token);
      await api.interactions.followUp(application, token, { content: 'instead' });
    };
    const ping = await pip.runCommand('ping');
    const reply = await ping.reply();
    expect([reply.content, reply.flags]).toEqual(['instead', 0]);
    expect(ping.state.followups).toEqual([]);
  });

  it('gives the message back when it is asked to', async () => {
    handle = () => Promise.resolve();
    await pip.runCommand('ping', {}, { channelId: DEMO.channels.general });
    const interaction = await received();
    const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
    const { status, body } = await rawRest(discord, 'POST', `${path}?with_response=true`, {
      body: { type: 4, data: { content: 'here' } },
    });
    expect(status).toBe(200);
    expect(field(body, 'interaction')).toMatchObject({
      id: interaction.id,
      type: 2,
      response_message_loading: false,
      response_message_ephemeral: false,
      channel_id: DEMO.channels.general,
    });
    expect(field(body, 'resource')).toMatchObject({ type: 4, message: { content: 'here' } });
  });

  const received = async (): Promise<APIInteraction> =>
    discord.driver.waitFor(() => heard.at(-1), 5000, 'the interaction');

  it('refuses the second acknowledgement, unknown tokens and unfitting answers', async () => {
    handle = () => Promise.resolve();
    await pip.runCommand('ping');
    const interaction = await received();
    expect(await codeOf(callback({ ...interaction, token: 'x' }, { type: 5 }))).toBe(10062);
    expect(await codeOf(callback(interaction, { type: 7, data: {} }))).toBe(50035);
    expect(await codeOf(callback(interaction, { type: 4, data: {} }))).toBe(50006);
    const original = `/webhooks/${DEMO.application}/${interaction.token}/messages/@original`;
    expect(await codeOf(rawRest(discord, 'GET', original))).toBe(10015);
    expect((await callback(interaction, { type: 5 })).status).toBe(204);
    expect(await codeOf(callback(interaction, { type: 5 }))).toBe(40060);
    const encoded = original.replace('@', '%40');
    expect((await rawRest(discord, 'GET', encoded)).status).toBe(200);
    expect((await rawRest(discord, 'DELETE', original)).status).toBe(204);
    expect(await codeOf(rawRest(discord, 'PATCH', original, { body: { content: 'x' } }))).toBe(
      10008,
    );
    const wrong = `/webhooks/${DEMO.application}/x/messages/@original`;
    expect(await codeOf(rawRest(discord, 'GET', wrong))).toBe(50027);
  });

  it('shows forms from commands and components, and takes them back', async () => {
    handle = async (interaction, api) => {
      const { id, token } = interaction;
      if (interaction.type === InteractionType.ApplicationCommand) {
        await api.interactions.reply(id, token, {
          content: 'menu',
          components: [
            {
              type: ComponentType.ActionRow,
              components: [
                {
                  type: ComponentType.Button,
                  style: ButtonStyle.Primary,
                  custom_id: 'open',
                  label: 'Open',
                },
                {
                  type: ComponentType.Button,
                  style: ButtonStyle.Primary,
                  custom_id: 'off',
                  label: 'Off',
                  disabled: true,
                },
                {
                  type: ComponentType.Button,
                  style: ButtonStyle.Link,
                  url: 'https://example.org',
                  label: 'Link',
                },
              ],
            },
          ],
        });
      } else if (interaction.type === InteractionType.MessageComponent) {
        await api.interactions.createModal(id, token, {
          custom_id: 'form',
          title: 'Form',
          components: [
            {
              type: ComponentType.ActionRow,
              components: [
                {
                  type: ComponentType.TextInput,
                  custom_id: 'old',
                  label: 'Old style',
                  style: TextInputStyle.Short,
                  max_length: 5,
                },
              ],
            },
            {
              type: ComponentType.Label,
              label: 'New style',
              component: {
                type: ComponentType.TextInput,
                custom_id: 'new',
                style: TextInputStyle.Paragraph,
                required: false,
                value: 'prefilled',
              },
            },
            {
              type: ComponentType.Label,
              label: 'Choice',
              component: {
                type: ComponentType.StringSelect,
                custom_id: 'choice',
                options: [{ label: 'One', value: '1' }],
              },
            },
            {
              type: ComponentType.Label,
              label: 'Person',
              component: { type: ComponentType.UserSelect, custom_id: 'person' },
            },
            {
              type: ComponentType.Label,
              label: 'Files',
              component: { type: ComponentType.FileUpload, custom_id: 'files', max_values: 2 },
            },
          ],
        });
      } else {
        await api.interactions.updateMessage(id, token, { content: 'updated', components: [] });
      }
    };
    const ping = await pip.runCommand('ping');
    const menu = await ping.reply();
    await expect(pip.click(menu, 'Off')).rejects.toMatchObject({ code: 'disabled-component' });
    await expect(pip.click(menu, 'Link')).rejects.toMatchObject({ code: 'unknown-component' });
    await expect(pip.click(menu, 'nothing')).rejects.toThrow('Open, Off, Link');
    const clicked = await pip.click(menu, 'Open');
    const modal = await clicked.modal();
    expect((await clicked.acknowledged).kind).toBe('modal');
    const files = [{ filename: 'log.txt', content: 'boom' }];
    const filled = { old: 'text', Choice: '1', person: ['rue'], files };
    await expect(pip.submitModal(modal, { ...filled, old: '' })).rejects.toThrow('filled in');
    await expect(pip.submitModal(modal, { ...filled, old: 'toolong' })).rejects.toThrow('most 5');
    await expect(pip.submitModal(modal, { ...filled, x: '' })).rejects.toThrow('no field x');
    await expect(mira.submitModal(modal, filled)).rejects.toMatchObject({ code: 'no-modal' });
    const submitted = await pip.submitModal(modal, filled);
    expect((await submitted.reply()).content).toBe('updated');
    expect((await submitted.acknowledged).kind).toBe('update');
    const data = field(heard.at(-1), 'data');
    expect(field(data, 'components', 0, 'components', 0, 'value')).toBe('text');
    expect(field(data, 'components', 1, 'component', 'value')).toBe('prefilled');
    expect(field(data, 'components', 2, 'component', 'values')).toEqual(['1']);
    expect(field(data, 'resolved', 'users', DEMO.people.rue, 'username')).toBe('rue');
    const attachment = String(field(data, 'components', 4, 'component', 'values', 0));
    const url = String(field(data, 'resolved', 'attachments', attachment, 'url'));
    expect(await (await fetch(url)).text()).toBe('boom');
    expect(heard.at(-1)).toMatchObject({ message: { id: menu.id } });
  });

  it('resolves what the five kinds of menus choose', async () => {
    const kinds = [
      ComponentType.UserSelect,
      ComponentType.RoleSelect,
      ComponentType.MentionableSelect,
      ComponentType.ChannelSelect,
    ] as const;
    handle = async (interaction, api) => {
      const { id, token } = interaction;
      if (interaction.type !== InteractionType.ApplicationCommand) {
        await api.interactions.deferMessageUpdate(id, token);
        await api.interactions.editReply(DEMO.application, token, { content: 'chosen' });
        return;
      }
      await api.interactions.reply(id, token, {
        components: [
          ...kinds.map((type) => ({
            type: ComponentType.ActionRow as const,
            components: [{ type, custom_id: String(type), max_values: 2 }] as [never],
          })),
          {
            type: ComponentType.ActionRow,
            components: [
              {
                type: ComponentType.StringSelect,
                custom_id: 'text',
                placeholder: 'Pick one',
                options: [{ label: 'One', value: '1' }],
              },
            ],
          },
        ],
      });
    };
    const menu = await (await pip.runCommand('ping')).reply();
    const chosen = await pip.select(menu, '5', ['rue', 'tom']);
    expect((await chosen.reply()).content).toBe('chosen');
    expect((await chosen.acknowledged).kind).toBe('deferredUpdate');
    expect(heard.at(-1)).toMatchObject({
      data: {
        component_type: 5,
        values: [DEMO.people.rue, DEMO.people.tom],
        resolved: { members: { [DEMO.people.tom]: { roles: [DEMO.roles.moderator] } } },
      },
    });
    await (await pip.select(menu, '6', 'Senior')).reply();
    expect(heard.at(-1)).toMatchObject({
      data: { resolved: { roles: { [DEMO.roles.senior]: { name: 'Senior' } } } },
    });
    await (await pip.select(menu, '7', ['Senior', 'rue'])).reply();
    expect(heard.at(-1)).toMatchObject({ data: { values: [DEMO.roles.senior, DEMO.people.rue] } });
    await (await pip.select(menu, '8', '#general')).reply();
    expect(heard.at(-1)).toMatchObject({
      data: { resolved: { channels: { [DEMO.channels.general]: { name: 'general' } } } },
    });
    await expect(pip.select(menu, 'Pick one', 'Two')).rejects.toThrow('no choice Two');
    await expect(pip.select(menu, 'Pick one', [])).rejects.toThrow('1 to 1 choices');
  });
});
