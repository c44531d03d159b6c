import type { RegistrationSettings } from '../../src/config/guild/resolved-registration';
import type { AccountTrouble } from '../../src/discord/views/account-log';
import type { Account } from '../../src/domain/registration/account';
import type { Attempt } from '../attempt';
import type { RegistrationDependencies } from './dependencies';
import { isForbidden, isNoMember, isNoRole } from './discord-troubles';

/** Whose role and nickname are to be as their accounts say. */
export interface Registered {
  readonly guildId: string;
  readonly userId: string;
  /** What they had until now: a nickname that is one of these names is taken back. */
  readonly unlinked: readonly Account[];
}

/** Discord's word for why a member changed, in the guild's audit log. */
const REASON = 'Minecraft accounts';
/** A nickname has at most so many characters. */
const LONGEST_NICKNAME = 32;

/**
 * Gives the role and the nickname that belong to the accounts that somebody has now, or takes them back. A try
 * that comes again changes nothing; somebody who is gone needs neither.
 *
 * Accounts may change while Discord is slow, and whoever follows that change up may be through before. So it is
 * looked again after each change: the last one to reach Discord is always followed by a look.
 *
 * @returns what Discord forbids; the rest was done
 */
export async function showMembership(
  deps: Pick<RegistrationDependencies, 'discord' | 'records'>,
  settings: RegistrationSettings,
  { guildId, userId, unlinked }: Registered,
  attempt: Attempt,
): Promise<AccountTrouble[]> {
  let known = unlinked;
  let primary = await primaryOf(deps, guildId, userId);
  for (;;) {
    const shown = { guildId, userId, primary, unlinked: known };
    const troubles = await show(deps, settings, shown, attempt);
    const now = await primaryOf(deps, guildId, userId);
    if (now?.key === primary?.key && now?.name === primary?.name) return troubles;
    // What was shown a moment ago may be what is to be taken back.
    if (primary !== null) known = [...known, primary];
    primary = now;
  }
}

async function primaryOf(
  { records }: Pick<RegistrationDependencies, 'records'>,
  guildId: string,
  userId: string,
): Promise<Account | null> {
  const theirs = await records.accountsOf(guildId, userId);
  return theirs.find(({ primary }) => primary) ?? null;
}

interface Shown extends Registered {
  /** The primary one of all that they have; `null`: they have none. */
  readonly primary: Account | null;
}

async function show(
  { discord }: Pick<RegistrationDependencies, 'discord'>,
  { roleId, nickname }: RegistrationSettings,
  { guildId, userId, primary, unlinked }: Shown,
  { signal }: Attempt,
): Promise<AccountTrouble[]> {
  const troubles: AccountTrouble[] = [];
  const options = { reason: REASON, signal };
  if (roleId !== null) {
    const change =
      primary === null
        ? discord.guilds.removeRoleFromMember(guildId, userId, roleId, options)
        : discord.guilds.addRoleToMember(guildId, userId, roleId, options);
    troubles.push(...(await refusalOf(change, 'role-forbidden')));
  }
  if (nickname) {
    const change = rename(discord, { guildId, userId, primary, unlinked }, options);
    troubles.push(...(await refusalOf(change, 'nickname-forbidden')));
  }
  return troubles;
}

async function rename(
  discord: RegistrationDependencies['discord'],
  { guildId, userId, primary, unlinked }: Shown,
  options: { readonly reason: string; readonly signal: AbortSignal },
): Promise<void> {
  const wanted =
    primary === null ? null : Array.from(primary.name).slice(0, LONGEST_NICKNAME).join('');
  const { signal } = options;
  const { nick } = await discord.guilds.getMember(guildId, userId, { signal });
  if ((nick ?? null) === wanted) return;
  // A nickname that they chose themselves stays when the last account goes.
  if (wanted === null && !unlinked.some(({ name }) => name === nick)) return;
  await discord.guilds.editMember(guildId, userId, { nick: wanted }, options);
}

async function refusalOf(
  change: Promise<unknown>,
  forbidden: AccountTrouble,
): Promise<AccountTrouble[]> {
  try {
    await change;
    return [];
  } catch (error) {
    if (isNoMember(error)) return [];
    if (isNoRole(error)) return ['role-gone'];
    if (isForbidden(error)) return [forbidden];
    throw error;
  }
}
