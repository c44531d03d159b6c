import type { CaseState } from './case';
import type { CaseEvent } from './events';

/**
 * The only way that a case's state changes. `at` is the instant of the event in milliseconds since the epoch.
 * An event that was accepted by `decide`, or that reports what an activity did, always applies.
 */
export function evolve(state: CaseState, event: CaseEvent, at: number): CaseState {
  return { ...state, ...changes(state, event, at), seq: state.seq + 1 };
}

function changes(state: CaseState, event: CaseEvent, at: number): Partial<CaseState> {
  switch (event.type) {
    case 'accepted':
      return { number: event.number, policy: event.policy, openedAt: at, lastActivityAt: at };
    case 'refused':
      return { status: 'refused' };
    case 'opening-failed':
      return { status: state.status === 'reopening' ? 'closed' : 'failed' };
    case 'channel-created':
      return {
        status: state.assigneeId === null ? 'open' : 'claimed',
        channelId: event.channelId,
        messageId: event.messageId,
        lastActivityAt: at,
        warnedAt: null,
        ...NOT_CLOSED,
      };
    case 'claimed':
      return {
        status: 'claimed',
        assigneeId: event.by,
        ...activity(state, at),
        resolvedAt: null,
      };
    case 'released':
      return { status: 'open', assigneeId: null, ...activity(state, at), resolvedAt: null };
    case 'raised':
      return {
        status: 'open',
        assigneeId: null,
        teamLevel: Math.min(state.teamLevel + 1, state.policy.teamChain.length - 1),
        raised: { by: event.by, at },
        resolvedAt: null,
        ...activity(state, at),
      };
    case 'resolved':
      return { status: 'resolved', resolvedAt: at, ...activity(state, at) };
    case 'first-answered':
      return { firstAnswer: { userId: event.by, at: event.answeredAt } };
    case 'messages-seen':
      return activity(state, event.lastAt);
    case 'inactivity-warned':
      return { warnedAt: at };
    case 'closing':
      return { status: 'closing', closeCause: event.cause };
    case 'closing-delayed':
      return {};
    case 'closed':
      return { status: 'closed', closedAt: at, channelId: null, messageId: null };
    case 'reopened':
      return event.newChannel
        ? {
            status: 'reopening',
            generation: state.generation + 1,
            lastActivityAt: at,
            warnedAt: null,
          }
        : {
            status: state.assigneeId === null ? 'open' : 'claimed',
            ...NOT_CLOSED,
            ...activity(state, at),
          };
    case 'ended':
      return { status: 'ended' };
  }
}

/** A case that gets no new channel stays closed as it was; only a channel makes it open again. */
const NOT_CLOSED = { resolvedAt: null, closedAt: null, closeCause: null } as const;

/** Somebody did something: the inactivity clock starts anew. Late news does not turn it back. */
function activity(state: CaseState, at: number): Pick<CaseState, 'lastActivityAt' | 'warnedAt'> {
  return at > state.lastActivityAt
    ? { lastActivityAt: at, warnedAt: null }
    : { lastActivityAt: state.lastActivityAt, warnedAt: state.warnedAt };
}
