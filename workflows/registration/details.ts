import { nextRegistrationDeadline } from '../../src/domain/registration/deadline';
import type {
  LinkRefusal,
  RegistrationState,
  StartRefusal,
} from '../../src/domain/registration/registration';

/** What the Web UI shows of a registration: markdown that says where it stands and what it waits for. */
export function currentDetails(state: RegistrationState, watched: Iterable<string>): string {
  const servers = [...watched];
  return [
    `**Registration** ${standing(state)}`,
    '',
    waiting(state),
    '',
    `- User: \`${state.userId}\`, edition: ${state.edition}`,
    `- Begun: ${instant(state.startedAt)}`,
    `- Codes sent: ${state.codes}${state.policy === null ? '' : ` of at most ${state.policy.mostCodes}`}`,
    `- Wrong codes: ${state.wrong}${state.policy === null ? '' : `; ${state.policy.mostAttempts} lock it`}`,
    ...(state.proof === null ? [] : [`- Code typed on: \`${state.proof.serverId}\``]),
    ...(servers.length === 0
      ? []
      : [`- Listens on: ${servers.map((id) => `\`${id}\``).join(', ')}`]),
  ].join('\n');
}

function standing(state: RegistrationState): string {
  switch (state.status) {
    case 'starting':
      return state.codes === 0 ? 'begins.' : 'gets a new code.';
    case 'waiting':
      return 'waits for the player.';
    case 'linking':
      return 'has the right code.';
    case 'verified':
      return 'is verified.';
    case 'rejected':
      return `is over: the code was right, but ${rejection(state.rejection)}.`;
    case 'timed-out':
      return 'is over: no right code was typed in time.';
    case 'cancelled':
      return 'was cancelled.';
    case 'locked':
      return 'is locked after too many wrong codes.';
    case 'refused':
      return `did not begin: ${refusal(state.refusal)}.`;
  }
}

function waiting(state: RegistrationState): string {
  switch (state.status) {
    case 'starting':
      return 'Waits for Postgres to keep the hash of a code, and for Discord to show the code to the user.';
    case 'waiting': {
      const deadline = nextRegistrationDeadline(state);
      return `Waits for the code to be typed in the game${deadline === undefined ? '' : ` until ${instant(deadline.at)}`}.`;
    }
    case 'linking':
      return 'Waits for Postgres to record the account.';
    case 'verified':
      return 'Gives the role and the nickname, sees to the whitelists, and tells the user; then this workflow ends.';
    case 'rejected':
    case 'timed-out':
    case 'cancelled':
      return 'Tells the user; then this workflow ends.';
    case 'locked':
      return `Tells the user; then this workflow ends.${state.lockedUntil === null ? '' : ` They cannot try this name again before ${instant(state.lockedUntil)}.`}`;
    case 'refused':
      return 'Waits for nothing but that the user is told.';
  }
}

function refusal(why: StartRefusal | null): string {
  switch (why?.refused) {
    case 'not-configured':
      return 'the guild has no registration';
    case 'edition-not-allowed':
      return 'the guild does not take this edition';
    case 'invalid-name':
      return 'there can be no such name';
    case 'already-yours':
      return 'the account is theirs already';
    case 'most-accounts':
      return 'they have as many accounts as the guild allows';
    case 'locked':
      return 'too many wrong codes were typed shortly before';
    case 'too-late':
      return 'Discord took no answer to the command any more';
    case undefined:
      return 'no reason is known';
  }
}

function rejection(why: LinkRefusal | null): string {
  switch (why?.refused) {
    case 'taken':
      return 'the account belongs to somebody else';
    case 'most-accounts':
      return 'they have as many accounts as the guild allows';
    case undefined:
      return 'no reason is known';
  }
}

/** The deadline's name on its timer in the Web UI. A new code makes it fire for nothing, to be set again. */
export const TIMER_SUMMARY = 'Time out, unless the code is typed before';

export function codeSummary(number: number): string {
  return `Make code ${number}, keep its hash, show it to the user`;
}

/** Names of activities in the Web UI. */
export function conclusionSummary({ status }: RegistrationState): string {
  return status === 'verified'
    ? 'Role, nickname, whitelists; tell the user'
    : `Record that it is over (${status}), tell the user`;
}

function instant(at: number): string {
  return new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
