import type { Refusals, RefusalKind, SubscriptionState, Trouble } from './subscription';
import { DAY, HOUR } from './subscription';

/** So many refused requests are told, however short the time. */
const MANY: Readonly<Record<RefusalKind, number>> = { 'mis-signed': 20, malformed: 3 };
/** Fewer are told when they go on for so long. */
const LONG_MS = 3 * HOUR;
const FEW = 3;
/** Without another one for so long, it is over. */
export const CALM_MS = DAY;

export function withTrouble(
  state: SubscriptionState,
  trouble: Trouble,
  reason: string | null,
  now: number,
): SubscriptionState {
  const known = state.troubles.find((one) => one.trouble === trouble);
  if (known !== undefined) {
    // It began again before its end was told: then there is nothing to tell.
    if (!known.over) return state;
    return replaced(state, trouble, { ...known, over: false });
  }
  const begun = { trouble, since: now, reason, told: false, over: false };
  return { ...state, troubles: [...state.troubles, begun] };
}

export function withoutTrouble(state: SubscriptionState, trouble: Trouble): SubscriptionState {
  const known = state.troubles.find((one) => one.trouble === trouble);
  if (known === undefined || known.over) return state;
  return replaced(state, trouble, known.told ? { ...known, over: true } : null);
}

export function toldOf(
  state: SubscriptionState,
  trouble: Trouble,
  over: boolean,
  now: number,
): SubscriptionState {
  const known = state.troubles.find((one) => one.trouble === trouble);
  if (known !== undefined) {
    return replaced(state, trouble, over && known.over ? null : { ...known, told: !over });
  }
  // It was over before anybody could be told; they were told all the same.
  const ended = { trouble, since: now, reason: null, told: true, over: true };
  return over ? state : { ...state, troubles: [...state.troubles, ended] };
}

function replaced(
  state: SubscriptionState,
  trouble: Trouble,
  next: SubscriptionState['troubles'][number] | null,
): SubscriptionState {
  const troubles = state.troubles.flatMap((one) =>
    one.trouble === trouble ? (next === null ? [] : [next]) : [one],
  );
  return { ...state, troubles };
}

/** What is to be told next; `undefined`: nothing. */
export const untold = ({ troubles }: SubscriptionState) =>
  troubles.find(({ told, over }) => told === over);

export function counted(
  before: Refusals | null,
  { count, at }: { readonly count: number; readonly at: number },
): Refusals {
  const isNew = before === null || at - before.last >= CALM_MS;
  if (isNew) return { since: at, last: at, count };
  return { since: before.since, last: Math.max(before.last, at), count: before.count + count };
}

export const isRefusalTrouble = (kind: RefusalKind, { since, last, count }: Refusals): boolean =>
  count >= MANY[kind] || (count >= FEW && last - since >= LONG_MS);

/** When a source counts as silent; `null`: never. */
export function silentAt({ source, lastDeliveryAt }: SubscriptionState): number | null {
  if (source === null || source.silentAfterMs === null) return null;
  return Math.max(lastDeliveryAt ?? 0, source.createdAt) + source.silentAfterMs;
}
