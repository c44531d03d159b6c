import type { ChannelSnapshot } from '../control/snapshots';
import type { InteractionState, SeenMessage } from '../server/interactions/state';
import type { ChosenFile, OptionValue } from '../server/people/command-input';
import type { FieldValue } from '../server/people/modal-input';
import type { DriverConnection } from './connection';
import { InteractionHandle, type OpenModal } from './interaction-handle';

/** What may be put into a command's option: a person stands for their id. */
export type GivenOption = OptionValue | Person;

/** Where a command is typed; default: the first text channel that the person sees. */
export interface Where {
  channelId?: string;
  /** Send the command although this person's client does not show it. */
  evenIfHidden?: boolean;
}

/** Somebody who uses Discord. */
export class Person {
  constructor(
    private readonly connection: DriverConnection,
    readonly id: string,
    readonly name: string,
    private readonly guildId: string | undefined,
  ) {}

  /**
   * Types a slash command.
   * @param name without the slash, subcommands after blanks: `ticket open`
   * @param options by name; users, roles and channels by id or name; files as `{ filename, content }`
   */
  async runCommand(
    name: string,
    options: Record<string, GivenOption> = {},
    where: Where = {},
  ): Promise<InteractionHandle> {
    const state = await this.connection.call('person/command', {
      ...this.at(where),
      name,
      options: bare(options),
    });
    return this.handle(state);
  }

  /** Asks for the suggestions of the option that is being typed. */
  async autocomplete(
    name: string,
    focused: string,
    options: Record<string, GivenOption> = {},
    where: Where = {},
  ): Promise<{ name: string; value: string | number }[]> {
    const state = await this.connection.call('person/command', {
      ...this.at(where),
      name,
      options: bare(options),
      focused,
    });
    return this.handle(state).choices();
  }

  /** Uses an entry of the context menu of a message, or of a person. */
  async contextMenu(
    name: string,
    target: Person | { id: string },
    where: Where = {},
  ): Promise<InteractionHandle> {
    const kind = target instanceof Person ? 'user' : 'message';
    const state = await this.connection.call('person/menu', {
      ...this.at(where),
      name,
      target: { kind, id: target.id },
    });
    return this.handle(state);
  }

  /** Presses a button of a message. */
  async click(message: { id: string }, customIdOrLabel: string): Promise<InteractionHandle> {
    const state = await this.connection.call('person/component', {
      userId: this.id,
      messageId: message.id,
      target: customIdOrLabel,
    });
    return this.handle(state);
  }

  /** Chooses from a menu of a message; options by value or label, others by id or name. */
  async select(
    message: { id: string },
    customIdOrPlaceholder: string,
    values: string | string[],
  ): Promise<InteractionHandle> {
    const state = await this.connection.call('person/component', {
      userId: this.id,
      messageId: message.id,
      target: customIdOrPlaceholder,
      values: Array.isArray(values) ? values : [values],
    });
    return this.handle(state);
  }

  /** Fills a form and submits it; fields by custom_id or label. */
  async submitModal(
    modal: Pick<OpenModal, 'interactionId'>,
    values: Record<string, FieldValue>,
  ): Promise<InteractionHandle> {
    const state = await this.connection.call('person/submit', {
      userId: this.id,
      interactionId: modal.interactionId,
      values,
    });
    return this.handle(state);
  }

  /** Writes a message. */
  write(
    channelId: string,
    content: string,
    more: { attachments?: ChosenFile[]; replyTo?: { id: string } } = {},
  ): Promise<SeenMessage> {
    return this.connection.call('person/write', {
      userId: this.id,
      channelId,
      content,
      ...(more.attachments === undefined ? {} : { attachments: more.attachments }),
      ...(more.replyTo === undefined ? {} : { replyTo: more.replyTo.id }),
    });
  }

  /** Edits an own message. */
  edit(message: { id: string }, content: string): Promise<SeenMessage> {
    return this.connection.call('person/edit', { userId: this.id, messageId: message.id, content });
  }

  /** Deletes a message by hand. */
  async delete(message: { id: string }): Promise<void> {
    await this.connection.call('person/delete', { userId: this.id, messageId: message.id });
  }

  async react(message: { id: string }, emoji: string): Promise<void> {
    await this.connection.call('person/react', { userId: this.id, messageId: message.id, emoji });
  }

  async unreact(message: { id: string }, emoji: string): Promise<void> {
    const input = { userId: this.id, messageId: message.id, emoji, remove: true };
    await this.connection.call('person/react', input);
  }

  /** Deletes a channel by hand, if this person may. */
  async deleteChannel(channelId: string): Promise<void> {
    await this.connection.call('person/deleteChannel', { userId: this.id, channelId });
  }

  /** Starts a public thread, from a message or without one. */
  startThread(channelId: string, name: string, message?: { id: string }): Promise<ChannelSnapshot> {
    return this.connection.call('person/startThread', {
      userId: this.id,
      channelId,
      name,
      ...(message === undefined ? {} : { messageId: message.id }),
    });
  }

  /** What this person sees in a channel, oldest first, own ephemeral messages included. */
  see(channelId: string, page: { limit?: number; before?: string } = {}): Promise<SeenMessage[]> {
    return this.connection.call('person/see', { userId: this.id, channelId, ...page });
  }

  /** The channels and threads that this person sees. */
  visibleChannels(): Promise<ChannelSnapshot[]> {
    return this.connection.call('person/channels', { userId: this.id, ...this.guild() });
  }

  /** The channel of this person's direct messages with the bot. */
  async directMessages(): Promise<string> {
    const { channelId } = await this.connection.call('person/openDirectMessages', {
      userId: this.id,
    });
    return channelId;
  }

  /** Changes what others see of this person, their roles (by id or name), or who may write to them. */
  async set(change: {
    dmsOpen?: boolean;
    roles?: string[];
    displayName?: string;
    nick?: string | null;
  }): Promise<void> {
    await this.connection.call('people/set', { userId: this.id, ...this.guild(), ...change });
  }

  /** Leaves the guild. */
  async leave(): Promise<void> {
    await this.connection.call('people/leave', { userId: this.id, ...this.guild() });
  }

  /** Somebody with the right to do so bans this person from the guild. */
  async beBanned(): Promise<void> {
    await this.connection.call('people/ban', { userId: this.id, ...this.guild() });
  }

  /** Joins the guild (again). */
  async join(roles: string[] = []): Promise<void> {
    await this.connection.call('people/join', { userId: this.id, ...this.guild(), roles });
  }

  private guild(): { guildId?: string } {
    return this.guildId === undefined ? {} : { guildId: this.guildId };
  }

  private at(where: Where): {
    userId: string;
    guildId?: string;
    channelId?: string;
    evenIfHidden: boolean;
  } {
    return {
      userId: this.id,
      ...this.guild(),
      ...(where.channelId === undefined ? {} : { channelId: where.channelId }),
      evenIfHidden: where.evenIfHidden ?? false,
    };
  }

  private handle(state: InteractionState): InteractionHandle {
    return new InteractionHandle(state, (update) => {
      this.connection.onInteraction(state.id, update);
    });
  }
}

function bare(options: Record<string, GivenOption>): Record<string, OptionValue> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      value instanceof Person ? value.id : value,
    ]),
  );
}
