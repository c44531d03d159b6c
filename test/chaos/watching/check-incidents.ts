import type { Finding } from '../evidence/finding';
import { iso } from './check-checks';
import type { Downtime, Incident, IncidentEventRow, WatchEvidence } from './watch-evidence';

/** Outages of a host that begin so close to each other are one. */
const ONE_CAUSE_MS = 300_000;
/** Until the end of one and the beginning of another are recorded for certain. */
const RECORDED_MS = 60_000;

/** Every downtime belongs to one incident of its host, and each incident has a whole history. */
export function checkIncidents(evidence: WatchEvidence): Finding {
  const { incidents, events, lives } = evidence;
  const defects: string[] = [];
  const hosts = new Map(lives.map(({ key, planned }) => [key, planned.host]));
  const downtimes = lives.flatMap((life) => life.downtimes);
  for (const [index, incident] of incidents.entries()) {
    const own = downtimes.filter(({ incidentId }) => incidentId === incident.id);
    const history = events.filter(({ incidentId }) => incidentId === incident.id);
    for (const defect of [
      ...(incident.number === index + 1 ? [] : ['has a wrong number']),
      ...ofOneHost(incident, own, hosts),
      ...isOver(incident, own),
      ...isWhole(history, own),
    ]) {
      defects.push(`incident ${incident.number} (${incident.id}) ${defect}`);
    }
  }
  defects.push(...notJoined(downtimes, hosts));
  const count = (type: string): number => events.filter((event) => event.type === type).length;
  return {
    figures: [
      ['incidents', incidents.length],
      ['of them with several downtimes', incidents.length - singles(incidents, downtimes)],
      ['news of servers in them', count('server-down') + count('server-up')],
      ['raised', count('raised')],
      ['reminders', count('reminded')],
      ['causes that changed', count('cause-changed')],
    ],
    defects,
  };
}

function singles(incidents: readonly Incident[], downtimes: readonly Downtime[]): number {
  return incidents.filter(
    ({ id }) => downtimes.filter(({ incidentId }) => incidentId === id).length === 1,
  ).length;
}

function ofOneHost(
  { host }: Incident,
  own: readonly Downtime[],
  hosts: ReadonlyMap<number, string>,
): string[] {
  const defects: string[] = [];
  for (const one of own) {
    if (hosts.get(one.serverKey) !== host) defects.push(`has a server that is not of ${host}`);
    const near = own.some(
      (other) => other !== one && Math.abs(other.from - one.from) <= ONE_CAUSE_MS,
    );
    if (own.length > 1 && !near) defects.push(`has a downtime of another time, ${iso(one.from)}`);
  }
  return own.length === 0 ? ['has no downtime'] : defects;
}

function isOver({ status, recoveredAt }: Incident, own: readonly Downtime[]): string[] {
  if (status !== 'recovered' || recoveredAt === null) return [`is ${status}`];
  const last = own.reduce((latest, { to }) => Math.max(latest, to ?? latest), 0);
  return recoveredAt === last ? [] : [`recovered at ${iso(recoveredAt)}, not at ${iso(last)}`];
}

function isWhole(history: readonly IncidentEventRow[], own: readonly Downtime[]): string[] {
  const defects: string[] = [];
  const count = (type: string): number => history.filter((event) => event.type === type).length;
  const missing = history.findIndex(({ seq }, index) => seq !== index + 1);
  if (missing >= 0) defects.push(`lacks its event ${missing + 1}`);
  for (const type of ['server-down', 'server-up']) {
    if (count(type) !== own.length) {
      defects.push(`has ${count(type)} times ${type} for ${own.length} downtimes`);
    }
  }
  if (count('recovered') !== 1) defects.push(`recovered ${count('recovered')} times`);
  if (count('raised') > 1) defects.push(`was raised ${count('raised')} times`);
  if (history.at(-1)?.type !== 'recovered') defects.push('does not end with its recovery');
  return defects;
}

/** Downtimes of one host that belong together, and were told as two outages. */
function notJoined(downtimes: readonly Downtime[], hosts: ReadonlyMap<number, string>): string[] {
  return downtimes.flatMap((one) =>
    downtimes
      .filter(
        (other) =>
          other.incidentId !== one.incidentId &&
          hosts.get(other.serverKey) === hosts.get(one.serverKey) &&
          other.from >= one.from &&
          other.from - one.from <= ONE_CAUSE_MS &&
          (one.to ?? Number.POSITIVE_INFINITY) > other.from + RECORDED_MS,
      )
      .map(
        (other) =>
          `${hosts.get(one.serverKey) ?? ''}: the outages of ${iso(one.from)} and ${iso(other.from)} are two incidents`,
      ),
  );
}
