import { z } from 'zod';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import {
  accountAnswer,
  accountNoticeMessage,
  type AskedChange,
} from '../../src/discord/views/account-answer';
import type { AccountLogEntry } from '../../src/discord/views/account-log';
import { noMentions } from '../../src/domain/text';
import type { AccountOutcome, AccountsChanged } from '../../workflows/account/activities';
import type { AccountChange, AccountInput } from '../../workflows/account/contract';
import type { Attempt } from '../attempt';
import { answerIn } from './answering';
import { serverName } from './bridges';
import type { RegistrationDependencies } from './dependencies';
import { writeTo } from './direct-message';
import { showMembership } from './membership';
import { endRegistration, runningRegistrations } from './running-registrations';
import { tellStaff } from './tell-staff';
import { wantWhitelists } from './want-whitelists';

type Changed = Extract<AccountOutcome, { readonly outcome: 'changed' }>;

const HOUR = 3_600_000;

/** @see AccountActivities.followAccounts */
export async function followAccounts(
  deps: RegistrationDependencies,
  { input, outcome }: AccountsChanged,
  attempt: Attempt,
): Promise<void> {
  const configuration = await deps.guilds.get(input.guildId);
  if (outcome.outcome === 'changed') await follow(deps, input, outcome, configuration, attempt);
  const { change } = input;
  if (isAsked(change)) await tell(deps, { ...input, change }, outcome, configuration, attempt);
}

/** Whether somebody asked for it, whom the answer is for. */
function isAsked(change: AccountChange): change is AskedChange {
  return change.type !== 'left' && change.type !== 'banned';
}

async function follow(
  deps: RegistrationDependencies,
  input: AccountInput,
  outcome: Changed,
  configuration: GuildConfiguration | null,
  attempt: Attempt,
): Promise<void> {
  const { guildId, change } = input;
  const { userId, unlinked, serverIds } = outcome;
  await wantWhitelists(deps, guildId, serverIds);
  if (change.type === 'unregister' || change.type === 'left' || change.type === 'banned') {
    const of = change.type === 'unregister' ? change : { begunBy: change.at };
    const running = await runningRegistrations(deps, guildId, userId, of);
    for (const registration of running) await endRegistration(deps, registration);
  }
  const settings = configuration?.registration ?? null;
  if (settings === null) return;
  // Whoever had no account, and has none, has nothing to show.
  const changesMembership =
    unlinked.length > 0 || (await deps.records.accountsOf(guildId, userId)).length > 0;
  const registered = { guildId, userId, unlinked };
  const troubles = changesMembership
    ? await showMembership(deps, settings, registered, attempt)
    : [];
  const { logChannelId: channelId } = settings;
  const entries = [
    ...newsOf(deps, input, outcome),
    ...troubles.map((trouble) => ({ type: 'trouble', userId, trouble }) as const),
  ];
  const since = attempt.now - HOUR;
  await tellStaff(deps, { channelId, key: attempt.workflowId, since, entries }, attempt);
}

function newsOf(
  { seal }: RegistrationDependencies,
  { actorId, change }: AccountInput,
  { userId, linked, unlinked }: Changed,
): AccountLogEntry[] {
  const reason = 'sealedReason' in change ? seal.open(change.sealedReason, z.string()) : null;
  const entries: AccountLogEntry[] = [];
  if (linked.length > 0 && actorId !== null) {
    entries.push({ type: 'linked', userId, accounts: linked, actorId, reason: reason ?? '' });
  }
  if (unlinked.length > 0) {
    const cause = CAUSES[change.type];
    entries.push({ type: 'unlinked', userId, accounts: unlinked, cause, actorId, reason });
  }
  return entries;
}

const CAUSES = {
  unregister: 'user',
  'make-primary': 'user',
  link: 'staff',
  unlink: 'staff',
  left: 'left',
  banned: 'banned',
} as const;

/** Answers whoever asked, and tells the member whose accounts staff have changed. */
async function tell(
  deps: RegistrationDependencies,
  { actorId, change, answerTo }: Omit<AccountInput, 'change'> & { readonly change: AskedChange },
  outcome: AccountOutcome,
  configuration: GuildConfiguration | null,
  attempt: Attempt,
): Promise<void> {
  const changed = outcome.outcome === 'changed' ? outcome : null;
  const names = (changed?.serverIds ?? []).map((id) => serverName(configuration, id));
  const since = attempt.now - HOUR;
  const { workflowId } = attempt;
  const notice = accountNoticeMessage(change, outcome, configuration?.guildName ?? '');
  if (notice !== null && changed !== null && changed.userId !== actorId) {
    const key = `${workflowId}.notice`;
    await writeTo(deps, { userId: changed.userId, body: notice, key, since }, attempt);
  }
  if (answerTo === null) return;
  const body = accountAnswer(change, outcome, names);
  if ((await answerIn(deps, answerTo, body, attempt)) || actorId === null) return;
  const message = { content: body.content, allowed_mentions: noMentions };
  const key = `${workflowId}.answer`;
  await writeTo(deps, { userId: actorId, body: message, key, since }, attempt);
}
