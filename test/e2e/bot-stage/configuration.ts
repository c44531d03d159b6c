import { WATCHING_DEFAULTS } from '../../../src/config/guild/resolved-servers';
import type { GuildConfiguration } from '../../../src/config/guild/resolved';
import { DEMO } from '../../../sandbox';

const NO_LIMITS = { mostOpen: null, cooldownMs: null, mostPerDay: null };

const field = {
  description: null,
  placeholder: null,
  minLength: null,
  maxLength: 1_500,
} as const;

/** The demo guild with a category that asks two questions and one that asks none. */
export function demoConfiguration(more: Partial<GuildConfiguration> = {}): GuildConfiguration {
  const category = {
    emoji: null,
    kind: 'ticket',
    teamId: 'helpers',
    parentChannelId: DEMO.channels.tickets,
    limits: NO_LIMITS,
    inactivity: null,
    reopenWindowMs: 86_400_000,
  } as const;
  return {
    guildId: DEMO.guild,
    guildName: 'Kestrel Keep',
    adminRoleIds: [DEMO.roles.owner],
    teams: {
      helpers: {
        id: 'helpers',
        name: 'Helpers',
        memberRoleIds: [DEMO.roles.moderator],
        seniorTeamId: 'seniors',
      },
      seniors: {
        id: 'seniors',
        name: 'Seniors',
        memberRoleIds: [DEMO.roles.senior],
        seniorTeamId: null,
      },
    },
    categories: [
      {
        ...category,
        id: 'support',
        title: 'Support',
        emoji: '🛟',
        description: 'Questions and trouble',
        form: [
          { ...field, id: 'subject', label: 'What is it about?', style: 'short', required: true },
          { ...field, id: 'details', label: 'Tell us more', style: 'paragraph', required: false },
        ],
      },
      { ...category, id: 'quick', title: 'Quick question', description: 'At once', form: [] },
    ],
    limits: NO_LIMITS,
    deskLogChannelId: DEMO.channels.deskLog,
    panels: [
      {
        id: 'main',
        title: 'How can we help?',
        description: 'Pick what it is about.',
        categoryIds: ['support', 'quick'],
        style: 'buttons',
      },
    ],
    servers: [],
    watching: WATCHING_DEFAULTS,
    registration: null,
    games: [],
    sources: [],
    shownIn: {},
    ...more,
  };
}
