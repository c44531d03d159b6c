import { PermissionFlagsBits } from 'discord-api-types/v10';
import { DEMO, type ChannelSnapshot } from '../../../sandbox';
import type { Evidence } from './evidence';
import { grouped } from './grouped';
import type { Finding } from './finding';
import { ticketChannels } from './ticket-channels';

/** Whoever is of a team in the configuration of these runs. */
const TEAM_ROLES: Readonly<Record<string, string>> = {
  helpers: DEMO.roles.moderator,
  seniors: DEMO.roles.senior,
};

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
  const present = new Map(existing.map((channel) => [channel.id, channel]));
  for (const { channelId, number, status, teamId } of cases) {
    if (!LIVE.has(status)) continue;
    const channel = present.get(channelId ?? '');
    if (channel === undefined) defects.push(`#${number} is open without a channel`);
    else if (!isLetIn(channel, TEAM_ROLES[teamId])) {
      defects.push(`#${number} is open, and its team ${teamId} is not let into its channel`);
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

function isLetIn({ overwrites }: ChannelSnapshot, roleId: string | undefined): boolean {
  const own = overwrites.find(({ id }) => id === roleId);
  return own !== undefined && (BigInt(own.allow) & PermissionFlagsBits.ViewChannel) !== 0n;
}
