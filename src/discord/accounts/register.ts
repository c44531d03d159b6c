import type { RegistrationSubject } from '../../../workflows/registration/contract';
import type { RegistrationSettings } from '../../config/guild/resolved-registration';
import type { Edition } from '../../domain/registration/account';
import { checkName } from '../../domain/registration/name';
import type { RegistrationRefusal, StartRefusal } from '../../domain/registration/registration';
import { CaseOver } from '../desk/errors';
import { awaitAnswer } from '../interactions/awaited-answer';
import { configurationOf, type Call } from '../interactions/call';
import { answer, type Answer } from '../views/answer';
import {
  accountWords,
  nameProblemText,
  registrationRefusalText,
  startRefusalText,
  type NamedAccount,
} from '../views/registration-words';
import { answerTo } from './answer-to';

/**
 * Begins to register a name, or asks for a new code where that goes on already. The interaction must have been
 * deferred.
 *
 * @param typed as the person wrote it
 * @param wanted the edition that they chose; `null`: the guild's and the name say which
 * @returns what to answer instead when the worker does not
 * @throws DeskUnreachable, DeskSilent, ConfigurationUnavailable
 */
export async function register(
  call: Call,
  typed: string,
  wanted: Edition | null,
): Promise<Answer | null> {
  const registration = (await configurationOf(call))?.registration ?? null;
  if (registration === null) {
    return refused({ edition: 'java', name: typed }, { refused: 'not-configured' });
  }
  const edition = wanted ?? likelyEdition(registration, typed);
  if (!registration.editions.includes(edition)) {
    return refused({ edition, name: typed }, { refused: 'edition-not-allowed' });
  }
  const checked = checkName(edition, typed, registration.bedrockPrefix);
  if (!checked.valid) return answer(`⚠️ ${nameProblemText(edition, checked)}`);
  const subject = subjectOf(call, { edition, name: checked.name });
  const verdict = await orOver(() =>
    call.parts.desk.register({ ...subject, answerTo: answerTo(call) }),
  );
  if (!verdict.done) return answer(`⚠️ ${registrationRefusalText(verdict.refusal)}`);
  awaitAnswer(call);
  return null;
}

/** The edition of whoever does not say it: the one whose prefix the name has, else the first that it fits. */
export function likelyEdition(
  { editions, bedrockPrefix }: RegistrationSettings,
  typed: string,
): Edition {
  const prefixed = bedrockPrefix !== '' && typed.trim().startsWith(bedrockPrefix);
  if (prefixed && editions.includes('bedrock')) return 'bedrock';
  const fitting = editions.find((edition) => checkName(edition, typed, bedrockPrefix).valid);
  return fitting ?? editions[0] ?? 'java';
}

/** Asks for a new code. The interaction must have been deferred. @returns as `register` */
export async function renewCode(call: Call, account: NamedAccount): Promise<Answer | null> {
  const verdict = await orOver(() =>
    call.parts.desk.newCode(subjectOf(call, account), answerTo(call)),
  );
  if (!verdict.done) return answer(`⚠️ ${registrationRefusalText(verdict.refusal)}`);
  awaitAnswer(call);
  return null;
}

/** Cancels a registration. @returns what to answer; the worker changes the message with the code */
export async function cancel(call: Call, account: NamedAccount): Promise<Answer> {
  const verdict = await orOver(() =>
    call.parts.desk.cancelRegistration(subjectOf(call, account), call.interaction.id),
  );
  return answer(
    verdict.done
      ? `✅ You have cancelled the registration of ${accountWords(account)}.`
      : `⚠️ ${registrationRefusalText(verdict.refusal)}`,
  );
}

/** The registration whose code the person sees: it is theirs, since nobody else sees the message. */
function subjectOf(call: Call, { edition, name }: NamedAccount): RegistrationSubject {
  return { guildId: call.guildId, userId: call.member.user.id, edition, name };
}

async function orOver<Verdict>(
  ask: () => Promise<Verdict>,
): Promise<Verdict | { readonly done: false; readonly refusal: RegistrationRefusal }> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CaseOver) return { done: false, refusal: { refused: 'over' } };
    throw error;
  }
}

function refused(account: NamedAccount, refusal: StartRefusal): Answer {
  return answer(`⚠️ ${startRefusalText(account, refusal)}`);
}
