import type { AccountActivities } from '../../workflows/account/activities';
import type { RegistrationActivities } from '../../workflows/registration/activities';
import type { WhitelistActivities } from '../../workflows/whitelist/activities';
import { attempt } from '../attempt';
import { applyWhitelist } from './apply-whitelist';
import { changeAccounts } from './change-accounts';
import { checkWhitelist, tellCheckFailed } from './check-whitelist';
import { concludeRegistration } from './conclude';
import type { RegistrationDependencies } from './dependencies';
import { followAccounts } from './follow-accounts';
import { linkAccount } from './link-account';
import { sendCode } from './send-code';
import { watchGame } from './watch-game';

export { bridgeOpener } from './bridges';
export type { RegistrationDependencies } from './dependencies';
export { GameEars } from './game-ears';

/** The activities of registrations, accounts and whitelists over real parts. */
export function createRegistrationActivities(
  deps: RegistrationDependencies,
): RegistrationActivities & AccountActivities & WhitelistActivities {
  const { log } = deps;
  return {
    sendCode: (request) => attempt(log, (run) => sendCode(deps, request, run)),
    linkAccount: (request) => attempt(log, (run) => linkAccount(deps, request, run)),
    concludeRegistration: (request) =>
      attempt(log, (run) => concludeRegistration(deps, request, run)),
    watchGame: (request) => attempt(log, (run) => watchGame(deps, request, run)),
    changeAccounts: (input) => attempt(log, (run) => changeAccounts(deps, input, run)),
    followAccounts: (change) => attempt(log, (run) => followAccounts(deps, change, run)),
    applyWhitelist: (request) => attempt(log, (run) => applyWhitelist(deps, request, run)),
    checkWhitelist: (input) => attempt(log, (run) => checkWhitelist(deps, input, run)),
    tellCheckFailed: (input) => attempt(log, (run) => tellCheckFailed(deps, input, run)),
  };
}
