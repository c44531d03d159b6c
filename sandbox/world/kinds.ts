import {
  ApplicationCommandOptionType,
  ChannelType,
  ComponentType,
  MessageType,
} from 'discord-api-types/v10';

/**
 * Discord's own names of its numbers, as plain numbers: rows hold what requests brought, and that
 * is a number before it is anything else.
 */
type Numbers<Enum> = Readonly<Record<keyof Enum, number>>;

export const ChannelKind: Numbers<typeof ChannelType> = ChannelType;
export const ComponentKind: Numbers<typeof ComponentType> = ComponentType;
export const MessageKind: Numbers<typeof MessageType> = MessageType;
export const OptionKind: Numbers<typeof ApplicationCommandOptionType> =
  ApplicationCommandOptionType;
