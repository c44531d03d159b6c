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
  /** The primary one of all that they have now; `null`: they have none. */
  readonly primary: Account | null;
  /** What they had until now: a nickname that is one of these names is taken back. */
  readonly unlinked: readonly Account[];
}

/** Discord's word for why a member changed, in the guild's audit log. */
const REASON = 'Minecraft accounts';
/** A nickname has at most so many characters. */
const LONGEST_NICKNAME = 32;

/**
 * Gives the role and the nickname that belong to an account, or takes them back. A try that comes again changes
 * nothing; somebody who is gone needs neither.
 *
 * @returns what Discord forbids; the rest was done
 */
export async function showMembership(
  { discord }: Pick<RegistrationDependencies, 'discord'>,
  { roleId, nickname }: RegistrationSettings,
  { guildId, userId, primary, unlinked }: Registered,
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
  { guildId, userId, primary, unlinked }: Registered,
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
