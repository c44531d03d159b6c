import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { OverwriteSeed, UserSeed, WorldSeed } from '../world/seed';

/**
 * Kestrel Keep, the demo guild: a Minecraft community with its staff, and the bot that the product
 * logs in as. Ids never change, so that tests and configurations may name them.
 */

export const DEMO_TOKEN =
  'MTEwMDAwMDAwMDAwMDAwMDAx.local0.castellan-demo-token-of-the-local-discord';

/** The ids of all that the demo guild consists of. */
export const DEMO = {
  application: '1100000000000000001',
  bot: '1100000000000000001',
  guild: '1100000000000000100',
  roles: {
    owner: '1100000000000000110',
    castellan: '1100000000000000111',
    admin: '1100000000000000112',
    senior: '1100000000000000113',
    moderator: '1100000000000000114',
    player: '1100000000000000115',
  },
  channels: {
    information: '1100000000000000120',
    welcome: '1100000000000000121',
    rules: '1100000000000000122',
    support: '1100000000000000123',
    community: '1100000000000000130',
    general: '1100000000000000131',
    survival: '1100000000000000132',
    tickets: '1100000000000000140',
    staff: '1100000000000000150',
    deskLog: '1100000000000000151',
  },
  people: {
    ada: '1100000000000000200',
    sol: '1100000000000000201',
    mira: '1100000000000000202',
    tom: '1100000000000000203',
    pip: '1100000000000000210',
    rue: '1100000000000000211',
    wren: '1100000000000000212',
  },
} as const;

/** Where the demo's game server listens; castellan.yaml names it. */
export const DEMO_GAME_PORT = 25_599;

/** More players, `player01` to `player60`. */
export const DEMO_CROWD = 60;

/** The id of the nth of the crowd, counted from 1. */
export function crowdId(n: number): string {
  return `11000000000000003${String(n).padStart(2, '0')}`;
}

const EVERYONE =
  P.ViewChannel |
  P.SendMessages |
  P.SendMessagesInThreads |
  P.CreatePublicThreads |
  P.EmbedLinks |
  P.AttachFiles |
  P.AddReactions |
  P.UseExternalEmojis |
  P.ReadMessageHistory |
  P.UseApplicationCommands |
  P.ChangeNickname |
  P.Connect |
  P.Speak;

const MODERATOR = P.ManageMessages | P.PinMessages | P.ModerateMembers | P.ManageThreads;
const SENIOR = MODERATOR | P.KickMembers | P.ManageNicknames;

/** What the bot asks for when it is invited: enough for all that it does, and not Administrator. */
export const CASTELLAN_PERMISSIONS =
  EVERYONE |
  P.ManageChannels |
  P.ManageRoles |
  P.ManageNicknames |
  P.ManageMessages |
  P.PinMessages |
  P.ManageThreads |
  P.ManageWebhooks |
  P.CreatePrivateThreads |
  P.MentionEveryone;

const { roles, channels, people } = DEMO;

/** Hidden from everyone but staff and the bot. */
const STAFF_ONLY: OverwriteSeed[] = [
  { id: DEMO.guild, type: 'role', deny: P.ViewChannel },
  { id: roles.castellan, type: 'role', allow: P.ViewChannel | P.SendMessages | P.ManageChannels },
  { id: roles.admin, type: 'role', allow: P.ViewChannel },
  { id: roles.senior, type: 'role', allow: P.ViewChannel },
  { id: roles.moderator, type: 'role', allow: P.ViewChannel },
];

/** Everyone reads, only the bot and administrators write. */
const READ_ONLY: OverwriteSeed[] = [
  { id: DEMO.guild, type: 'role', deny: P.SendMessages | P.CreatePublicThreads },
  { id: roles.castellan, type: 'role', allow: P.SendMessages },
];

function crowd(): UserSeed[] {
  return Array.from({ length: DEMO_CROWD }, (_, index) => {
    const name = `player${String(index + 1).padStart(2, '0')}`;
    return { id: crowdId(index + 1), username: name, displayName: `Player ${index + 1}` };
  });
}

/** The world of the demo. */
export function demoSeed(): WorldSeed {
  const players = crowd();
  return {
    application: {
      id: DEMO.application,
      name: 'Castellan',
      description: 'Keeps Kestrel Keep.',
      botId: DEMO.bot,
      token: DEMO_TOKEN,
      ownerId: people.ada,
    },
    users: [
      { id: DEMO.bot, username: 'Castellan', bot: true },
      { id: people.ada, username: 'ada', displayName: 'Ada' },
      { id: people.sol, username: 'sol', displayName: 'Sol' },
      { id: people.mira, username: 'mira', displayName: 'Mira' },
      { id: people.tom, username: 'tom', displayName: 'Tom' },
      { id: people.pip, username: 'pip', displayName: 'Pip' },
      { id: people.rue, username: 'rue', displayName: 'Rue' },
      { id: people.wren, username: 'wren', displayName: 'Wren', dmsOpen: false },
      ...players,
    ],
    guilds: [
      {
        id: DEMO.guild,
        name: 'Kestrel Keep',
        ownerId: people.ada,
        everyone: EVERYONE,
        roles: [
          { id: roles.owner, name: 'Owner', color: 0xe0a526, hoist: true },
          {
            id: roles.castellan,
            name: 'Castellan',
            permissions: CASTELLAN_PERMISSIONS,
            managed: true,
          },
          {
            id: roles.admin,
            name: 'Admin',
            permissions: P.Administrator,
            color: 0xc0392b,
            hoist: true,
          },
          { id: roles.senior, name: 'Senior', permissions: SENIOR, color: 0x8e44ad, hoist: true },
          {
            id: roles.moderator,
            name: 'Moderator',
            permissions: MODERATOR,
            color: 0x2980b9,
            hoist: true,
          },
          { id: roles.player, name: 'Player', color: 0x27ae60 },
        ],
        channels: [
          { id: channels.information, name: 'Information', type: 'category' },
          {
            id: channels.welcome,
            name: 'welcome',
            parentId: channels.information,
            topic: 'Welcome to Kestrel Keep.',
            overwrites: READ_ONLY,
          },
          {
            id: channels.rules,
            name: 'rules',
            parentId: channels.information,
            overwrites: READ_ONLY,
          },
          {
            id: channels.support,
            name: 'support',
            parentId: channels.information,
            topic: 'Open a ticket here.',
            overwrites: READ_ONLY,
          },
          { id: channels.community, name: 'Community', type: 'category' },
          { id: channels.general, name: 'general', parentId: channels.community },
          {
            id: channels.survival,
            name: 'survival',
            type: 'voice',
            parentId: channels.community,
          },
          {
            id: channels.tickets,
            name: 'Tickets',
            type: 'category',
            overwrites: STAFF_ONLY,
          },
          { id: channels.staff, name: 'Staff', type: 'category', overwrites: STAFF_ONLY },
          { id: channels.deskLog, name: 'desk-log', parentId: channels.staff },
        ],
        members: [
          { userId: DEMO.bot, roles: [roles.castellan] },
          { userId: people.ada, roles: [roles.owner, roles.admin] },
          { userId: people.sol, roles: [roles.senior] },
          { userId: people.mira, roles: [roles.moderator] },
          { userId: people.tom, roles: [roles.moderator] },
          { userId: people.pip, roles: [roles.player] },
          { userId: people.rue, roles: [roles.player] },
          { userId: people.wren, roles: [roles.player] },
          ...players.map(({ id }) => ({ userId: id, roles: [roles.player] })),
        ],
      },
    ],
  };
}
