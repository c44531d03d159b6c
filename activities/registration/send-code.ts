import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type {
  GameSettings,
  RegistrationSettings,
} from '../../src/config/guild/resolved-registration';
import {
  codeAnswer,
  codeReplacedAnswer,
  type CodePlace,
} from '../../src/discord/views/registration-code';
import { codeUnseenMessage, registrationEndAnswer } from '../../src/discord/views/registration-end';
import { makeCode, shownCode } from '../../src/domain/registration/code';
import { evolveRegistration, newRegistration } from '../../src/domain/registration/evolve';
import { checkName } from '../../src/domain/registration/name';
import type { RegistrationPolicy, StartRefusal } from '../../src/domain/registration/registration';
import type { CodeOutcome, CodeRequest } from '../../workflows/registration/activities';
import type { Attempt } from '../attempt';
import { EffectFailed } from '../failure';
import { answerIn } from './answering';
import { isOfBedrock, serverName } from './bridges';
import type { RegistrationDependencies } from './dependencies';
import { writeTo } from './direct-message';

/** @see RegistrationActivities.sendCode */
export async function sendCode(
  deps: RegistrationDependencies,
  request: CodeRequest,
  attempt: Attempt,
): Promise<CodeOutcome> {
  const { registration } = request;
  const configuration = await deps.guilds.get(registration.guildId);
  const begun = await begin(deps, request, configuration, attempt);
  if (begun.outcome === 'refused') {
    const { refusal } = begun;
    const body = registrationEndAnswer(registration, { ended: 'refused', refusal });
    await answerIn(deps, request.answerTo, body, attempt);
    await recordRefusal(deps, request, refusal, attempt);
    return begun;
  }
  return show(deps, request, configuration, begun, attempt);
}

type Begun =
  | Extract<CodeOutcome, { readonly outcome: 'refused' }>
  | { readonly outcome: 'begun'; readonly policy: RegistrationPolicy; readonly wrong: number };

/** Whether the user may have a code, and by which rules. From the second code on that is settled. */
async function begin(
  { records }: RegistrationDependencies,
  { registration, policy }: CodeRequest,
  configuration: GuildConfiguration | null,
  { now }: Attempt,
): Promise<Begun> {
  if (policy !== null) return { outcome: 'begun', policy, wrong: 0 };
  const refused = (refusal: StartRefusal): Begun => ({ outcome: 'refused', refusal });
  const settings = configuration?.registration ?? null;
  if (settings === null) return refused({ refused: 'not-configured' });
  const { edition, name } = registration;
  if (!settings.editions.includes(edition)) return refused({ refused: 'edition-not-allowed' });
  if (!checkName(edition, name, settings.bedrockPrefix).valid) {
    return refused({ refused: 'invalid-name' });
  }
  const wrongSince = now - settings.lockMs;
  const standing = await records.standing({ ...registration, wrongSince, now });
  if (standing.alreadyYours) return refused({ refused: 'already-yours' });
  if (standing.accounts >= settings.mostAccounts) {
    return refused({ refused: 'most-accounts', most: settings.mostAccounts });
  }
  if (standing.lockedUntil !== null) {
    return refused({ refused: 'locked', until: standing.lockedUntil });
  }
  return { outcome: 'begun', policy: policyOf(settings), wrong: standing.wrong };
}

/** Ends what an earlier try has on record; a registration of which there is nothing leaves nothing. */
async function recordRefusal(
  { records }: RegistrationDependencies,
  { registration }: CodeRequest,
  refusal: StartRefusal,
  { now }: Attempt,
): Promise<void> {
  const { registrationId, guildId, startedAt } = registration;
  if ((await records.registration(registrationId))?.startedAt !== startedAt) return;
  const event = { type: 'refused', refusal } as const;
  const state = evolveRegistration(newRegistration(registration, startedAt), event, now);
  const events = [{ seq: state.seq, at: now, event }];
  await records.recordRegistration({ registrationId, guildId, state, events });
}

/** What of the configuration stays with a registration that begins now. */
function policyOf({
  code,
  timeoutMs,
  mostAttempts,
  lockMs,
  mostCodes,
}: RegistrationSettings): RegistrationPolicy {
  return { code, timeoutMs, mostAttempts, lockMs, mostCodes };
}

async function show(
  deps: RegistrationDependencies,
  request: CodeRequest,
  configuration: GuildConfiguration | null,
  { policy, wrong }: Extract<Begun, { readonly outcome: 'begun' }>,
  attempt: Attempt,
): Promise<CodeOutcome> {
  const { registration, number, answerTo, replaces } = request;
  const { registrationId, guildId, userId } = registration;
  const code = makeCode(policy.code, deps.randomBytes);
  const codeHash = deps.hashCode(registrationId, code);
  const at = attempt.now;
  const endsAt = at + policy.timeoutMs;
  const stored = await deps.records.storeCode({
    ...registration,
    ...{ number, tried: attempt.number, codeHash, endsAt },
  });
  if (stored === 'outdated') {
    throw new EffectFailed('unexpected', 'A later try has sent a code already');
  }
  if (stored === 'over') return { outcome: 'unseen' };
  const body = codeAnswer({
    account: registration,
    code: shownCode(code),
    places: placesOf(configuration),
    endsAt,
    attemptsLeft: request.attemptsLeft ?? Math.max(1, policy.mostAttempts - wrong),
    lockMs: policy.lockMs,
    codesLeft: Math.max(0, policy.mostCodes - number),
  });
  if (!(await answerIn(deps, answerTo, body, attempt))) {
    const unseen = codeUnseenMessage(registration, configuration?.guildName ?? '');
    const key = `${registrationId}.${registration.startedAt}.unseen.${number}`;
    await writeTo(deps, { userId, body: unseen, key, since: registration.startedAt }, attempt);
    return { outcome: 'unseen' };
  }
  if (replaces !== null) await answerIn(deps, replaces, codeReplacedAnswer(registration), attempt);
  deps.log.info({ guild: guildId, user: userId, number }, 'a code was sent');
  const watched = placesIn(configuration)
    .filter(({ adapter }) => adapter !== 'plugin')
    .map(({ serverId }) => serverId);
  return { outcome: 'sent', codeHash, at, policy, wrong, watched };
}

/** The servers where a code can be typed. */
function placesIn(configuration: GuildConfiguration | null): readonly GameSettings[] {
  const games = configuration?.games ?? [];
  return games.filter(({ serverId }) => !isOfBedrock(configuration, serverId));
}

function placesOf(configuration: GuildConfiguration | null): CodePlace[] {
  return placesIn(configuration).map((game) => {
    const place = { serverName: serverName(configuration, game.serverId) };
    return game.adapter === 'rcon'
      ? { ...place, adapter: game.adapter, objective: game.objective }
      : { ...place, adapter: game.adapter };
  });
}
