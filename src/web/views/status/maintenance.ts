import { html, type Html } from '../../html/html';
import type { PlannedMaintenance } from '../../status/figures';
import type { ViewContext } from './context';
import { dateTime } from './times';

/** Maintenance that goes on or is planned; nothing where there is none. */
export function plannedMaintenance(
  planned: readonly PlannedMaintenance[],
  context: ViewContext,
): Html | false {
  const { texts, formats, now } = context;
  if (planned.length === 0) return false;
  return html`<h2>${texts.maintenance.title}</h2>
    <ul class="planned">
      ${planned.map(
        ({ title, from, until, servers }) =>
          html` <li class="card${from <= now && ' going'}">
            <h3>
              ${title}${from <= now && html` <span class="tag">${texts.maintenance.now}</span>`}
            </h3>
            <p>${formats.list(servers.map(({ name }) => name))}</p>
            <p class="span">
              ${dateTime(from, context)} ${texts.maintenance.untilWord} ${dateTime(until, context)}
              (${formats.duration(until - from)})
            </p>
          </li>`,
      )}
    </ul>`;
}
