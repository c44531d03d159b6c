import { parseDuration } from '../../config/duration';
import { isTimeZone } from '../../config/guild/zoned-time';
import { maintenanceProblem } from '../../domain/watching/maintenance';
import type { MaintenanceWindow } from '../../domain/watching/server';
import type { CommandInput } from '../interactions/options';
import { firstBeginning, parseRepetition } from './repetition';
import { parseStart, START_EXAMPLES } from './when';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** As the configuration file allows. */
const LONGEST = 30 * DAY;

export type WindowRead =
  | { readonly ok: true; readonly window: MaintenanceWindow }
  /** What is wrong, as sentences for the person. */
  | { readonly ok: false; readonly reasons: readonly string[] };

/**
 * Reads the options of `/server maintenance` that plan a window.
 *
 * @param interactionId names the window, so that a repeated command plans it once
 * @param now milliseconds since the epoch
 */
export function readWindow(input: CommandInput, interactionId: string, now: number): WindowRead {
  const timeZone = input.text('time_zone')?.trim() ?? 'UTC';
  if (!isTimeZone(timeZone)) {
    return wrong('time_zone must be a time zone, such as Europe/Berlin or UTC.');
  }
  const repeat = input.text('repeat')?.trim() ?? '';
  const repetition = repeat === '' ? { rule: null } : parseRepetition(repeat);
  const durationMs = parseDuration(input.text('duration')?.toLowerCase() ?? '');
  const start = parseStart(input.text('start') ?? 'now', timeZone, now);
  const reasons = [
    ...(durationMs === undefined || durationMs < MINUTE || durationMs > LONGEST
      ? ['duration must be from 1m to 30d, such as 90m or 2h.']
      : []),
    ...(start === null ? [`start must be ${START_EXAMPLES}.`] : []),
    ...('problem' in repetition ? [repetition.problem] : []),
  ];
  if (reasons.length > 0 || start === null || durationMs === undefined || 'problem' in repetition) {
    return wrong(...reasons);
  }
  const { rule } = repetition;
  if (rule === null && start + durationMs <= now) {
    return wrong('This maintenance would be over already: choose a later start.');
  }
  const window: MaintenanceWindow = {
    id: `command-${interactionId}`,
    title: input.text('title')?.trim().slice(0, 100) ?? 'Maintenance',
    startsAt: rule === null ? start : firstBeginning(start, rule, timeZone),
    durationMs,
    rule,
    timeZone,
  };
  const problem = maintenanceProblem(window);
  return problem === null ? { ok: true, window } : wrong(problem);
}

function wrong(...reasons: readonly string[]): WindowRead {
  return { ok: false, reasons };
}
