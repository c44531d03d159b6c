import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import { nameKey, playerOnServer } from '../../../domain/registration/name';
import type { Authentication, Caller } from '../../game/authenticate';
import { checkCode, type CheckCodeDependencies, type Outcome } from '../../game/check-code';
import type { FirstAnswers } from '../../game/first-answers';
import type { TokenBuckets } from '../../limits/token-buckets';
import type { Turns } from '../../game/turns';
import { verificationAnswer, type VerificationAnswer } from '../../game/verification-answer';
import { CANNOT_CHECK, NOT_UNDERSTOOD, slowDown } from '../../game/words';
import { answerProblem, ProblemError } from '../../problem';
import { parseJson, rawJsonBody } from '../../raw-body';
import { tooMany } from '../../come-again';
import { callerOf, placeOf } from './caller';
import { verificationRequest } from './schemas';
import { claimedServer, malformed } from './signed-body';
import { whileThere } from './unavailable';

export interface VerificationDependencies extends CheckCodeDependencies {
  readonly authentication: Authentication;
  readonly rates: TokenBuckets;
  readonly playerRates: TokenBuckets;
  /** One code of a player is checked at a time: many at once would only be in each other's way. */
  readonly turns: Turns<Outcome>;
  readonly answers: FirstAnswers<VerificationAnswer>;
  readonly onAway: (error: unknown) => void;
}

/** In bytes: far more than what is sent. */
const MOST_BYTES = 16 * 1_024;

/** `POST /v1/game/verifications`: contract, section 7. */
export async function verification(
  context: Context,
  dependencies: VerificationDependencies,
): Promise<void> {
  try {
    await whileThere(context, dependencies.onAway, () => answer(context, dependencies), {
      message: CANNOT_CHECK,
    });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.extension?.['message'] !== undefined) {
      throw error;
    }
    const { problem } = error;
    const message = problem.status === 429 ? CANNOT_CHECK : NOT_UNDERSTOOD;
    throw new ProblemError({ ...problem, extension: { ...problem.extension, message } });
  }
}

async function answer(context: Context, dependencies: VerificationDependencies): Promise<void> {
  const body = await rawJsonBody(context, MOST_BYTES);
  const value = parseJson(body);
  const caller = await callerOf(context, dependencies, claimedServer(value), body);
  const parsed = verificationRequest.safeParse(value);
  if (!parsed.success) throw malformed(parsed.error);
  const request = createHash('sha256').update(body).digest('base64');
  const given = await dependencies.answers.answer(placeOf(caller), caller.requestId, request, () =>
    decide(context, dependencies, caller, parsed.data),
  );
  send(context, given);
}

async function decide(
  context: Context,
  dependencies: VerificationDependencies,
  { server, requestId }: Caller,
  {
    player,
    code,
  }: { readonly player: { readonly name: string; readonly uuid: string }; readonly code: string },
): Promise<VerificationAnswer> {
  const uuid = withHyphens(player.uuid);
  const who = playerOnServer({ name: player.name, uuid }, server.bedrockPrefix);
  const key = `${server.guildId}/${who.edition}/${nameKey(who.edition, who.name)}`;
  const ms = dependencies.playerRates.take(key);
  if (ms > 0) {
    const message = slowDown(ms);
    throw tooMany(context, ms, 'This player types codes too fast.', { message });
  }
  const typed = { player: { ...who, uuid }, code, requestId };
  const outcome = await dependencies.turns.take(key, async (before) =>
    // What waited while the name was being locked came too late: nobody needs to be asked.
    before?.outcome === 'locked' ? before : checkCode(dependencies, server, typed),
  );
  return verificationAnswer(outcome, dependencies.now());
}

function send(context: Context, { status, message, more, retryAfter }: VerificationAnswer): void {
  if (status === 200) {
    context.set('Cache-Control', 'no-store');
    context.body = { ...more, message };
  } else answerProblem(context, { status, detail: message, extension: { ...more, message } });
  if (retryAfter !== null) context.set('Retry-After', String(retryAfter));
}

/** RFC 9562. */
function withHyphens(uuid: string): string {
  return uuid
    .replaceAll('-', '')
    .toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
