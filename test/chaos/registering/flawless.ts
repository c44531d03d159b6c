import { DEMO, InteractionHandle, type InteractionState } from '../../../sandbox';
import { ACCOUNT_WORKFLOW } from '../../../workflows/account/contract';
import {
  REGISTRATION_WORKFLOW,
  registrationWorkflowId,
} from '../../../workflows/registration/contract';
import { PeopleRecord } from '../people/record';
import { PLUGIN_SERVER, RCON_SERVER } from './configuration';
import type { RegisterEvidence, SeenServer } from './register-evidence';

/** Who proves an account, and who is given one that is taken again and given again. */
export const PIP = DEMO.people.pip;
const RUE = DEMO.people.rue;
/** When the first of all began, in milliseconds since the epoch. */
const BEGUN = 1_800_000_000_000;
/** The code that was sent. */
export const CODE = '482913';

/** The registration of the one. */
export const REGISTRATION = registrationWorkflowId({
  ...{ guildId: DEMO.guild, userId: PIP, edition: 'java', name: 'Digger' },
});

/** What is left of a run with two people in which nothing went wrong. */
export function flawless(): RegisterEvidence {
  return {
    attempts: [
      {
        ...{ registrationId: REGISTRATION, startedAt: BEGUN, userId: PIP, name: 'Digger' },
        events: ['started', 'code-sent', 'proven', 'verified'],
        accountKey: 1,
      },
    ],
    runs: [
      {
        workflowId: REGISTRATION,
        type: REGISTRATION_WORKFLOW,
        status: 'COMPLETED',
        ended: 'verified',
      },
      { workflowId: 'account-1', type: ACCOUNT_WORKFLOW, status: 'COMPLETED', ended: null },
    ],
    accounts: [
      account(1, PIP, 'Digger', null, true),
      account(2, RUE, 'Builder', DEMO.people.mira, false),
      account(3, RUE, 'Builder', DEMO.people.mira, true),
    ],
    changes: [
      change(1, 'Digger', 'linked', 1_000, `${REGISTRATION}/${BEGUN}`),
      change(2, 'Builder', 'linked', 2_000, 'account-1'),
      change(2, 'Builder', 'unlinked', 3_000, 'account-2'),
      change(3, 'Builder', 'linked', 4_000, 'account-3'),
    ],
    entries: [PLUGIN_SERVER, RCON_SERVER].flatMap((serverId) =>
      ['Digger', 'Builder'].map((name) => ({
        ...{ serverId, name, wanted: true, settled: true, error: null },
      })),
    ),
    persons: [
      {
        ...{ id: PIP, isMember: true, hasRole: true },
        told: [{ name: 'Digger', end: 'verified' }],
      },
      { id: RUE, isMember: true, hasRole: true, told: [] },
    ],
    servers: [server(PLUGIN_SERVER), server(RCON_SERVER)],
    codes: new Set([CODE]),
    texts: [{ where: 'the log', text: `{"ms":${CODE},"at":"12:00:00.${CODE}Z","id":"1${CODE}"}` }],
    interactions: [interaction()],
    journal: [
      { kind: 'gateway', what: 'identified', seq: 1, at: BEGUN - 5_000 },
      {
        ...{ kind: 'interaction', what: 'sent', seq: 2, at: BEGUN, id: '1000', userId: PIP },
        ...{ label: 'register', type: 2, ack: null, ms: 0 },
      },
    ],
    people: new PeopleRecord(),
    kills: [],
    disturbances: [],
  };
}

function account(
  key: number,
  userId: string,
  name: string,
  linkedBy: string | null,
  isLinked: boolean,
): RegisterEvidence['accounts'][number] {
  return { key, userId, name, uuid: linkedBy === null ? `uuid-${key}` : null, linkedBy, isLinked };
}

function change(
  accountKey: number,
  name: string,
  type: 'linked' | 'unlinked',
  ms: number,
  operation: string,
): RegisterEvidence['changes'][number] {
  return { accountKey, name, type, at: BEGUN + ms, operation };
}

/** A server that was told each thing in time, and one of them twice. */
function server(id: string): SeenServer {
  return {
    id,
    whitelist: ['Digger', 'Builder'],
    commands: [
      command('add', 'Digger', 1_500),
      command('add', 'Builder', 2_500),
      command('add', 'Builder', 2_600, false),
      command('remove', 'Builder', 3_500),
      command('add', 'Builder', 4_500),
    ],
  };
}

export function command(
  action: 'add' | 'remove',
  name: string,
  ms: number,
  effective = true,
): SeenServer['commands'][number] {
  return { at: BEGUN + ms, action, name, effective, told: true };
}

function interaction(): RegisterEvidence['interactions'][number] {
  const state: InteractionState = {
    ...{ id: '1000', userId: PIP, guildId: DEMO.guild, channelId: DEMO.channels.general },
    ...{ label: 'register', status: 'acknowledged', ack: { kind: 'deferred', ms: 40 } },
    ...{ revision: 2, loading: false, modal: null, choices: null, reply: null },
    ...{ replyEdits: 1, followups: [] },
  };
  const handle = new InteractionHandle(state, () => undefined);
  return { handle, personId: PIP, what: '/register Digger', told: 'done', state };
}
