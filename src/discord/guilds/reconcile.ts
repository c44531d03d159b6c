import { setTimeout as pause } from 'node:timers/promises';
import type { CaseReader, OpenChannel } from '../../db/cases';
import type { Logger } from '../../observability/logger';
import type { Desk } from '../desk/desk';
import { unlessOver } from '../messages/watcher';
import { throughOutages } from '../outage';
import { createdAt, isNewer } from '../snowflake';
import type { LiveChannels } from './live-channels';

export interface ReconcileOptions {
  readonly desk: Pick<Desk, 'messagesSeen' | 'channelGone'>;
  readonly cases: Pick<CaseReader, 'openChannels' | 'events'>;
  readonly live: LiveChannels;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** How long the news of a channel that was created just now may take (milliseconds). */
  readonly settleMs?: number;
}

/** A guild as a new session shows it. */
export interface GuildSnapshot {
  readonly id: string;
  /** The newest message of each channel; `null`: none was ever written. */
  readonly channels: ReadonlyMap<string, string | null>;
}

const SETTLE_MS = 5_000;
/** Our own notices follow their events within this time (milliseconds). */
const NOTICE_MS = 15_000;
/** Events that make us write in the channel. */
const WITH_NOTICE: ReadonlySet<string> = new Set([
  'accepted',
  'channel-created',
  'claimed',
  'released',
  'raised',
  'resolved',
  'inactivity-warned',
  'reopened',
]);

/**
 * A session that could not be resumed has gaps. What went missing is found by comparing the records
 * with the guild: tickets whose channel is gone, and channels in which somebody wrote.
 */
export async function reconcile(options: ReconcileOptions, guild: GuildSnapshot): Promise<void> {
  const { cases, live, log, signal, settleMs = SETTLE_MS } = options;
  const retrying = <T>(what: string, operation: () => Promise<T>) =>
    throughOutages(what, operation, { log, signal });
  const openChannels = () =>
    retrying('comparing tickets with channels', () => cases.openChannels(guild.id));
  const isMissing = ({ channelId }: OpenChannel) => !live.has(guild.id, channelId);

  const open = (await openChannels()).filter(isLive);
  if (open.some(isMissing)) {
    // A channel that was created after the session began is in the records first, in the news next.
    await pause(settleMs, undefined, { signal, ref: false });
    for (const { caseId, channelId } of (await openChannels()).filter(isLive).filter(isMissing)) {
      log.info({ case: caseId, channel: channelId }, 'the channel of a ticket is gone');
      await retrying('telling a ticket that its channel is gone', () =>
        unlessOver(() => options.desk.channelGone(caseId, channelId)),
      );
    }
  }
  for (const channel of open) {
    const newest = guild.channels.get(channel.channelId) ?? null;
    if (newest === null || !isNews(newest, channel)) continue;
    const { caseId } = channel;
    await retrying('telling a ticket of messages that were missed', async () => {
      if (await isOurNotice(options.cases, caseId, newest)) return;
      await unlessOver(() =>
        options.desk.messagesSeen(caseId, { lastAt: createdAt(newest), staff: null }),
      );
    });
  }
}

function isLive({ status }: OpenChannel): boolean {
  return status === 'open' || status === 'claimed' || status === 'resolved';
}

function isNews(newest: string, { lastMessageId }: OpenChannel): boolean {
  return lastMessageId === null || isNewer(newest, lastMessageId);
}

/** Who wrote a message cannot be seen here; our own notices stand right behind their events. */
async function isOurNotice(
  cases: Pick<CaseReader, 'events'>,
  caseId: string,
  messageId: string,
): Promise<boolean> {
  const at = createdAt(messageId);
  const events = await cases.events(caseId);
  return events.some(
    (event) => WITH_NOTICE.has(event.type) && at >= event.at - 1_000 && at <= event.at + NOTICE_MS,
  );
}
