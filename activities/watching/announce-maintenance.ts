import { maintenanceNotice } from '../../src/discord/views/server-messages';
import { noMentions } from '../../src/domain/text';
import type {
  MaintenanceActivities,
  MaintenanceMessage,
} from '../../workflows/maintenance/activities';
import type { Attempt } from '../attempt';
import { isLasting, unlessGone } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import type { WatchingDependencies } from './dependencies';

type Request = Parameters<MaintenanceActivities['announceMaintenance']>[0];

const HOUR = 3_600_000;

/** Shows users, in one message, how far a maintenance of a public server is. */
export async function announceMaintenance(
  deps: WatchingDependencies,
  { maintenance, phase, message }: Request,
  attempt: Attempt,
): Promise<MaintenanceMessage | null> {
  const { guildId, serverId, serverKey, windowId, from, to } = maintenance;
  const [guild, overview] = await Promise.all([
    deps.guilds.get(guildId),
    deps.records.server(guildId, serverId, attempt.now),
  ]);
  const server = overview?.server.key === serverKey ? overview.server : undefined;
  const window = server?.maintenance.find(({ id }) => id === windowId);
  // The window may be gone although nobody told the workflow: the server is watched no longer, or the file changed.
  const isCalledOff = window === undefined && phase !== 'over';
  if (window === undefined && message === null) return null;
  const channelId = message?.channelId ?? guild?.watching.publicChannelId ?? null;
  if (channelId === null || (message === null && server?.isPublic !== true)) return null;
  const notice = maintenanceNotice({
    serverName: server?.name ?? serverId,
    title: window?.title ?? '',
    startsAt: from,
    endsAt: to,
    phase: phase === 'called-off' || window === undefined ? 'over' : phase,
  });
  const body = { content: notice.content ?? '', allowed_mentions: noMentions };
  const { signal } = attempt;
  try {
    if (message !== null && (phase === 'called-off' || isCalledOff)) {
      await unlessGone(
        deps.discord.channels.deleteMessage(channelId, message.messageId, { signal }),
      );
      return null;
    }
    if (message !== null) {
      await deps.discord.channels.editMessage(channelId, message.messageId, body, { signal });
      return window === undefined ? null : message;
    }
    const key = `${attempt.workflowId}.notice`;
    const since = attempt.now - HOUR;
    const only = { channelId, body, key, since };
    const { id: messageId } = await postOnce(deps.discord, await deps.botId(), only, attempt);
    return { channelId, messageId };
  } catch (error) {
    if (!isLasting(error)) throw error;
    deps.log.warn({ channel: channelId, reason: error.code }, 'maintenance cannot be announced');
    return null;
  }
}
