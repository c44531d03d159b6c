import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { IncidentPolicy } from '../../src/domain/watching/incident';

/** What of the guild's configuration stays with an incident that opens now. */
export function policyOf({ watching, teams }: GuildConfiguration): IncidentPolicy {
  const senior = watching.seniorTeamId === null ? undefined : teams[watching.seniorTeamId];
  return {
    alertChannelId: watching.alertsChannelId,
    pingRoleIds: watching.pingRoleIds,
    seniorRoleIds: senior?.memberRoleIds ?? [],
    raiseAfterMs: watching.raiseAfterMs,
    remindAfterMs: watching.remindAfterMs,
    publicChannelId: watching.publicChannelId,
  };
}
