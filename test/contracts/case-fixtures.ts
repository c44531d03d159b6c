import type { CasePolicy } from '../../src/domain/cases/case';
import type { OpeningLimits } from '../../src/domain/cases/limits';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import { WATCHING_DEFAULTS } from '../../src/config/guild/resolved-servers';
import type { Opening } from '../../src/db/cases';

export const GUILD = '900000000000000001';
export const OTHER_GUILD = '900000000000000002';
export const OPENER = '100000000000000001';
export const STAFF = '200000000000000001';
export const SENIOR = '200000000000000002';

export const NO_LIMITS: OpeningLimits = { mostOpen: null, cooldownMs: null, mostPerDay: null };

export const POLICY: CasePolicy = {
  teamChain: ['helpers', 'seniors'],
  inactivity: { warnAfterMs: 86_400_000, closeAfterMs: 172_800_000 },
  reopenWindowMs: 604_800_000,
};

/** The smallest configuration of a guild. */
export function guildNamed(guildName: string, guildId: string = GUILD): GuildConfiguration {
  return {
    guildId,
    guildName,
    adminRoleIds: ['300000000000000001'],
    teams: {},
    categories: [],
    limits: NO_LIMITS,
    deskLogChannelId: null,
    panels: [],
    servers: [],
    watching: WATCHING_DEFAULTS,
    registration: null,
    games: [],
    sources: [],
    shownIn: {},
  };
}

/** A ticket that nobody minds, but for what the test says. */
export function opening(caseId: string, more: Partial<Opening> = {}): Opening {
  return {
    caseId,
    guildId: GUILD,
    kind: 'ticket',
    categoryId: 'help',
    categoryTitle: 'Help',
    openerId: OPENER,
    openerName: 'Alex',
    policy: POLICY,
    limits: { guild: NO_LIMITS, category: null },
    answers: [],
    now: Date.UTC(2026, 0, 10, 12),
    ...more,
  };
}
