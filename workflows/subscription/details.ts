import type { SubscriptionStep, WaitedFor } from '../../src/domain/announcements/subscription/step';
import type {
  HubState,
  SubscriptionState,
  Trouble,
} from '../../src/domain/announcements/subscription/subscription';
import type { SubscriptionInput } from './contract';

/** What the Web UI shows of the keeper of a source: markdown that says how it is, and what it waits for. */
export function currentDetails(
  { sourceId }: SubscriptionInput,
  state: SubscriptionState,
  step: SubscriptionStep,
): string {
  if (state.gone) return `The source \`${sourceId}\` was removed; what is left of it goes.`;
  const lines = [
    `Keeps the source \`${sourceId}\`.`,
    state.hub === null ? null : hubLine(state.hub),
    state.feed === null ? null : feedLine(state.feed),
    state.lastDeliveryAt === null
      ? null
      : `The last delivery came ${instant(state.lastDeliveryAt)}.`,
    ...state.troubles.map(
      ({ trouble, since, told }) =>
        `**${TROUBLE[trouble]}**, since ${instant(since)}${told ? '; administrators were told' : ''}.`,
    ),
    step.step === 'wait' ? `${TIMER_SUMMARY[step.for]}, ${instant(step.until)}.` : null,
  ];
  return lines.filter((line) => line !== null).join('\n\n');
}

function hubLine({ status, leaseUntil, askAt, error }: HubState): string {
  const trouble = error === null ? '' : ` It failed last: ${error}`;
  if (status === 'active' && leaseUntil !== null) {
    return `A hub sends what is new, until ${instant(leaseUntil)} at least.${trouble}`;
  }
  if (askAt === null) return `A hub was asked for a subscription, and is to ask back.${trouble}`;
  return status === 'refused'
    ? `The hub refuses to send; it is asked again ${instant(askAt)}.${trouble}`
    : `The hub does not send; it is asked ${instant(askAt)}.${trouble}`;
}

function feedLine({ pollAt, failures }: NonNullable<SubscriptionState['feed']>): string {
  const tries = failures === 1 ? '1 try' : `${failures} tries in a row`;
  const trouble = failures === 0 ? '' : ` ${tries} failed.`;
  return `The feed is looked at ${instant(pollAt)}.${trouble}`;
}

const TROUBLE: Readonly<Record<Trouble, string>> = {
  silent: 'Nothing came for long',
  hub: 'The hub refuses or cannot be reached',
  feed: 'The feed cannot be read',
  revoked: 'The service ended the subscription',
  'mis-signed': 'Requests with wrong signatures come',
  malformed: 'Requests come that cannot be read',
};

export const TIMER_SUMMARY: Readonly<Record<WaitedFor, string>> = {
  feed: 'Until the feed is looked at',
  hub: 'Until the hub is asked, or its answer is overdue',
  records: 'Until the records are looked at',
  erasing: 'Until old deliveries are erased',
  telling: 'Until administrators are told, whom nobody could tell',
  silence: 'Until the source counts as silent',
  calm: 'Until refused requests are forgotten',
};

export const tellSummary = (trouble: Trouble, over: boolean): string =>
  over ? `Tell that it is over: ${TROUBLE[trouble]}` : `Tell: ${TROUBLE[trouble]}`;

function instant(at: number): string {
  return new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
