import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { DiscordSnowflake } from '@sapphire/snowflake';
import type { Wish } from '../../src/db/mirrors';
import type { Followed, FollowRequest, Reviewed } from '../../workflows/mirror/activities';
import type { MirrorReviewInput } from '../../workflows/mirror/contract';
import type { Attempt } from '../attempt';
import { unlessGone } from '../discord/codes';
import type { MirrorDependencies } from './dependencies';
import { drain, type Drained } from './drain';

/** Copies up to a message, or follows its change. */
export async function followMessage(
  deps: MirrorDependencies,
  request: FollowRequest,
  attempt: Attempt,
): Promise<Followed> {
  const { guildId, mirrorId, channelId, isThread, messageId, changed } = request;
  const wished = await wish(
    deps,
    {
      ...{ guildId, mirrorId, isThread },
      fromChannelId: channelId,
      upTo: messageId,
      changed: changed ? messageId : null,
      reviewAfter: null,
    },
    attempt,
  );
  if (wished.streamKey === null) return { standing: 'absent', more: false };
  const { streamKey } = wished;
  const patienceMs = changed && wished.drained === 'queued' ? SHORT_WAIT_MS : 0;
  const standing = await standingSoon(deps, streamKey, messageId, patienceMs, attempt);
  return { standing, more: wished.drained === 'more' };
}

/** Whoever is at it is mostly done in a moment: to wait for that costs less than to look again by a timer. */
const SHORT_WAIT_MS = 2_000;
const LOOK_EVERY_MS = 100;

async function standingSoon(
  { records }: MirrorDependencies,
  streamKey: string,
  messageId: string,
  patienceMs: number,
  { signal }: Attempt,
): Promise<Followed['standing']> {
  for (const end = performance.now() + patienceMs; ;) {
    const standing = await records.standing(streamKey, messageId);
    if (standing !== 'waiting' || performance.now() >= end) return standing;
    await pause(LOOK_EVERY_MS, undefined, { signal });
  }
}

/** Looks up what nobody told of: in the mirror's channel and its threads. */
export async function reviewMirror(
  deps: MirrorDependencies,
  { guildId, mirrorId }: MirrorReviewInput,
  attempt: Attempt,
): Promise<Reviewed> {
  const mirror = await deps.records.mirror(guildId, mirrorId);
  if (mirror?.agreement !== 'agreed') return { more: false };
  const { fromChannelId, threads, editWindowMs } = mirror.settings;
  const reviewAfter = DiscordSnowflake.generate({
    timestamp: BigInt(attempt.now - editWindowMs),
    increment: 0n,
  }).toString();
  const places = [
    ...(await lastMessage(deps, fromChannelId, attempt)),
    ...(threads ? await threadsOf(deps, guildId, fromChannelId, attempt) : []),
  ];
  let more = false;
  for (const { channelId, isThread, newest } of places) {
    const { drained } = await wish(
      deps,
      {
        ...{ guildId, mirrorId, isThread, reviewAfter },
        fromChannelId: channelId,
        upTo: newest,
        changed: null,
      },
      attempt,
    );
    more ||= drained === 'more';
  }
  return { more };
}

interface Place {
  readonly channelId: string;
  readonly isThread: boolean;
  readonly newest: string;
}

async function lastMessage(
  { discord }: MirrorDependencies,
  channelId: string,
  { signal }: Attempt,
): Promise<Place[]> {
  const channel = await unlessGone(discord.channels.get(channelId, { signal }));
  if (channel === undefined || !('last_message_id' in channel)) return [];
  const { last_message_id: newest } = channel;
  return newest == null ? [] : [{ channelId, isThread: false, newest }];
}

async function threadsOf(
  { discord }: MirrorDependencies,
  guildId: string,
  parentId: string,
  { signal }: Attempt,
): Promise<Place[]> {
  const { threads } = await discord.guilds.getActiveThreads(guildId, { signal });
  return threads.flatMap((thread) => {
    if (!('parent_id' in thread) || thread.parent_id !== parentId) return [];
    const newest = 'last_message_id' in thread ? thread.last_message_id : null;
    return newest == null ? [] : [{ channelId: thread.id, isThread: true, newest }];
  });
}

async function wish(
  deps: MirrorDependencies,
  wanted: Omit<Wish, 'holder' | 'token'>,
  attempt: Attempt,
): Promise<{ readonly streamKey: string | null; readonly drained: Drained | 'queued' }> {
  const token = randomUUID();
  const taken = await deps.records.want({ ...wanted, holder: attempt.workflowId, token });
  switch (taken.outcome) {
    case 'off':
      return { streamKey: null, drained: 'done' };
    case 'queued':
      return { streamKey: taken.streamKey, drained: 'queued' };
    case 'wait':
      throw ApplicationFailure.create({
        type: 'mirror-held',
        message: 'An earlier try may still be at it',
        nextRetryDelay: taken.forMs,
        category: ApplicationFailureCategory.BENIGN,
      });
    case 'taken':
      return {
        streamKey: taken.streamKey,
        drained: await drain(deps, taken.targetChannelId, token, attempt),
      };
  }
}
