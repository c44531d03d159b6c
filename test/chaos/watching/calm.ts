import { DEMO, type RestEntry } from '../../../sandbox';
import { channelNameWorkflowId } from '../../../workflows/channel-name/contract';
import { incidentWorkflowId } from '../../../workflows/incident/contract';
import { ALERTS_ID, PUBLIC_ID } from './places';
import { INTERVAL_MS, MOST_PLAYERS } from './plan';
import type { WatchEvidence, WatchedLife } from './watch-evidence';

/** When the calm run began. */
export const BEGUN = 1_800_000_000_000;
/** When its only server stopped, was seen to have, and was seen to be back. */
export const STOPPED = BEGUN + 95_000;
export const FAILED = BEGUN + 100_000;
export const ANSWERED = BEGUN + 200_000;
const STARTED = ANSWERED - 3_000;
const ENDED = BEGUN + 300_000;
const INCIDENT = 'incident-1';
const CHANNEL = '1100000000000000910';

/** What is left of a run with one server and one outage in which nothing went wrong. */
export function calm(): WatchEvidence {
  return {
    lives: [life()],
    incidents: [
      {
        id: INCIDENT,
        number: 1,
        host: 'alpha',
        status: 'recovered',
        recoveredAt: ANSWERED,
        alertMessageId: '1',
        publicMessageId: '2',
      },
    ],
    events: ['server-down', 'raised', 'server-up', 'recovered'].map((type, index) => ({
      incidentId: INCIDENT,
      seq: index + 1,
      type,
    })),
    untoldNews: 0,
    workflows: [
      { workflowId: incidentWorkflowId(INCIDENT), type: 'incidentWorkflow', status: 'COMPLETED' },
      {
        workflowId: channelNameWorkflowId(CHANNEL),
        type: 'channelNameWorkflow',
        status: 'COMPLETED',
      },
    ],
    requests: [
      post(FAILED + 9_000, ALERTS_ID, '1', DEMO.roles.admin),
      post(FAILED + 9_000, PUBLIC_ID, '2', null),
      post(FAILED + 60_000, ALERTS_ID, '3', DEMO.roles.senior),
      rename(BEGUN + 500, '🟢 Server alpha-1 7/100'),
      rename(FAILED + 9_000, '🔴 Server alpha-1'),
      rename(BEGUN + 605_000, '🟢 Server alpha-1 7/100'),
    ],
    alerts: [
      { id: '1', content: '✅ It is back.', title: '', hasButtons: false, repliesTo: null },
      { id: '3', content: '🔺 It is down.', title: '', hasButtons: false, repliesTo: '1' },
    ],
    notices: [{ id: '2', content: '', title: '🟢 It is back', hasButtons: false, repliesTo: null }],
    board: [{ id: '4', content: '', title: 'Servers', hasButtons: false, repliesTo: null }],
    kills: [],
    takenAt: ENDED,
  };
}

function life(): WatchedLife {
  const key = 1;
  const times = Array.from({ length: 30 }, (_, index) => BEGUN + 1_000 + index * INTERVAL_MS);
  return {
    key,
    planned: {
      id: 'alpha-1',
      name: 'Server alpha-1',
      host: 'alpha',
      thresholds: { downAfter: 2, upAfter: 1, flapChanges: 100, flapWithinMs: 3_600_000 },
      players: 7,
      channel: {
        name: 'alpha-1 soon',
        type: 'voice',
        template: '{emoji} {name} {players}/{max}',
        finally: (players) => `🟢 Server alpha-1 ${players}/${MOST_PLAYERS}`,
      },
      acts: [],
    },
    turns: [
      { from: BEGUN - 1_000, to: BEGUN - 1_000, condition: 'running', players: 7 },
      { from: STOPPED, to: STOPPED + 1, condition: 'stopped', players: 7 },
      { from: STARTED, to: STARTED + 1, condition: 'running', players: 7 },
    ],
    outages: [{ from: STOPPED, to: STARTED + 1 }],
    addedAt: BEGUN,
    checks: times
      .map((at) => (at === FAILED + 1_000 ? FAILED : at === ANSWERED + 1_000 ? ANSWERED : at))
      .map((at) => {
        const down = at >= FAILED && at < ANSWERED;
        return { serverKey: key, at, players: down ? null : 7, cause: down ? 'refused' : null };
      }),
    spans: [
      { serverKey: key, kind: 'unknown', from: BEGUN, to: BEGUN + 1_000 },
      { serverKey: key, kind: 'up', from: BEGUN + 1_000, to: FAILED },
      { serverKey: key, kind: 'down', from: FAILED, to: ANSWERED },
      { serverKey: key, kind: 'up', from: ANSWERED, to: null },
    ],
    downtimes: [
      {
        incidentId: INCIDENT,
        serverKey: key,
        from: FAILED,
        to: ANSWERED,
        cause: 'refused',
        unknownMs: 0,
      },
    ],
    channel: {
      id: CHANNEL,
      wished: '🟢 Server alpha-1 7/100',
      shown: '🟢 Server alpha-1 7/100',
    },
  };
}

function post(at: number, channelId: string, messageId: string, roleId: string | null): RestEntry {
  const mentions = { allowed_mentions: { roles: roleId === null ? [] : [roleId] } };
  const content = roleId === null ? '' : `<@&${roleId}> It is down.`;
  return {
    ...request(at, 'POST', `/channels/${channelId}/messages`, { content, ...mentions }),
    resultId: messageId,
  };
}

export function rename(at: number, name: string): RestEntry {
  return request(at, 'PATCH', `/channels/${CHANNEL}`, { name });
}

function request(at: number, method: string, path: string, requestBody: unknown): RestEntry {
  return {
    kind: 'rest',
    seq: 0,
    at,
    method,
    route: path.replace(/\d+/, ':channelId'),
    path,
    query: '',
    by: { kind: 'bot', id: DEMO.bot },
    status: 200,
    code: null,
    requestBody,
    resultId: CHANNEL,
    reason: null,
    committed: true,
    ms: 5,
    fault: null,
  };
}
