import { describe, expect, it } from '@jest/globals';
import { ApplicationCommandOptionType as Type } from 'discord-api-types/v10';
import { readOptions } from './options';

describe('the options of a command', () => {
  it('are found below the subcommand', () => {
    const input = readOptions([
      {
        type: Type.Subcommand,
        name: 'close',
        options: [
          { type: Type.Integer, name: 'number', value: 12 },
          { type: Type.String, name: 'reason', value: 'done' },
        ],
      },
    ]);
    expect(input.subcommand).toBe('close');
    expect(input.number('number')).toBe(12);
    expect(input.text('reason')).toBe('done');
    expect(input.text('number')).toBeNull();
    expect(input.number('nothing')).toBeNull();
    expect(input.focused).toBeNull();
  });

  it('are found without a subcommand, and below a group of them', () => {
    expect(readOptions(undefined).subcommand).toBe('');
    expect(readOptions([{ type: Type.String, name: 'a', value: 'b' }]).text('a')).toBe('b');
    const grouped = readOptions([
      {
        type: Type.SubcommandGroup,
        name: 'user',
        options: [{ type: Type.Subcommand, name: 'add', options: [] }],
      },
    ]);
    expect(grouped.subcommand).toBe('user add');
  });

  it('name the one that is being typed', () => {
    const { focused } = readOptions([
      {
        type: Type.Subcommand,
        name: 'open',
        options: [{ type: Type.String, name: 'category', value: 'su', focused: true }],
      },
    ]);
    expect(focused).toEqual({ name: 'category', value: 'su' });
  });
});
