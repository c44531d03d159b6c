import { describe, expect, it } from '@jest/globals';
import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { changedBits, refusedOnCreate, refusedOnEdit } from './overwrite-rules';
import type { GuildView, MemberView, OverwriteView } from './permissions';

const NOW = 0;
const botPermissions = P.ViewChannel | P.SendMessages | P.ManageChannels | P.ManageRoles;
const guild: GuildView = {
  id: '1',
  owner_id: '10',
  roles: [
    { id: '1', position: 0, permissions: '0' },
    { id: '3', position: 1, permissions: String(botPermissions) },
    { id: '4', position: 2, permissions: String(P.Administrator) },
  ],
};
const bot: MemberView = { user: { id: '20' }, roles: ['3'] };
const admin: MemberView = { user: { id: '21' }, roles: ['4'] };
const overwrite = (id: string, type: 0 | 1, allow: bigint, deny: bigint): OverwriteView => ({
  id,
  type,
  allow: String(allow),
  deny: String(deny),
});

describe('refusedOnCreate', () => {
  it('lets a bot set what it has itself', () => {
    const wanted = [overwrite('1', 0, 0n, P.ViewChannel), overwrite('20', 1, P.SendMessages, 0n)];
    expect(refusedOnCreate(guild, bot, wanted, NOW)).toBe(0n);
  });

  it('refuses to allow or deny what the bot lacks', () => {
    const wanted = [overwrite('1', 0, 0n, P.AttachFiles), overwrite('5', 1, P.ManageMessages, 0n)];
    expect(refusedOnCreate(guild, bot, wanted, NOW)).toBe(P.AttachFiles | P.ManageMessages);
  });

  it('leaves MANAGE_ROLES to administrators', () => {
    const wanted = [overwrite('20', 1, P.ManageRoles, 0n)];
    expect(refusedOnCreate(guild, bot, wanted, NOW)).toBe(P.ManageRoles);
    expect(refusedOnCreate(guild, admin, wanted, NOW)).toBe(0n);
  });
});

describe('refusedOnEdit', () => {
  const channel = (...permission_overwrites: OverwriteView[]) => ({ permission_overwrites });

  it('counts only what changes', () => {
    const foreign = overwrite('5', 1, P.ManageMessages, 0n);
    expect(changedBits([foreign], [foreign])).toBe(0n);
    const after = [foreign, overwrite('6', 1, P.SendMessages, 0n)];
    expect(refusedOnEdit(guild, bot, channel(foreign), undefined, after, NOW)).toBe(0n);
  });

  it('refuses bits that the bot has neither in the guild nor in the parent', () => {
    const after = [overwrite('5', 1, P.AttachFiles, 0n)];
    expect(refusedOnEdit(guild, bot, channel(), undefined, after, NOW)).toBe(P.AttachFiles);
    const parent = channel(overwrite('20', 1, P.AttachFiles, 0n));
    expect(refusedOnEdit(guild, bot, channel(), parent, after, NOW)).toBe(0n);
  });

  it('lets a bot with a MANAGE_ROLES overwrite in the channel set anything there', () => {
    const own = overwrite('20', 1, P.ManageRoles, 0n);
    const after = [own, overwrite('5', 1, P.AttachFiles, 0n)];
    expect(refusedOnEdit(guild, bot, channel(own), undefined, after, NOW)).toBe(0n);
  });

  it('needs MANAGE_ROLES in the channel, though the guild gives it', () => {
    const without = overwrite('3', 0, 0n, P.ManageRoles);
    const after = [without, overwrite('5', 1, P.SendMessages, 0n)];
    expect(refusedOnEdit(guild, bot, channel(without), undefined, after, NOW)).not.toBe(0n);
  });
});
