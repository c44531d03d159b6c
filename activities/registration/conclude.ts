import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { AccountLogEntry, AccountTrouble } from '../../src/discord/views/account-log';
import type { RegistrationEnd } from '../../src/discord/views/registration-end';
import type { Account } from '../../src/domain/registration/account';
import type { ConclusionRequest } from '../../workflows/registration/activities';
import type { Attempt } from '../attempt';
import { serverName, whitelistsOf } from './bridges';
import type { RegistrationDependencies } from './dependencies';
import { showMembership } from './membership';
import { tellEnd } from './tell-end';
import { tellStaff } from './tell-staff';
import { wantWhitelists } from './want-whitelists';

/** @see RegistrationActivities.concludeRegistration */
export async function concludeRegistration(
  deps: RegistrationDependencies,
  request: ConclusionRequest,
  attempt: Attempt,
): Promise<void> {
  const { registration, state, events, watched, heard } = request;
  const { registrationId, guildId } = registration;
  const configuration = await deps.guilds.get(guildId);
  await deps.records.recordRegistration({ registrationId, guildId, state, events });
  // The player looks at the game, the user at Discord: neither waits for the other.
  const inGame = deps.ears.conclude({ guildId, registrationId, serverIds: watched }, heard);
  const verified = await followSuccess(deps, request, configuration, attempt);
  const end = endOf(request, configuration, verified);
  if (end === null) return;
  const untold = await tellEnd(deps, { request, configuration, end }, attempt);
  const troubles = [...(verified?.troubles ?? []), ...(untold ? [untold] : [])];
  await tellStaff(
    deps,
    {
      channelId: configuration?.registration?.logChannelId ?? null,
      key: keyOf(request),
      since: registration.startedAt,
      entries: newsOf(request, configuration, troubles),
    },
    attempt,
  );
  await inGame;
}

/** The same for every try of this conclusion, and for no other attempt to register. */
function keyOf({ registration }: ConclusionRequest): string {
  return `${registration.registrationId}.${registration.startedAt}`;
}

/** What came of a success. */
interface Success {
  readonly account: Account | null;
  readonly troubles: readonly AccountTrouble[];
  readonly whitelists: readonly string[];
}

/** The role, the nickname, and the whitelists. */
async function followSuccess(
  deps: RegistrationDependencies,
  { registration, state, accountKey }: ConclusionRequest,
  configuration: GuildConfiguration | null,
  attempt: Attempt,
): Promise<Success | null> {
  if (state.status !== 'verified' || accountKey === null) return null;
  const { guildId, userId } = registration;
  const settings = configuration?.registration ?? null;
  const accounts = await deps.records.accountsOf(guildId, userId);
  const account = accounts.find(({ key }) => key === accountKey) ?? null;
  // It was taken away again meanwhile, which has been followed up by itself.
  if (settings === null || account === null) return { account, troubles: [], whitelists: [] };
  const registered = { guildId, userId, unlinked: [] };
  const troubles = await showMembership(deps, settings, registered, attempt);
  const whitelists = whitelistsOf(configuration, account);
  const untold = await Promise.all(
    whitelists.map((serverId) => deps.records.countWhitelistPending({ guildId, serverId })),
  );
  // An account that was on them already needs nothing.
  await wantWhitelists(
    deps,
    guildId,
    whitelists.filter((_serverId, index) => untold[index] !== 0),
  );
  return { account, troubles, whitelists };
}

/** `null`: it is not over. */
function endOf(
  { state }: ConclusionRequest,
  configuration: GuildConfiguration | null,
  success: Success | null,
): RegistrationEnd | null {
  const name = (serverId: string): string => serverName(configuration, serverId);
  switch (state.status) {
    case 'verified': {
      const { account = null, troubles = [], whitelists = [] } = success ?? {};
      return {
        ended: 'verified',
        serverName: name(state.proof?.serverId ?? ''),
        primary: account?.primary ?? false,
        roleId: configuration?.registration?.roleId ?? null,
        whitelists: whitelists.map(name),
        troubles: [
          ...(troubles.some(isOfRole) ? (['role'] as const) : []),
          ...(troubles.includes('nickname-forbidden') ? (['nickname'] as const) : []),
        ],
      };
    }
    case 'rejected':
      return state.rejection && { ended: 'rejected', rejection: state.rejection };
    case 'timed-out':
    case 'cancelled':
      return { ended: state.status };
    case 'locked':
      return { ended: 'locked', until: state.lockedUntil ?? 0 };
    case 'refused':
      return state.refusal && { ended: 'refused', refusal: state.refusal };
    case 'starting':
    case 'waiting':
    case 'linking':
      return null;
  }
}

function isOfRole(trouble: AccountTrouble): boolean {
  return trouble === 'role-forbidden' || trouble === 'role-gone';
}

/** What staff read of it. A time that ran out is nobody's business. */
function newsOf(
  { registration, state }: ConclusionRequest,
  configuration: GuildConfiguration | null,
  troubles: readonly AccountTrouble[],
): AccountLogEntry[] {
  const { userId } = registration;
  const account = { edition: registration.edition, name: registration.name };
  const entries: AccountLogEntry[] = [];
  if (state.status === 'verified') {
    const where = serverName(configuration, state.proof?.serverId ?? '');
    entries.push({ type: 'verified', userId, account, serverName: where });
  }
  if (state.status === 'locked') {
    entries.push({ type: 'locked', userId, account, until: state.lockedUntil ?? 0 });
  }
  if (state.rejection?.refused === 'taken') entries.push({ type: 'taken', userId, account });
  return [
    ...entries,
    ...troubles.map((trouble) => ({ type: 'trouble', userId, trouble }) as const),
  ];
}
