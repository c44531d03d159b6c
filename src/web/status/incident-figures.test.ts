import { describe, expect, it } from '@jest/globals';
import type { IncidentHistoryEntry, IncidentRow } from '../../db/watching';
import { incidentFigures } from './incident-figures';

const OPENED = 1_000_000;

const downtime = (serverKey: number, isPublic = true) => ({
  serverKey,
  name: `Server ${serverKey}`,
  isPublic,
  since: OPENED,
  until: null,
  cause: 'refused' as const,
  unknownMs: 0,
});

const incident = (servers: IncidentRow['servers']): IncidentRow => ({
  incidentId: 'i',
  guildId: '1',
  number: 7,
  host: 'secret.example.org',
  status: 'open',
  openedAt: OPENED,
  recoveredAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  raisedAt: null,
  flapping: false,
  servers,
  alertMessage: null,
  publicMessage: null,
});

let seq = 0;
const entry = (
  type: string,
  at: number,
  data: Record<string, unknown> = {},
): IncidentHistoryEntry => {
  seq += 1;
  return { seq, type, at, actorId: '42', data, note: 'a secret' };
};
const fell = (serverKey: number) =>
  entry('server-down', OPENED + 10, {
    server: { serverKey, name: 'x', since: OPENED, cause: 'refused', until: null, unknownMs: 0 },
  });

describe('an incident as users see it', () => {
  it('tells its course, and nothing of the administration', () => {
    const shown = incidentFigures(incident([downtime(1)]), [
      fell(1),
      entry('acknowledged', OPENED + 20),
      entry('noted', OPENED + 30),
      entry('raised', OPENED + 40),
      entry('reminded', OPENED + 50),
      entry('cause-changed', OPENED + 60, { serverKey: 1, cause: 'timed-out' }),
      entry('server-up', OPENED + 90, { serverKey: 1, until: OPENED + 80, unknownMs: 0 }),
      entry('recovered', OPENED + 90),
    ]);
    expect(shown.updates).toEqual([
      { type: 'down', at: OPENED, server: 'Server 1', cause: 'refused' },
      { type: 'acknowledged', at: OPENED + 20 },
      { type: 'cause', at: OPENED + 60, server: 'Server 1', cause: 'timed-out' },
      { type: 'up', at: OPENED + 80, server: 'Server 1' },
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/secret|42/);
  });

  it('says nothing of servers that are not public', () => {
    const shown = incidentFigures(incident([downtime(1), downtime(2, false)]), [
      fell(1),
      fell(2),
      entry('flapping', OPENED + 20, { serverKey: 2, flapping: true }),
      entry('server-up', OPENED + 30, { serverKey: 2, until: OPENED + 30, unknownMs: 0 }),
    ]);
    expect(shown.servers.map(({ key }) => key)).toEqual([1]);
    expect(shown.updates).toHaveLength(1);
  });

  it('has a beginning before its workflow has written one', () => {
    expect(incidentFigures(incident([downtime(1)]), []).updates).toEqual([
      { type: 'down', at: OPENED, server: 'Server 1', cause: 'refused' },
    ]);
  });

  it('says when all of several are back, and when one is not watched any more', () => {
    const shown = incidentFigures(incident([downtime(1), downtime(2)]), [
      fell(1),
      fell(2),
      entry('server-up', OPENED + 30, { serverKey: 1, until: OPENED + 30, unknownMs: 0 }),
      entry('server-up', OPENED + 40, {
        serverKey: 2,
        until: OPENED + 40,
        unknownMs: 0,
        removed: true,
      }),
      entry('recovered', OPENED + 40),
    ]);
    expect(shown.updates.slice(2).map(({ type }) => type)).toEqual(['up', 'removed', 'recovered']);
  });
});
