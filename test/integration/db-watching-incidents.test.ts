import { describe, expect, it } from '@jest/globals';
import {
  createWatchReader,
  createWatchRecorder,
  UnknownIncident,
  type IncidentRow,
} from '../../src/db/watching';
import type { IncidentState, RecordedIncidentEvent } from '../../src/domain/watching/incident';
import { GUILD, OTHER_GUILD, STAFF } from '../contracts/case-fixtures';
import {
  answered,
  HOUR,
  INTERVAL,
  MINUTE,
  outage,
  POLICY,
  round,
  settings,
  START,
} from '../contracts/watch-fixtures';
import { freshRecords } from '../contracts/fresh-records';

const records = freshRecords();

const recorder = () => createWatchRecorder(records.knex);
const reader = () => createWatchReader(records.knex);

async function watch(...servers: readonly (readonly [id: string, isPublic: boolean])[]) {
  await recorder().applyServers(
    GUILD,
    'file',
    servers.map(([id, isPublic]) => settings(id, { isPublic })),
    START,
  );
  await round(recorder(), () => [answered(START)]);
}

const keyOf = async (id: string) => (await reader().server(GUILD, id, START))?.server.key ?? 0;

/** The server fails at this instant and is back 5 minutes later. */
async function fail(id: string, at: number): Promise<void> {
  const only = (checks: ReturnType<typeof outage>) =>
    round(recorder(), ({ server }) => (server.id === id ? checks : null));
  await only(outage(at));
  await only([answered(at + 5 * MINUTE), answered(at + 5 * MINUTE + INTERVAL)]);
}

const list = async (more: object = {}) =>
  (await reader().incidents({ guildId: GUILD, limit: 50, ...more })).incidents;

async function anIncident(): Promise<IncidentRow> {
  await watch(['survival', true]);
  await fail('survival', START + MINUTE);
  const [incident] = await list();
  if (incident === undefined) throw new Error('There should be an incident.');
  return incident;
}

const state = (more: Partial<IncidentState>): IncidentState => ({
  status: 'open',
  seq: 1,
  openedAt: START + MINUTE,
  servers: [],
  policy: POLICY,
  acknowledged: null,
  raisedAt: null,
  reminders: 0,
  remindedAt: null,
  flapping: false,
  flappingKeys: [],
  recoveredAt: null,
  ...more,
});

describe('an incident', () => {
  const at = START + 2 * MINUTE;
  const acknowledged: RecordedIncidentEvent = {
    seq: 1,
    at,
    event: { type: 'acknowledged', by: STAFF },
  };
  const noted: RecordedIncidentEvent = {
    seq: 2,
    at: at + 1,
    event: { type: 'noted', by: STAFF, note: 'sealed' },
  };
  const recovered: RecordedIncidentEvent = {
    seq: 3,
    at: at + HOUR,
    event: { type: 'recovered', at: at + HOUR },
  };
  const whole = {
    events: [acknowledged, noted, recovered],
    notes: new Map([[2, 'Restarting it\0']]),
    state: state({
      status: 'recovered',
      seq: 3,
      acknowledged: { by: STAFF, at },
      recoveredAt: at + HOUR,
    }),
  };

  it('keeps its history, whatever is tried again and however late', async () => {
    const { incidentId } = await anIncident();
    const early = {
      incidentId,
      events: [acknowledged],
      notes: new Map<number, string>(),
      state: state({ status: 'acknowledged', acknowledged: { by: STAFF, at } }),
    };
    await recorder().recordIncident(early);
    expect(await reader().incident(incidentId)).toMatchObject({
      status: 'acknowledged',
      acknowledgedAt: at,
      acknowledgedBy: STAFF,
    });
    await recorder().recordIncident({ incidentId, ...whole });
    await recorder().recordIncident({ incidentId, ...whole });
    await recorder().recordIncident(early);
    expect(await reader().incident(incidentId)).toMatchObject({
      status: 'recovered',
      recoveredAt: at + HOUR,
      acknowledgedBy: STAFF,
    });
    const data = {};
    expect(await reader().incidentEvents(incidentId)).toEqual([
      { seq: 1, type: 'acknowledged', at, actorId: STAFF, data: { by: STAFF }, note: null },
      {
        ...{ seq: 2, type: 'noted', at: at + 1, actorId: STAFF },
        ...{ data: { by: STAFF }, note: 'Restarting it\u{FFFD}' },
      },
      {
        ...{ seq: 3, type: 'recovered', at: at + HOUR, actorId: null },
        ...{ data: { ...data, at: at + HOUR }, note: null },
      },
    ]);
  });

  it('has a history that is only added to', async () => {
    const { incidentId } = await anIncident();
    await recorder().recordIncident({ incidentId, ...whole });
    await expect(records.knex('incident_events').delete()).rejects.toThrow('only added to');
    await expect(records.knex('incident_events').update('type', 'x')).rejects.toThrow(
      'only added to',
    );
    await expect(records.knex.raw('truncate incident_events')).rejects.toThrow('only added to');
  });

  it('has to be known', async () => {
    await expect(recorder().recordIncident({ incidentId: 'x', ...whole })).rejects.toThrow(
      UnknownIncident,
    );
    await expect(
      recorder().recordIncident({ incidentId: 'x', ...whole, events: [] }),
    ).rejects.toThrow(UnknownIncident);
    const alert = { channelId: '1', messageId: '2' };
    await expect(recorder().setIncidentMessages('x', { alert })).rejects.toThrow(UnknownIncident);
    expect(await reader().incident('x')).toBeNull();
    expect(await reader().incidentEvents('x')).toEqual([]);
  });

  it('remembers its messages', async () => {
    const { incidentId, number } = await anIncident();
    const alert = { channelId: '1', messageId: '2' };
    await recorder().setIncidentMessages(incidentId, { alert });
    await recorder().setIncidentMessages(incidentId, {
      public: { channelId: '3', messageId: '4' },
    });
    await recorder().setIncidentMessages(incidentId, {});
    expect(await reader().incidentByNumber(GUILD, number)).toMatchObject({
      alertMessage: alert,
      publicMessage: { channelId: '3', messageId: '4' },
    });
  });
});

describe('lists of incidents', () => {
  it('begin with the newest and show every one once, page after page', async () => {
    await watch(['survival', true], ['secret', false]);
    for (let number = 0; number < 7; number += 1) {
      await fail(number % 3 === 2 ? 'secret' : 'survival', START + (number + 1) * HOUR);
    }
    expect((await list()).map(({ number }) => number)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    const first = await reader().incidents({ guildId: GUILD, limit: 3 });
    expect(first).toMatchObject({
      incidents: [{ number: 7 }, { number: 6 }, { number: 5 }],
      next: 5,
    });
    const rest = await reader().incidents({ guildId: GUILD, limit: 4, before: 5 });
    expect(rest.incidents.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
    expect(rest.next).toBeNull();
    const serverKey = await keyOf('secret');
    expect((await list({ serverKey })).map(({ number }) => number)).toEqual([6, 3]);
    expect((await list({ serverKey, before: 6 })).map(({ number }) => number)).toEqual([3]);
    expect((await list({ publicOnly: true })).map(({ number }) => number)).toEqual([7, 5, 4, 2, 1]);
    expect(await list({ guildId: OTHER_GUILD })).toEqual([]);
    const exported = { serverKey, from: START, to: START + 24 * HOUR, limit: 1 };
    const one = await reader().exportDowntimes(exported);
    expect(one).toMatchObject({ rows: [{ since: START + 3 * HOUR, isPublic: false }] });
    const two = await reader().exportDowntimes({ ...exported, after: one.next ?? 0 });
    expect(two).toMatchObject({ rows: [{ since: START + 6 * HOUR }], next: null });
  });

  it('show to the public what is public', async () => {
    await recorder().applyServers(
      GUILD,
      'file',
      [settings('survival', { host: 'box' }), settings('secret', { host: 'box', isPublic: false })],
      START,
    );
    await round(recorder(), () => [answered(START)]);
    await round(recorder(), () => outage(START + MINUTE));
    const names = async (more: object) => (await list(more)).map(({ servers }) => servers.length);
    expect(await names({})).toEqual([2]);
    expect(await names({ publicOnly: true })).toEqual([1]);
  });

  it('can leave out what is over', async () => {
    const { incidentId } = await anIncident();
    expect(await list({ open: true })).toHaveLength(1);
    await recorder().recordIncident({
      incidentId,
      events: [],
      notes: new Map(),
      state: state({ status: 'recovered', recoveredAt: START + HOUR }),
    });
    expect(await list({ open: true })).toEqual([]);
    expect(await list()).toHaveLength(1);
  });
});

describe('who asked to be told', () => {
  it('is told once for each time of asking', async () => {
    await watch(['survival', true], ['creative', true]);
    const [survival, creative] = [await keyOf('survival'), await keyOf('creative')];
    await recorder().subscribe(survival, '11', START);
    await recorder().subscribe(survival, '11', START + 1);
    await recorder().subscribe(survival, '12', START + 2);
    await recorder().subscribe(creative, '12', START);
    const waiting = () => recorder().subscribers([survival]);
    const both = [
      { serverKey: survival, userId: '11' },
      { serverKey: survival, userId: '12' },
    ];
    expect(await waiting()).toEqual(both);
    await recorder().subscribersTold(both.slice(0, 1), START + HOUR);
    await recorder().subscribersTold(both.slice(0, 1), START + HOUR);
    expect(await waiting()).toEqual(both.slice(1));
    await recorder().subscribe(survival, '11', START + 2 * HOUR);
    expect(await waiting()).toHaveLength(2);
    expect(await recorder().subscribers([creative])).toHaveLength(1);
    expect(await recorder().subscribers([])).toEqual([]);
  });
});

describe('channels', () => {
  const CHANNEL = '800000000000000001';
  const reserve = (name: string, now: number, most = 2) =>
    recorder().reserveRename({
      guildId: GUILD,
      channelId: CHANNEL,
      name,
      now,
      decide: ({ changes }) => (changes.length < most ? null : 'spent'),
    });

  it('are renamed no more often than is decided, whoever tries at once', async () => {
    expect(await recorder().channelName(CHANNEL)).toBeNull();
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) => reserve(`name ${index}`, START + index)),
    );
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome === 'spent')).toHaveLength(4);
    const known = await recorder().channelName(CHANNEL);
    expect(known?.changes).toHaveLength(2);
    expect(known).toMatchObject({ guildId: GUILD, shown: null, manual: false });
  });

  it('forget changes after an hour, and remember what is shown', async () => {
    await reserve('one', START);
    await recorder().renamed(CHANNEL, 'one');
    await reserve('two', START + HOUR);
    expect(await recorder().channelName(CHANNEL)).toEqual({
      ...{ channelId: CHANNEL, guildId: GUILD, shown: 'one', wanted: 'two' },
      ...{ changes: [START + HOUR], manual: false, forbiddenToldAt: null },
    });
  });

  it('that may not be renamed are told once, until it worked again', async () => {
    const told = () => recorder().renameForbidden(GUILD, CHANNEL, START);
    expect(await told()).toBe(true);
    expect(await told()).toBe(false);
    await recorder().renamed(CHANNEL, 'one');
    expect(await told()).toBe(true);
  });

  it('may be named by hand', async () => {
    await recorder().namedByHand(GUILD, CHANNEL);
    await recorder().namedByHand(GUILD, CHANNEL);
    expect(await recorder().channelName(CHANNEL)).toMatchObject({ manual: true });
    await recorder().renamed(CHANNEL, 'ours');
    expect(await recorder().channelName(CHANNEL)).toMatchObject({ manual: false, shown: 'ours' });
  });

  it('have one status message', async () => {
    expect(await recorder().statusMessage(GUILD, CHANNEL)).toBeNull();
    await recorder().setStatusMessage(GUILD, CHANNEL, '5', START);
    await recorder().setStatusMessage(GUILD, CHANNEL, '6', START + MINUTE);
    expect(await recorder().statusMessage(GUILD, CHANNEL)).toEqual({
      messageId: '6',
      editedAt: START + MINUTE,
    });
  });
});
