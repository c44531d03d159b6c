import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { IncidentHistoryEntry, IncidentRow } from '../../src/db/watching';
import type { IncidentView } from '../../src/discord/views/incident-message';
import {
  incidentMessage,
  incidentMessageEdit,
  incidentRaise,
  incidentReminder,
} from '../../src/discord/views/incident-message';
import { publicNotice } from '../../src/discord/views/incident-public';
import type { IncidentState, RecordedIncidentEvent } from '../../src/domain/watching/incident';
import type { IncidentChange } from '../../workflows/incident/activities';
import type { Attempt } from '../attempt';
import { isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import type { WatchingDependencies } from './dependencies';
import { openNotes } from './notes';
import { tellSubscribers } from './recovery-messages';

/** Records what happened in an incident, and shows it: to the administration, to users, to who asked to be told. */
export async function showIncident(
  deps: WatchingDependencies,
  change: IncidentChange,
  attempt: Attempt,
): Promise<void> {
  const { incidentId, events, state, guildId } = change;
  await deps.records.recordIncident({
    incidentId,
    events,
    state,
    notes: openNotes(deps.seal, events),
  });
  const [row, history, guild] = await Promise.all([
    deps.records.incident(incidentId),
    deps.records.incidentEvents(incidentId),
    deps.guilds.get(guildId),
  ]);
  if (row === null) return;
  const view = { incidentId, state, notes: history.flatMap(noteOf) };
  await unlessForbidden(deps, row.guildId, state.policy.alertChannelId, (channelId) =>
    showToAdministration(deps, channelId, view, events, row, attempt),
  );
  await unlessForbidden(deps, row.guildId, state.policy.publicChannelId, (channelId) =>
    showToUsers(deps, channelId, incidentId, state, row, attempt),
  );
  await tellSubscribers(deps, guildNameOf(guild), change, attempt);
}

/** A channel that is gone or that we may not write in holds up no incident: the records and the page tell. */
async function unlessForbidden(
  deps: WatchingDependencies,
  guildId: string,
  channelId: string | null,
  show: (channelId: string) => Promise<void>,
): Promise<void> {
  if (channelId === null) return;
  try {
    await show(channelId);
  } catch (error) {
    if (!isLasting(error)) throw error;
    deps.log.warn(
      { guild: guildId, channel: channelId, code: error.code },
      'an outage cannot be told in its channel',
    );
  }
}

async function showToAdministration(
  deps: WatchingDependencies,
  channelId: string,
  view: IncidentView,
  events: readonly RecordedIncidentEvent[],
  row: IncidentRow,
  attempt: Attempt,
): Promise<void> {
  const { incidentId } = view;
  const botId = await deps.botId();
  let messageId = row.alertMessage?.messageId;
  if (messageId === undefined) {
    const body = incidentMessage(view);
    const since = row.openedAt;
    const message = { channelId, body, key: `${incidentId}.alert`, since };
    messageId = (await postOnce(deps.discord, botId, message, attempt)).id;
    await deps.records.setIncidentMessages(incidentId, { alert: { channelId, messageId } });
  } else {
    await edit(deps, channelId, messageId, incidentMessageEdit(view), attempt);
  }
  for (const { seq, at, event } of events) {
    if (event.type !== 'reminded' && event.type !== 'raised') continue;
    const reply = event.type === 'reminded' ? incidentReminder : incidentRaise;
    const body = reply(view, messageId);
    const message = { channelId, body, key: `${incidentId}.${seq}`, since: at };
    await postOnce(deps.discord, botId, message, attempt);
  }
}

/** Only of servers that users see; an incident of others alone is nothing to them. */
async function showToUsers(
  deps: WatchingDependencies,
  channelId: string,
  incidentId: string,
  state: IncidentState,
  row: IncidentRow,
  attempt: Attempt,
): Promise<void> {
  const seen = new Set(
    row.servers.filter(({ isPublic }) => isPublic).map(({ serverKey }) => serverKey),
  );
  const servers = state.servers.filter(({ serverKey }) => seen.has(serverKey));
  if (servers.length === 0) return;
  const body = publicNotice({
    servers,
    recovered: state.status === 'recovered',
    inHand: state.acknowledged !== null,
  });
  const { publicMessage } = row;
  if (publicMessage !== null) {
    await edit(deps, publicMessage.channelId, publicMessage.messageId, body, attempt);
    return;
  }
  const message = { channelId, body, key: `${incidentId}.public`, since: row.openedAt };
  const { id: messageId } = await postOnce(deps.discord, await deps.botId(), message, attempt);
  await deps.records.setIncidentMessages(incidentId, { public: { channelId, messageId } });
}

/** Somebody may have deleted the message: it is theirs to do so, and it is not posted a second time. */
async function edit(
  deps: WatchingDependencies,
  channelId: string,
  messageId: string,
  body: Parameters<WatchingDependencies['discord']['channels']['editMessage']>[2],
  { signal }: Attempt,
): Promise<void> {
  try {
    await deps.discord.channels.editMessage(channelId, messageId, body, { signal });
  } catch (error) {
    if (!isLasting(error) || error.code === 10_003) throw error;
  }
}

function noteOf({ note, actorId, at }: IncidentHistoryEntry) {
  return note === null || actorId === null ? [] : [{ by: actorId, at, text: note }];
}

function guildNameOf(guild: GuildConfiguration | null): string {
  return guild?.guildName ?? '';
}
