import { DEMO } from '../../../sandbox';
import type { Evidence } from './evidence';
import { grouped } from './grouped';
import type { Finding } from './finding';
import { ticketChannels } from './ticket-channels';

const LIVE = new Set(['open', 'claimed', 'resolved', 'closing']);

/** Every accepted opening has exactly one channel; no channel is without its ticket, no open ticket without its channel. */
export function checkChannels(evidence: Evidence): Finding {
  const { cases, events, world } = evidence;
  const defects: string[] = [];
  const made = ticketChannels(evidence);
  const numbers = new Map(cases.map(({ caseId, number }) => [caseId, number]));

  for (const [key, channels] of grouped(made, (one) => `${one.caseId}.${one.generation}`)) {
    // One that a person deleted before its ticket knew of it may be replaced.
    const kept = channels.filter(({ byHand }) => !byHand);
    if (kept.length > 1) defects.push(`${kept.length} channels were made for ${key}`);
    const [first] = channels;
    if (first !== undefined && !numbers.has(first.caseId)) {
      defects.push(`a channel was made for ${first.caseId}, which is no case`);
    }
  }
  for (const { caseId, number } of cases) {
    const recorded = new Set(
      (events.get(caseId) ?? [])
        .filter(({ type }) => type === 'channel-created')
        .map(({ data }) => data['channelId']),
    );
    for (const { channelId, stray, byHand } of made.filter((one) => one.caseId === caseId)) {
      if (recorded.delete(channelId) || stray || byHand) continue;
      defects.push(`#${number} does not record its channel ${channelId}`);
    }
    for (const channelId of recorded) {
      defects.push(`#${number} records the channel ${String(channelId)}, which nobody made`);
    }
  }

  const existing = (world.guilds[0]?.channels ?? []).filter(
    ({ topic, parentId }) =>
      topic?.includes('ticket-') === true || parentId === DEMO.channels.tickets,
  );
  const owned = new Map(
    cases
      .filter(({ status }) => LIVE.has(status))
      .map(({ channelId, number }) => [channelId, number]),
  );
  for (const { id, name } of existing) {
    if (!owned.has(id)) defects.push(`the channel ${name} (${id}) belongs to no open ticket`);
  }
  const present = new Set(existing.map(({ id }) => id));
  for (const [channelId, number] of owned) {
    if (channelId === null || !present.has(channelId)) {
      defects.push(`#${number} is open without a channel`);
    }
  }
  return {
    figures: [
      ['channels made for them', made.length],
      ['channels that were one too many', made.filter(({ stray }) => stray).length],
      ['channels deleted by hand', made.filter(({ byHand }) => byHand).length],
      ['tickets open at the end, with their channel', owned.size],
    ],
    defects,
  };
}
