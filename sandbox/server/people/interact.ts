import { ApplicationCommandType, InteractionType } from 'discord-api-types/v10';
import { ComponentKind } from '../../world/kinds';
import type { ChannelRow, Command, InteractionRow } from '../../world/model';
import { mayUse } from '../commands/may-use';
import { theApplication, type Discord } from '../discord';
import { seen } from '../interactions/state';
import { sendInteraction } from '../interactions/send';
import { memberWithoutUser } from '../views/guild-view';
import { messageView } from '../views/message-view';
import { commandData, type OptionValue } from './command-input';
import { findButton, findSelect, selectValues } from './component-input';
import { findUser, seenChannel, seenMessage } from './find';
import { modalData, type FieldValue } from './modal-input';
import { ClientRefusal } from './refusal';
import { Resolved } from './resolved';

/** Called with a new interaction's id before it is sent. */
export type Watch = (id: string) => void;

/** A slash command, as it is typed. */
export interface TypedSlash {
  userId: string;
  channel: ChannelRow;
  /** Without the slash, subcommands after blanks: `ticket open`. */
  name: string;
  options: Record<string, OptionValue>;
  /** Send it although this person's client does not show it. */
  evenIfHidden: boolean;
  /** The option that is being typed, for an autocomplete. */
  focused?: string | undefined;
}

/** Runs a slash command, or asks for the suggestions of one of its options. */
export function typeCommand(discord: Discord, typed: TypedSlash, watch: Watch): InteractionRow {
  const [name = '', ...path] = typed.name.replace(/^\//, '').trim().split(/\s+/);
  const command = commandFor(discord, name, ApplicationCommandType.ChatInput, typed);
  const data = commandData(discord, typed.userId, typed.channel, {
    command,
    path,
    options: typed.options,
    focused: typed.focused,
  });
  return sendInteraction(
    discord,
    {
      type:
        typed.focused === undefined
          ? InteractionType.ApplicationCommand
          : InteractionType.ApplicationCommandAutocomplete,
      userId: typed.userId,
      channel: typed.channel,
      label: [name, ...path].join(' '),
      commandName: command.name,
      commandId: command.id,
      data,
    },
    watch,
  );
}

function commandFor(
  discord: Discord,
  name: string,
  type: number,
  by: { userId: string; channel: ChannelRow; evenIfHidden: boolean },
): Command {
  const all = [...discord.world.commands.values()].filter(
    (command) =>
      command.type === type &&
      command.name === name &&
      (command.guild_id === undefined || command.guild_id === by.channel.guildId),
  );
  // A guild's own command hides the global one of the same name.
  const command = all.find((one) => one.guild_id !== undefined) ?? all[0];
  if (command === undefined) {
    const names = [...discord.world.commands.values()].map((one) => one.name).join(', ');
    throw new ClientRefusal(
      'unknown-command',
      `There is no command ${name} here; there are: ${names || 'none yet'}.`,
    );
  }
  if (!by.evenIfHidden && !mayUse(discord, command, by.channel, by.userId)) {
    throw new ClientRefusal('not-allowed', `This person does not see the command ${name}.`);
  }
  return command;
}

/** Uses an entry of a user's or a message's context menu. */
export function useMenu(
  discord: Discord,
  by: { userId: string; channel: ChannelRow; evenIfHidden: boolean },
  name: string,
  target: { kind: 'user' | 'message'; id: string },
  watch: Watch,
): InteractionRow {
  const type =
    target.kind === 'user' ? ApplicationCommandType.User : ApplicationCommandType.Message;
  const command = commandFor(discord, name, type, by);
  const resolved = new Resolved(discord, by.channel, by.userId);
  let targetId: string;
  if (target.kind === 'user') {
    targetId = findUser(discord, target.id).id;
    resolved.user(targetId);
  } else {
    const row = seenMessage(discord, by.userId, target.id);
    targetId = row.message.id;
    resolved.put('messages', targetId, messageView(discord, row, by.userId));
  }
  return sendInteraction(
    discord,
    {
      type: InteractionType.ApplicationCommand,
      userId: by.userId,
      channel: by.channel,
      label: `menu:${name}`,
      commandName: command.name,
      commandId: command.id,
      data: {
        id: command.id,
        name: command.name,
        type,
        target_id: targetId,
        ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
        ...resolved.asField(),
      },
    },
    watch,
  );
}

/** Presses a button, or chooses from a menu when `values` are given. */
export function useComponent(
  discord: Discord,
  userId: string,
  messageId: string,
  target: string,
  values: readonly string[] | undefined,
  watch: Watch,
): InteractionRow {
  const row = seenMessage(discord, userId, messageId);
  const channel = seenChannel(discord, userId, row.message.channel_id);
  if (
    row.message.application_id === undefined &&
    row.authorId !== theApplication(discord.world).botId
  ) {
    throw new ClientRefusal('unknown-component', 'The message is not the application’s.');
  }
  const { components } = row.message;
  const component =
    values === undefined ? findButton(components, target) : findSelect(components, target);
  const customId = component.custom_id ?? '';
  const chosen =
    values === undefined
      ? {}
      : (({ values: picked, resolved }) => ({ values: picked, ...resolved }))(
          selectValues(discord, channel, userId, component, values),
        );
  return sendInteraction(
    discord,
    {
      type: InteractionType.MessageComponent,
      userId,
      channel,
      label: customId,
      data: {
        custom_id: customId,
        component_type: component.type,
        ...(component.id === undefined ? {} : { id: component.id }),
        ...(component.type === ComponentKind.Button ? {} : chosen),
      },
      message: sourceView(discord, messageId, userId),
    },
    watch,
  );
}

/** Fills and submits the form that an interaction was answered with. */
export function submitModal(
  discord: Discord,
  userId: string,
  interactionId: string,
  values: Record<string, FieldValue>,
  watch: Watch,
): InteractionRow {
  const opened = discord.world.interactions.get(interactionId);
  const modal = opened?.modal;
  if (opened?.userId !== userId || modal === null || modal === undefined) {
    throw new ClientRefusal('no-modal', 'This person has no such form open.');
  }
  const channel = seenChannel(discord, userId, opened.channelId);
  const data = modalData(discord, channel, userId, modal, values);
  const source = opened.sourceMessageId;
  const stillThere = source !== null && discord.world.message(source) !== undefined;
  return sendInteraction(
    discord,
    {
      type: InteractionType.ModalSubmit,
      userId,
      channel,
      label: modal.custom_id,
      data,
      openedBy: opened.id,
      ...(stillThere ? { message: sourceView(discord, source, userId) } : {}),
    },
    watch,
  );
}

/** The message of a component as its interaction carries it. */
function sourceView(
  discord: Discord,
  messageId: string,
  userId: string,
): Record<string, unknown> & { id: string } {
  const view = seen(discord, messageId, userId);
  if (view === null) throw new ClientRefusal('unknown-message', 'The message is gone.');
  const row = discord.world.message(messageId);
  const member =
    row?.guildId === null || row === undefined
      ? undefined
      : discord.world.member(row.guildId, row.authorId);
  return { ...view, ...(member === undefined ? {} : { member: memberWithoutUser(member) }) };
}
