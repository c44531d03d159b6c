import type { GuildConfiguration } from '../../config/guild/resolved';
import { actorOf } from '../guilds/actor';
import { configurationOf, type Call } from '../interactions/call';
import { answer } from '../views/answer';

/** What somebody reads who is no administrator. */
export const NOT_ADMIN = answer(
  'Only administrators can manage the watched servers. `/servers` shows how they are.',
);

/** What somebody reads who may not take care of outages. */
export const NOT_ON_CALL =
  'Only administrators and the roles that are called when a server is down can do that.';

/** @throws ConfigurationUnavailable */
export async function isAdmin(call: Call): Promise<boolean> {
  const configuration = await configurationOf(call);
  return actorOf(call.member.user.id, call.member, configuration).admin;
}

/**
 * Whether the person may acknowledge outages and note something on them: administrators, whoever has a role
 * that is pinged at the beginning of an outage, and the senior team with the teams above it.
 *
 * @throws ConfigurationUnavailable
 */
export async function mayHandleOutages(call: Call): Promise<boolean> {
  const configuration = await configurationOf(call);
  if (actorOf(call.member.user.id, call.member, configuration).admin) return true;
  return (
    configuration !== null &&
    rolesOnCall(configuration).some((id) => call.member.roles.includes(id))
  );
}

/** The roles whose members take care of outages. */
export function rolesOnCall({ watching, teams }: GuildConfiguration): readonly string[] {
  const senior: string[] = [];
  let team = watching.seniorTeamId === null ? undefined : teams[watching.seniorTeamId];
  // The chain of teams has no cycle; the configuration refuses one.
  while (team !== undefined) {
    senior.push(...team.memberRoleIds);
    team = team.seniorTeamId === null ? undefined : teams[team.seniorTeamId];
  }
  return [...watching.pingRoleIds, ...senior];
}
