import { z } from 'zod';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { AccountDeed, UnlinkCause, UnlinkChoice } from '../../src/db/registration';
import { checkName } from '../../src/domain/registration/name';
import type { AccountOutcome, AccountRefusal } from '../../workflows/account/activities';
import type { AccountChange, AccountInput } from '../../workflows/account/contract';
import type { Attempt } from '../attempt';
import { whitelistsOf } from './bridges';
import type { RegistrationDependencies } from './dependencies';
import { runningRegistrations } from './running-registrations';

type Change<Type extends AccountChange['type']> = Extract<AccountChange, { readonly type: Type }>;

const NOTHING = { linked: [], unlinked: [], primary: null, serverIds: [] } as const;

/** @see AccountActivities.changeAccounts */
export async function changeAccounts(
  deps: RegistrationDependencies,
  input: AccountInput,
  attempt: Attempt,
): Promise<AccountOutcome> {
  const { guildId, actorId, change } = input;
  deps.log.info({ guild: guildId, user: actorId, change: change.type }, 'accounts');
  const deed = {
    operation: attempt.workflowId,
    actorId,
    reason: 'sealedReason' in change ? deps.seal.open(change.sealedReason, z.string()) : null,
    now: attempt.now,
  };
  switch (change.type) {
    case 'unregister':
      return unregister(deps, guildId, change, deed);
    case 'make-primary':
      return makePrimary(deps, guildId, change, deed);
    case 'link':
      return link(deps, guildId, change, deed);
    case 'unlink':
      return unlink(
        deps,
        guildId,
        { which: { accountKey: change.accountKey }, cause: 'staff' },
        deed,
      );
    case 'left':
    case 'banned':
      return depart(deps, guildId, change, deed);
  }
}

const refused = (refusal: AccountRefusal): AccountOutcome => ({ outcome: 'refused', refusal });

async function unregister(
  deps: RegistrationDependencies,
  guildId: string,
  { edition, name }: Change<'unregister'>,
  deed: AccountDeed,
): Promise<AccountOutcome> {
  const userId = deed.actorId;
  if (userId === null) return refused({ refused: 'no-such-account' });
  const which = { userId, edition, name };
  const outcome = await unlink(deps, guildId, { which, cause: 'user' }, deed);
  if (outcome.outcome === 'changed') return outcome;
  const running = await runningRegistrations(deps, guildId, userId, { edition, name });
  if (running.length === 0) return outcome;
  const theirs = await deps.records.accountsOf(guildId, userId);
  const primary = theirs.find((account) => account.primary) ?? null;
  return { outcome: 'changed', userId, ...NOTHING, primary };
}

async function makePrimary(
  { records }: RegistrationDependencies,
  guildId: string,
  { accountKey }: Change<'make-primary'>,
  deed: AccountDeed,
): Promise<AccountOutcome> {
  const userId = deed.actorId;
  if (userId === null) return refused({ refused: 'no-such-account' });
  const made = await records.makePrimary({ ...deed, guildId, userId, accountKey });
  if (made === null) return refused({ refused: 'no-such-account' });
  if (!made.changed) return { outcome: 'unchanged' };
  return { outcome: 'changed', userId, ...NOTHING, primary: made.account };
}

async function link(
  { guilds, records }: RegistrationDependencies,
  guildId: string,
  { userId, edition, name, uuid }: Change<'link'>,
  { actorId, ...deed }: AccountDeed,
): Promise<AccountOutcome> {
  const configuration = await guilds.get(guildId);
  const settings = configuration?.registration ?? null;
  if (settings === null || actorId === null) return refused({ refused: 'not-configured' });
  const checked = checkName(edition, name, settings.bedrockPrefix);
  if (!checked.valid) return refused({ refused: 'invalid-name' });
  const linked = await records.link({
    ...{ ...deed, actorId, guildId, userId },
    player: { edition, name: checked.name, uuid },
    mostAccounts: settings.mostAccounts,
    serverIds: whitelistsOf(configuration, { edition }),
  });
  switch (linked.outcome) {
    case 'taken':
      return refused({ refused: 'taken', userId: linked.userId });
    case 'most-accounts':
      return refused({ refused: 'most-accounts', most: linked.most });
    case 'already-yours':
      return { outcome: 'unchanged' };
    case 'linked': {
      const { account, primary, serverIds } = linked;
      return { outcome: 'changed', userId, linked: [account], unlinked: [], primary, serverIds };
    }
  }
}

async function unlink(
  { records }: RegistrationDependencies,
  guildId: string,
  { which, cause }: { readonly which: UnlinkChoice; readonly cause: UnlinkCause },
  deed: AccountDeed,
): Promise<AccountOutcome> {
  const { accounts, primary, serverIds } = await records.unlink({ ...deed, guildId, which, cause });
  const [first] = accounts;
  if (first === undefined) return refused({ refused: 'no-such-account' });
  const { userId } = first;
  return { outcome: 'changed', userId, linked: [], unlinked: accounts, primary, serverIds };
}

/** Somebody left or was banned. */
async function depart(
  deps: RegistrationDependencies,
  guildId: string,
  { type, userId, at }: Change<'left' | 'banned'>,
  deed: AccountDeed,
): Promise<AccountOutcome> {
  const configuration = await deps.guilds.get(guildId);
  if (isToUnlink(configuration, type)) {
    const outcome = await unlink(
      deps,
      guildId,
      { which: { userId, begunBy: at }, cause: type },
      deed,
    );
    if (outcome.outcome === 'changed') return outcome;
  }
  const running = await runningRegistrations(deps, guildId, userId, { begunBy: at });
  return running.length === 0
    ? { outcome: 'unchanged' }
    : { outcome: 'changed', userId, ...NOTHING };
}

function isToUnlink(configuration: GuildConfiguration | null, type: 'left' | 'banned'): boolean {
  const settings = configuration?.registration;
  return (type === 'left' ? settings?.onLeave : settings?.onBan) === 'unlink';
}
