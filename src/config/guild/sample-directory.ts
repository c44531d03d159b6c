import type { Directory, DirectoryGuild } from './directory';

/** What a bot sees that is in the demo guild and in another one; for tests. */
export const keep: DirectoryGuild = {
  id: '100',
  name: 'Kestrel Keep',
  roles: [
    { id: '100', name: '@everyone' },
    { id: '201', name: 'Owner' },
    { id: '202', name: 'Admin' },
    { id: '203', name: 'Senior' },
    { id: '204', name: 'Moderator' },
    { id: '205', name: 'Player' },
  ],
  channels: [
    { id: '301', name: 'Tickets', type: 4 },
    { id: '302', name: 'support', type: 0 },
    { id: '303', name: 'desk-log', type: 0 },
    { id: '304', name: 'Lobby', type: 2 },
    { id: '305', name: null, type: 0 },
    { id: '306', name: 'general', type: 0 },
    { id: '307', name: 'survival', type: 2 },
    { id: '308', name: 'news', type: 5 },
    {
      ...{ id: '309', name: 'releases', type: 15 },
      tags: [
        { id: '401', name: 'Server' },
        { id: '402', name: 'Mods' },
      ],
    },
  ],
};
export const directory: Directory = { guilds: [{ ...keep, id: '9', name: 'Other' }, keep] };
