import { RateLimitError } from '@discordjs/rest';
import { ChannelType, type APIChannel } from 'discord-api-types/v10';
import type { ChannelName } from '../../src/db/watching';
import { renameForbiddenNotice } from '../../src/discord/views/server-messages';
import { asTextChannelName } from '../../src/domain/watching/channel-name';
import { mayRename } from '../../src/domain/watching/channel-budget';
import type { RenameOutcome } from '../../workflows/channel-name/activities';
import type { NameWish } from '../../workflows/channel-name/contract';
import type { Attempt } from '../attempt';
import { isGone, isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import type { WatchingDependencies } from './dependencies';

interface RenameRequest {
  readonly guildId: string;
  readonly channelId: string;
  readonly wish: NameWish;
}

/**
 * Gives a channel its name, if Discord's limit allows it now. The change is counted before it is tried: a try
 * that died counts, too, and the limit is never reached.
 */
export async function renameChannel(
  deps: WatchingDependencies,
  request: RenameRequest,
  attempt: Attempt,
): Promise<RenameOutcome> {
  const { channelId, wish } = request;
  try {
    const channel = await deps.discord.channels.get(channelId, { signal: attempt.signal });
    return await bring(deps, request, channel, attempt);
  } catch (error) {
    if (error instanceof RateLimitError) {
      return { outcome: 'later', notBefore: deps.clock() + error.timeToReset };
    }
    if (isGone(error)) return { outcome: 'gone' };
    if (!isLasting(error)) throw error;
    deps.log.warn({ channel: channelId, reason: error.code }, 'a channel cannot be renamed');
    await tellForbidden(deps, request, wish.name, attempt);
    return { outcome: 'forbidden' };
  }
}

async function bring(
  deps: WatchingDependencies,
  { guildId, channelId, wish: asked }: RenameRequest,
  channel: APIChannel,
  attempt: Attempt,
): Promise<RenameOutcome> {
  const newest = await deps.records.newestWish(channelId);
  // Whoever told of the wish may have been held up, and come after a newer one was told and shown.
  const isOld = newest !== null && newest.at > asked.at;
  const wish = isOld ? { ...asked, ...newest, urgent: asked.urgent || newest.urgent } : asked;
  const current = channel.name ?? '';
  const name = isTextLike(channel.type) ? asTextChannelName(wish.name) : wish.name;
  const known = await deps.records.channelName(channelId);
  if (isByHand(current, known, name) && wish.onManualRename === 'respect') {
    await deps.records.namedByHand(guildId, channelId);
    return { outcome: 'respected' };
  }
  if (current === name) {
    // Also what an earlier try did and could not record.
    if (known?.shown !== name || known.manual) await deps.records.renamed(channelId, name);
    return { outcome: 'shown' };
  }
  // An earlier try gave it this name and died: soon another name will be the wanted one.
  if (current === known?.wanted && current !== known.shown) {
    await deps.records.renamed(channelId, current);
  }
  // Not when the try was scheduled: it may have waited long for a worker, and Discord counts from now.
  const now = deps.clock();
  const refusal = await deps.records.reserveRename({
    guildId,
    channelId,
    name,
    now,
    decide: ({ changes }) => {
      const time = mayRename({ changes, now, urgent: wish.urgent });
      return time === 'now' ? null : time;
    },
  });
  if (refusal !== null) return { outcome: 'later', notBefore: refusal.notBefore };
  const renamed = await deps.discord.channels.edit(
    channelId,
    { name },
    { signal: attempt.signal, reason: 'The name shows how the game server is' },
  );
  // Discord may have made another name of it, and by that one a person's is told from ours.
  await deps.records.renamed(channelId, renamed.name ?? name);
  return { outcome: 'shown' };
}

/** Whether a person gave the channel the name that it has: it is none that we gave it or tried to give it. */
function isByHand(current: string, known: ChannelName | null, name: string): boolean {
  if (known === null || known.shown === null) return known?.manual ?? false;
  return current !== known.shown && current !== known.wanted && current !== name;
}

function isTextLike(type: ChannelType): boolean {
  return type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement;
}

/** Tells the administration, once until it works again. */
async function tellForbidden(
  deps: WatchingDependencies,
  { guildId, channelId }: RenameRequest,
  wantedName: string,
  attempt: Attempt,
): Promise<void> {
  const [known, guild] = await Promise.all([
    deps.records.channelName(channelId),
    deps.guilds.get(guildId),
  ]);
  const alertsChannelId = guild?.watching.alertsChannelId ?? null;
  if (known?.forbiddenToldAt == null && alertsChannelId !== null) {
    const body = renameForbiddenNotice({ channelId, wantedName });
    const key = `rename-forbidden-${channelId}-${known?.changes.at(-1) ?? 0}`;
    const message = { channelId: alertsChannelId, body, key, since: attempt.now - 60_000 };
    try {
      await postOnce(deps.discord, await deps.botId(), message, attempt);
    } catch (error) {
      if (!isLasting(error)) throw error;
    }
  }
  await deps.records.renameForbidden(guildId, channelId, attempt.now);
}
