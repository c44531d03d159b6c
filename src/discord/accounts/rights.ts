import { isAnyStaff } from '../guilds/actor';
import { personOf, type Call } from '../interactions/call';
import { answer, type Answer } from '../views/answer';

/** What somebody reads who is in no team. */
export const NOT_STAFF: Answer = answer(
  'This is for the team. `/accounts` shows your own accounts.',
);

/** Whether the person may look at, link and unlink other people's accounts. @throws ConfigurationUnavailable */
export async function mayHandleAccounts(call: Call): Promise<boolean> {
  return isAnyStaff(await personOf(call));
}
