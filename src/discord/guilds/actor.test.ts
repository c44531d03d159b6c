import { describe, expect, it } from '@jest/globals';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { actorOf, isAnyStaff } from './actor';
import { exampleConfiguration } from '../../../test/e2e/bot-stage/example-configuration';

describe('an actor', () => {
  const configuration = exampleConfiguration();

  it.each([
    ['nobody in particular', [], undefined, [], false],
    ['a helper', ['role-helper', 'other'], '0', ['helpers'], false],
    ['somebody of two teams', ['role-helper', 'role-senior'], '0', ['helpers', 'seniors'], false],
    ['an administrator by role', ['role-admin'], '0', [], true],
    ['an administrator by permission', [], String(PermissionFlagsBits.Administrator), [], true],
    ['somebody with all other permissions', [], String(~8n & ((1n << 50n) - 1n)), [], false],
    ['somebody whose permissions make no sense', [], 'all', [], false],
  ])('is %s', (_, roles, permissions, teams, admin) => {
    const rights = { roles, ...(permissions !== undefined && { permissions }) };
    expect(actorOf('7', rights, configuration)).toEqual({ userId: '7', teams, admin });
  });

  it('belongs to no team while the guild is not set up', () => {
    const actor = actorOf('7', { roles: ['role-helper'] }, null);
    expect(isAnyStaff(actor)).toBe(false);
  });
});
