import type { IncidentVerdict } from '../../../workflows/incident/contract';
import { CaseOver } from '../desk/errors';
import type { Call } from '../interactions/call';
import { answer, type Answer } from '../views/answer';
import { incidentAnswer } from '../views/incident-answer';
import { INCIDENTS_PAGE, incidentsAnswer } from '../views/incident-list';
import type { IncidentFilter } from './ids';

/** A page of the outages. @throws DatabaseUnavailable */
export async function incidentsPage(
  call: Call,
  filter: IncidentFilter,
  before: number | null,
): Promise<Answer> {
  const { watching } = call.parts;
  const [{ incidents, next }, serverName] = await Promise.all([
    watching.incidents({
      guildId: call.guildId,
      limit: INCIDENTS_PAGE,
      ...(filter.serverKey !== null && { serverKey: filter.serverKey }),
      ...(filter.status === 'open' && { open: true }),
      ...(before !== null && { before }),
    }),
    nameOf(call, filter.serverKey),
  ]);
  return incidentsAnswer({ incidents, before, next, filter, serverName });
}

async function nameOf(call: Call, serverKey: number | null): Promise<string | null> {
  if (serverKey === null) return null;
  const servers = await call.parts.watching.servers(call.guildId, Date.now());
  return servers.find(({ server }) => server.key === serverKey)?.server.name ?? 'a removed server';
}

/**
 * One outage with its history.
 *
 * @param which its number in the guild, or its id
 * @throws DatabaseUnavailable
 */
export async function showIncident(
  call: Call,
  which: number | string,
  { notice = '', page = 0 }: { readonly notice?: string; readonly page?: number } = {},
): Promise<Answer> {
  const { watching } = call.parts;
  const incident =
    typeof which === 'number'
      ? await watching.incidentByNumber(call.guildId, which)
      : await watching.incident(which);
  if (incident?.guildId !== call.guildId) {
    return answer('There is no such outage here. `/server incidents` lists them.');
  }
  const history = await watching.incidentEvents(incident.incidentId);
  return incidentAnswer({ incident, history, page }, notice);
}

/** What somebody does about an outage. */
export type IncidentDeed =
  { readonly action: 'acknowledge' } | { readonly action: 'note'; readonly note: string };

/**
 * Gives a command to the incident's workflow.
 *
 * @returns what happened, or why nothing did, as a sentence for the person
 * @throws DeskUnreachable, DeskSilent
 */
export async function giveIncidentCommand(
  call: Call,
  incidentId: string,
  deed: IncidentDeed,
): Promise<string> {
  const { desk, seal } = call.parts;
  const userId = call.member.user.id;
  const updateId = call.interaction.id;
  try {
    const verdict =
      deed.action === 'acknowledge'
        ? await desk.acknowledgeIncident(incidentId, { userId }, updateId)
        : await desk.noteIncident(incidentId, { userId, note: seal.seal(deed.note) }, updateId);
    return verdictText(deed.action, verdict);
  } catch (error) {
    if (error instanceof CaseOver) return OVER[deed.action];
    throw error;
  }
}

const OVER: Readonly<Record<IncidentDeed['action'], string>> = {
  acknowledge: '⚠️ This outage is over, so there is nothing to acknowledge any more.',
  note: '⚠️ This outage is over and takes no more notes.',
};

const DONE: Readonly<Record<IncidentDeed['action'], string>> = {
  acknowledge:
    '✅ You have acknowledged this outage. Nobody is reminded or called any more; its message shows that you are on it.',
  note: '✅ Your note stands with the outage.',
};

function verdictText(action: IncidentDeed['action'], verdict: IncidentVerdict): string {
  if (verdict.done) return DONE[action];
  return verdict.refusal.refused === 'over'
    ? OVER[action]
    : `⚠️ <@${verdict.refusal.by}> has already acknowledged this outage. With **Note** you can add what you know.`;
}
