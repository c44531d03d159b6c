import { ComponentKind } from '../../world/kinds';
import type { ChannelRow, Component, JsonObject } from '../../world/model';
import type { Discord } from '../discord';
import { everyComponent } from '../messages/message-form';
import { findChannel, findUser } from './find';
import { ClientRefusal } from './refusal';
import { Resolved } from './resolved';

const SELECTS: number[] = [
  ComponentKind.StringSelect,
  ComponentKind.UserSelect,
  ComponentKind.RoleSelect,
  ComponentKind.MentionableSelect,
  ComponentKind.ChannelSelect,
];

/** The button of that custom_id or label. */
export function findButton(components: readonly Component[], target: string): Component {
  const buttons = [...everyComponent(components)].filter(
    (component) => component.type === ComponentKind.Button,
  );
  const found =
    buttons.find((button) => button.custom_id === target) ??
    buttons.find((button) => button.label === target);
  return usable(found, target, buttons);
}

/** The select of that custom_id or placeholder. */
export function findSelect(components: readonly Component[], target: string): Component {
  const selects = [...everyComponent(components)].filter((one) => SELECTS.includes(one.type));
  const found =
    selects.find((select) => select.custom_id === target) ??
    selects.find((select) => select.placeholder === target);
  return usable(found, target, selects);
}

function usable(
  found: Component | undefined,
  target: string,
  all: readonly Component[],
): Component {
  if (found === undefined) {
    const there = all.map((one) => one.label ?? one.placeholder ?? one.custom_id).join(', ');
    throw new ClientRefusal(
      'unknown-component',
      `There is no ${target}; there are: ${there || 'none'}.`,
    );
  }
  if (found.disabled === true) {
    throw new ClientRefusal('disabled-component', `${target} is disabled.`);
  }
  if (found.custom_id === undefined) {
    throw new ClientRefusal('unknown-component', `${target} is a link: nobody hears of the click.`);
  }
  return found;
}

/** The values of a select with the objects that they stand for; users, roles, channels by id or name. */
export function selectValues(
  discord: Discord,
  channel: ChannelRow,
  userId: string,
  select: Component,
  chosen: readonly string[],
): { values: string[]; resolved: JsonObject } {
  const name = select.placeholder ?? select.custom_id ?? 'the menu';
  const least = select.min_values ?? 1;
  const most = select.max_values ?? 1;
  if (chosen.length < least || chosen.length > most) {
    throw new ClientRefusal('invalid-choice', `${name} takes ${least} to ${most} choices.`);
  }
  const resolved = new Resolved(discord, channel, userId);
  const values = chosen.map((choice) => oneValue(discord, channel, select, choice, resolved));
  return { values, resolved: resolved.asField() };
}

function oneValue(
  discord: Discord,
  channel: ChannelRow,
  select: Component,
  choice: string,
  resolved: Resolved,
): string {
  switch (select.type) {
    case ComponentKind.UserSelect: {
      const { id } = findUser(discord, choice);
      resolved.user(id);
      return id;
    }
    case ComponentKind.ChannelSelect: {
      const found = findChannel(discord, channel.guildId ?? '', choice);
      resolved.channelOf(found.id);
      return found.id;
    }
    case ComponentKind.RoleSelect:
    case ComponentKind.MentionableSelect: {
      const guild =
        channel.guildId === null ? undefined : discord.world.guilds.get(channel.guildId);
      const role = guild?.roles.find((one) => one.id === choice || one.name === choice);
      if (role !== undefined) {
        resolved.role(role.id);
        return role.id;
      }
      if (select.type === ComponentKind.RoleSelect) {
        throw new ClientRefusal('invalid-choice', `There is no role ${choice}.`);
      }
      const { id } = findUser(discord, choice);
      resolved.user(id);
      return id;
    }
    default: {
      const option = select.options?.find((one) => one.value === choice || one.label === choice);
      if (option !== undefined) return option.value;
      const there = select.options?.map((one) => one.value).join(', ');
      throw new ClientRefusal(
        'invalid-choice',
        `There is no choice ${choice}; there are: ${there}.`,
      );
    }
  }
}
