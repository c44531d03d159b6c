import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import { discordCode } from '../discord/codes';

/** Whether Discord refuses for want of rights, or because our role is below the other one. */
export function isForbidden(error: unknown): boolean {
  const code = discordCode(error);
  return (
    code === RESTJSONErrorCodes.MissingPermissions || code === RESTJSONErrorCodes.MissingAccess
  );
}

/** Whether somebody is not in the guild (any more). */
export function isNoMember(error: unknown): boolean {
  const code = discordCode(error);
  return code === RESTJSONErrorCodes.UnknownMember || code === RESTJSONErrorCodes.UnknownUser;
}

export function isNoRole(error: unknown): boolean {
  return discordCode(error) === RESTJSONErrorCodes.UnknownRole;
}
