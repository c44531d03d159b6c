import { describe, expect, it } from '@jest/globals';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { GuildView, MemberView, RoleView } from './permissions';
import {
  canAssignRole,
  compareRoles,
  isAboveMember,
  isAboveRole,
  ungrantable,
} from './role-hierarchy';

const NOW = 0;
const role = (id: string, position: number, permissions = 0n): RoleView => ({
  id,
  position,
  permissions: String(permissions),
});
const everyone = role('1', 0);
const player = role('2', 1);
const bot = role('3', 2, P.ManageRoles | P.ViewChannel);
const admin = role('4', 3, P.Administrator);
const guild: GuildView = { id: '1', owner_id: '10', roles: [everyone, player, bot, admin] };
const member = (id: string, ...roles: string[]): MemberView => ({ user: { id }, roles });

describe('role hierarchy', () => {
  it('ranks by position, then by the lower id', () => {
    expect(compareRoles(bot, player)).toBeGreaterThan(0);
    expect(compareRoles(role('7', 1), role('8', 1))).toBeGreaterThan(0);
    expect(compareRoles(player, player)).toBe(0);
  });

  it('lets nobody touch their own highest role or a higher one, but the owner', () => {
    const me = member('20', '3');
    expect(isAboveRole(guild, me, player)).toBe(true);
    expect(isAboveRole(guild, me, bot)).toBe(false);
    expect(isAboveRole(guild, me, admin)).toBe(false);
    expect(isAboveRole(guild, member('10'), admin)).toBe(true);
  });

  it('needs MANAGE_ROLES to give a role', () => {
    expect(canAssignRole(guild, member('20', '3'), player, NOW)).toBe(true);
    expect(canAssignRole(guild, member('20', '2'), everyone, NOW)).toBe(false);
  });

  it('puts the owner above all and equals beside each other', () => {
    expect(isAboveMember(guild, member('20', '4'), member('10'))).toBe(false);
    expect(isAboveMember(guild, member('10'), member('20', '4'))).toBe(true);
    expect(isAboveMember(guild, member('20', '3'), member('21', '3'))).toBe(false);
    expect(isAboveMember(guild, member('20', '3'), member('21'))).toBe(true);
  });

  it('lets nobody grant a permission that they do not have', () => {
    const me = member('20', '3');
    expect(ungrantable(guild, me, '0', String(P.ViewChannel), NOW)).toBe(0n);
    expect(ungrantable(guild, me, '0', String(P.BanMembers), NOW)).toBe(P.BanMembers);
    expect(ungrantable(guild, me, String(P.BanMembers), String(P.BanMembers), NOW)).toBe(0n);
  });
});
