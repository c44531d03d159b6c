import type { MaintenanceWindow } from '../../domain/watching/server';
import { inline } from '../../domain/text';
import { dateTime, duration, moment } from './time';

const DAYS: Readonly<Record<string, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
const PLACES: Readonly<Record<string, string>> = {
  '1': 'first',
  '2': 'second',
  '3': 'third',
  '4': 'fourth',
  '-1': 'last',
};

/** A window in a line: its title, when, how long, how often. */
export function windowWords(window: MaintenanceWindow): string {
  const title = `**${inline(window.title, { max: 150, empty: 'Maintenance' })}**`;
  const length = duration(window.durationMs);
  return window.rule === null
    ? `${title}, ${moment(window.startsAt)}, for ${length}`
    : `${title}, ${ruleWords(window.rule)}, for ${length}, first ${dateTime(window.startsAt)} (counted in ${inline(window.timeZone, { max: 60, empty: 'UTC' })})`;
}

/** A rule of RFC 5545 in plain words where it is a usual one, else the rule itself. */
export function ruleWords(rule: string): string {
  const parts = new Map(
    rule.split(';').map((part): [string, string] => {
      const [name = '', value = ''] = part.split('=');
      return [name, value];
    }),
  );
  const every = Number(parts.get('INTERVAL') ?? '1');
  const days = parts.get('BYDAY')?.split(',') ?? [];
  const others = [...parts.keys()].filter(
    (name) => !['FREQ', 'INTERVAL', 'BYDAY', 'WKST'].includes(name),
  );
  const asWritten = `by the rule ${inline(rule, { max: 200, empty: '…' })}`;
  if (others.length > 0) return asWritten;
  switch (parts.get('FREQ')) {
    case 'DAILY':
      return days.length === 0 ? times(every, 'day') : asWritten;
    case 'WEEKLY': {
      if (days.length === 0) return times(every, 'week');
      const names = days.map((day) => DAYS[day]);
      return names.includes(undefined) ? asWritten : `${times(every, 'week')} on ${list(names)}`;
    }
    case 'MONTHLY': {
      if (days.length === 0) return times(every, 'month');
      const [, place = '', day = ''] = /^([+-]?\d+)([A-Z]{2})$/.exec(days[0] ?? '') ?? [];
      const [word, name] = [PLACES[place.replace('+', '')], DAYS[day]];
      return days.length > 1 || word === undefined || name === undefined
        ? asWritten
        : `${times(every, 'month')} on the ${word} ${name}`;
    }
    default:
      return asWritten;
  }
}

function times(every: number, unit: string): string {
  return every === 1 ? `every ${unit}` : `every ${every} ${unit}s`;
}

function list(names: readonly (string | undefined)[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
