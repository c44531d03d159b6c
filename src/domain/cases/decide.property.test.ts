import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  anyLife,
  anyPersonCommand,
  endOf,
  give,
  live,
  PEOPLE,
  report,
  type Moment,
} from '../../../test/contracts/case-life';
import { always, happened, LIVES, whenever } from '../../../test/contracts/case-properties';
import type { Actor, CaseState, CaseStatus } from './case';
import { handlingTeam } from './case';
import { nextDeadline } from './deadline';
import { decide } from './decide';
import { isSenior, isStaff } from './standing';

const FINAL: readonly CaseStatus[] = ['refused', 'failed', 'ended'];
const WITH_CHANNEL: readonly CaseStatus[] = ['open', 'claimed', 'resolved'];
const WAITS_FOR_EFFECT: readonly CaseStatus[] = ['opening', 'closing', 'reopening'];

/** Other statuses may or may not have one. */
const HAS_ASSIGNEE: Partial<Record<CaseStatus, boolean>> = { claimed: true, open: false };
const HAS_RESOLUTION: Partial<Record<CaseStatus, boolean>> = {
  resolved: true,
  open: false,
  claimed: false,
};

/** What may follow directly on what. */
const SUCCESSORS: Record<CaseStatus, readonly CaseStatus[]> = {
  opening: ['open', 'claimed', 'refused', 'failed'],
  refused: [],
  failed: [],
  open: ['claimed', 'resolved', 'closing'],
  claimed: ['open', 'resolved', 'closing'],
  resolved: ['open', 'claimed', 'closing'],
  closing: ['closed'],
  closed: ['reopening', 'ended'],
  reopening: ['open', 'claimed', 'closed'],
  ended: [],
};

const actorOf = ({ command }: Moment): Actor | null =>
  command !== null && 'actor' in command ? command.actor : null;

describe('in every life of a case', () => {
  it('the sequence counts each event once', () => {
    always(({ before, events, after }) => {
      expect(after.seq).toBe(before.seq + events.length);
    });
  });

  it('a refusal changes nothing', () => {
    whenever(
      ({ refusal }) => refusal !== null,
      ({ before, after }) => {
        expect(after).toBe(before);
      },
    );
  });

  it('statuses follow one another only as they should; closing ends in closed and nowhere else', () => {
    whenever(
      ({ before, after }) => after.status !== before.status,
      ({ before, after }) => {
        expect(SUCCESSORS[before.status]).toContain(after.status);
      },
    );
  });

  it('every status and every change of it is reached by chance', () => {
    const reached = new Set<string>();
    for (const { policy, steps } of fc.sample(anyLife, 8 * LIVES)) {
      for (const { before, after } of live(policy, steps)) {
        reached.add(`${before.status} → ${after.status}`);
      }
    }
    const possible = Object.entries(SUCCESSORS).flatMap(([status, successors]) =>
      successors.map((successor) => `${status} → ${successor}`),
    );
    // A refused opening has no life, and nobody can claim a case that is still being opened.
    const never = ['opening → claimed', 'opening → refused'];
    expect(possible.filter((change) => !reached.has(change)).sort()).toEqual(never);
  });

  it('a claimed case has an assignee, an open one has none', () => {
    always(({ after }) => {
      const has = after.assigneeId !== null;
      expect(HAS_ASSIGNEE[after.status] ?? has).toBe(has);
    });
  });

  it('whoever can talk has a channel, and whatever is closed has none', () => {
    always(({ after }) => {
      const has = WITH_CHANNEL.includes(after.status) || after.status === 'closing';
      expect([after.channelId !== null, after.messageId !== null]).toEqual([has, has]);
    });
  });

  it('each channel is of a generation of its own', () => {
    whenever(
      (moment) => happened(moment, 'channel-created'),
      (moment, earlier) => {
        const generations = earlier
          .filter((other) => happened(other, 'channel-created'))
          .map(({ after }) => after.generation);
        expect(generations).not.toContain(moment.after.generation);
      },
    );
  });

  it('what is known of the closing is known exactly while it is closed', () => {
    always(({ after }) => {
      const closed = ['closed', 'reopening', 'ended'].includes(after.status);
      expect(after.closedAt !== null).toBe(closed);
      expect(after.closeCause !== null).toBe(closed || after.status === 'closing');
    });
  });

  it('what is known of the resolution is known only while it lasts', () => {
    always(({ after }) => {
      const has = after.resolvedAt !== null;
      expect(HAS_RESOLUTION[after.status] ?? has).toBe(has);
    });
  });

  it('a reopening that fails leaves the case as closed as it was', () => {
    whenever(
      ({ before, after }) => before.status === 'reopening' && after.status === 'closed',
      (moment, earlier) => {
        const closed = earlier.findLast(({ after }) => after.status === 'closed')?.after;
        const shown = (state: CaseState | undefined) =>
          state && {
            deadline: nextDeadline(state),
            closedAt: state.closedAt,
            closeCause: state.closeCause,
            resolvedAt: state.resolvedAt,
            assigneeId: state.assigneeId,
            teamLevel: state.teamLevel,
          };
        expect(shown(moment.after)).toEqual(shown(closed));
      },
    );
  });

  it('the case rises by being raised, one team at a time', () => {
    always((moment) => {
      const { before, after } = moment;
      expect(after.teamLevel - before.teamLevel).toBe(happened(moment, 'raised') ? 1 : 0);
    });
  });

  it('a raised case says by whom and when, and belongs to nobody', () => {
    whenever(
      (moment) => happened(moment, 'raised'),
      (moment) => {
        const { after, at, events } = moment;
        const by = { userId: actorOf(moment)?.userId };
        expect(handlingTeam(after)).not.toBeNull();
        expect(after).toMatchObject({ status: 'open', assigneeId: null, raised: { by, at } });
        expect(events).toEqual([{ type: 'raised', by, team: handlingTeam(after) }]);
      },
    );
  });

  it('the first answer is the first, and stays', () => {
    whenever(
      ({ before }) => before.firstAnswer !== null,
      ({ before, after }) => {
        expect(after.firstAnswer).toEqual(before.firstAnswer);
      },
    );
  });

  it('time is never turned back', () => {
    always(({ before, after, at }) => {
      expect(after.lastActivityAt).toBeGreaterThanOrEqual(before.lastActivityAt);
      expect(after.lastActivityAt).toBeLessThanOrEqual(at);
    });
  });

  it('a case leaves its assignee by their own hand, by somebody above, or by being raised', () => {
    whenever(
      ({ before, after }) => before.assigneeId !== null && before.assigneeId !== after.assigneeId,
      (moment) => {
        const { before, command } = moment;
        const actor = actorOf(moment) ?? PEOPLE.stranger;
        const own = actor.userId === before.assigneeId;
        expect(own || isSenior(before, actor) || command?.type === 'raise').toBe(true);
      },
    );
  });

  it('the state survives being written down, as a workflow’s new run needs it', () => {
    always(({ after }) => {
      expect(JSON.parse(JSON.stringify(after))).toEqual(after);
    });
  });
});

describe('a stranger', () => {
  it('changes nothing and learns nothing of the case', () => {
    const commands = fc.constantFrom(PEOPLE.stranger, PEOPLE.otherTeam).chain(anyPersonCommand);
    const property = fc.property(anyLife, commands, ({ policy, steps }, command) => {
      const { state, now } = endOf(policy, live(policy, steps));
      const openersToo = command.type === 'close' || command.type === 'reopen';
      expect(decide(state, command, now)).toEqual({
        refused: openersToo ? 'not-yours' : 'not-staff',
      });
    });
    fc.assert(property, { numRuns: LIVES });
  });

  it('is what staff of a lower team become when the case is raised above them', () => {
    whenever(
      (moment) => happened(moment, 'raised'),
      ({ after, at }) => {
        const claim = { type: 'claim', actor: PEOPLE.helper } as const;
        expect(decide(after, claim, at)).toEqual({ refused: 'not-staff' });
      },
    );
  });
});

describe('an opener who is not on the staff', () => {
  it('closes and reopens, and does nothing else', () => {
    whenever(
      (moment) => {
        const actor = actorOf(moment);
        return actor !== null && !isStaff(moment.before, actor) && moment.refusal === null;
      },
      (moment) => {
        expect(actorOf(moment)?.userId).toBe(moment.before.openerId);
        expect(['close', 'reopen']).toContain(moment.command?.type);
      },
    );
  });
});

describe('no case is lost', () => {
  const closeByOpener = { type: 'close', actor: PEOPLE.opener, note: null } as const;

  it('and one that is over stays over', () => {
    whenever(
      ({ before }) => FINAL.includes(before.status),
      ({ before, after }) => {
        expect(nextDeadline(before)).toBeUndefined();
        expect(after).toBe(before);
      },
    );
  });

  it('since it waits for an effect, has a deadline, or can be closed by its opener', () => {
    whenever(
      ({ after }) =>
        ![...FINAL, ...WAITS_FOR_EFFECT].includes(after.status) &&
        nextDeadline(after) === undefined,
      ({ after, at }) => {
        expect(decide(after, closeByOpener, at)).toMatchObject([{ cause: 'opener' }]);
      },
    );
  });

  it('since it comes to an end from anywhere, once all are silent and effects succeed', () => {
    whenever(
      ({ before, after }) => before.status !== after.status,
      (moment) => {
        let { after: state, at } = moment;
        const path: CaseStatus[] = [state.status];
        while (!FINAL.includes(state.status) && path.length < 9) {
          ({ after: state, at } = nextMoment(state, at));
          path.push(state.status);
        }
        expect(FINAL).toContain(path.at(-1));
        // Whatever may have had a channel ends in order, without it.
        const orderly = moment.after.status === 'failed' ? 'failed' : 'ended';
        expect(state).toMatchObject({ status: orderly, channelId: null });
      },
    );
  });

  it('since its opener and administrators can close it wherever it has a channel', () => {
    whenever(
      ({ after }) => WITH_CHANNEL.includes(after.status),
      ({ after, at }) => {
        for (const actor of [PEOPLE.opener, PEOPLE.admin]) {
          expect(give(after, { ...closeByOpener, actor }, at).after.status).toBe('closing');
        }
      },
    );
  });

  it('when its channel is, for it then closes', () => {
    whenever(
      ({ after }) => WITH_CHANNEL.includes(after.status),
      ({ after, at }) => {
        const gone = { type: 'channel-gone', channelId: after.channelId ?? '' } as const;
        expect(decide(after, gone, at)).toMatchObject([{ cause: 'channel-gone', by: null }]);
        expect(decide(after, { ...gone, channelId: 'other' }, at)).toEqual([]);
      },
    );
  });

  /** The effect succeeds, the deadline comes, or, where neither is awaited, the opener closes. */
  function nextMoment(state: CaseState, now: number): Moment {
    if (WAITS_FOR_EFFECT.includes(state.status)) return report(state, 'succeeds', now);
    const deadline = nextDeadline(state);
    return deadline === undefined
      ? give(state, closeByOpener, now)
      : give(state, { type: 'deadline' }, Math.max(now, deadline.at));
  }
});
