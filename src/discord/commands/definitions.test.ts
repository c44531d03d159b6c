import { describe, expect, it } from '@jest/globals';
import {
  ApplicationCommandOptionType as Type,
  InteractionContextType,
  PermissionFlagsBits,
  type APIApplicationCommandOption,
} from 'discord-api-types/v10';
import type { Command } from '../interactions/command';
import { commands, registrationCommands } from '../registry';
import { server } from './server';

const all: readonly (readonly [string, Command])[] = Object.entries(commands);

/**
 * What Discord refuses about options
 * (https://docs.discord.com/developers/interactions/application-commands#application-command-object).
 *
 * @returns nothing for options that are as they should be
 */
function breaches(options: readonly APIApplicationCommandOption[], path: string): string[] {
  const found = options.length <= 25 ? [] : [`${path}: ${options.length} options`];
  if (new Set(options.map(({ name }) => name)).size < options.length)
    found.push(`${path}: a name twice`);
  const firstOptional = options.findIndex(({ required }) => required !== true);
  const lastRequired = options.findLastIndex(({ required }) => required === true);
  if (firstOptional >= 0 && lastRequired > firstOptional) {
    found.push(`${path}: what is required must come first`);
  }
  return [
    ...found,
    ...options.flatMap((option) => optionBreaches(option, `${path} ${option.name}`)),
  ];
}

function optionBreaches(option: APIApplicationCommandOption, path: string): string[] {
  const { name, description } = option;
  const found = [
    ...(/^[-_\p{L}\p{N}]{1,32}$/u.test(name) && name === name.toLowerCase()
      ? []
      : [`${path}: its name`]),
    ...(description.length >= 1 && description.length <= 100
      ? []
      : [`${path}: a description of ${description.length} characters`]),
  ];
  if (option.type === Type.Subcommand || option.type === Type.SubcommandGroup) {
    return [...found, ...breaches(option.options ?? [], path)];
  }
  if (option.type === Type.String) {
    const { min_length: least = 0, max_length: most = 6_000 } = option;
    if (least < 0 || most < 1 || most > 6_000 || least > most) found.push(`${path}: its length`);
    if (option.choices !== undefined && option.autocomplete === true) {
      found.push(`${path}: choices and completions`);
    }
    if (option.choices === undefined && option.max_length === undefined) {
      found.push(`${path}: no limit of its length`);
    }
  }
  return found;
}

describe('a command', () => {
  it.each(all)('/%s is one that Discord takes', (name, { data }) => {
    expect(data.name).toBe(name);
    expect(data.name).toMatch(/^[a-z]{1,32}$/);
    expect(data.description.length).toBeGreaterThan(0);
    expect(data.description.length).toBeLessThanOrEqual(100);
    expect(breaches(data.options ?? [], `/${name}`)).toEqual([]);
    expect(JSON.stringify(data).length).toBeLessThanOrEqual(8_000);
  });

  it.each(all)('/%s is used on servers', (_, { data }) => {
    expect(data.contexts).toEqual([InteractionContextType.Guild]);
  });

  it.each(all)('/%s completes what it says that it completes', (_, command) => {
    const completing = JSON.stringify(command.data).includes('"autocomplete":true');
    expect('autocomplete' in command).toBe(completing);
  });
});

describe('the commands about accounts', () => {
  const permissions = (name: keyof typeof registrationCommands) =>
    registrationCommands[name].data.default_member_permissions;

  it('are for everybody, for staff, and for administrators', () => {
    expect([permissions('register'), permissions('accounts'), permissions('unregister')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(permissions('account')).toBe(String(PermissionFlagsBits.ManageMessages));
    expect(permissions('server')).toBe(String(PermissionFlagsBits.ManageGuild));
  });

  it('leave /server all that it had', () => {
    const before = server.data.options.map(({ name }) => name);
    const after = (registrationCommands.server.data.options ?? []).map(({ name }) => name);
    expect(after).toEqual([...before, 'whitelist']);
  });

  it('ask staff for a reason', () => {
    const { options = [] } = registrationCommands.account.data;
    for (const name of ['link', 'unlink']) {
      const subcommand = options.find((option) => option.name === name);
      const inner = subcommand !== undefined && 'options' in subcommand ? subcommand.options : [];
      expect(inner.find((option) => option.name === 'reason')).toMatchObject({ required: true });
    }
  });
});
