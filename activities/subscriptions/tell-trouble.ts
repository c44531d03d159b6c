import { sourceTroubleMessage } from '../../src/discord/views/source-trouble';
import type { SubscriptionActivities } from '../../workflows/subscription/activities';
import { subscriptionWorkflowId } from '../../workflows/subscription/contract';
import type { Attempt } from '../attempt';
import { isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import type { SubscriptionDependencies } from './dependencies';

/** Tells administrators of a trouble once, and once that it is over. Where nobody can be told, it is in the log. */
export async function tellTrouble(
  { records, discord, botId, log }: SubscriptionDependencies,
  {
    source,
    trouble: { trouble, since, reason, over },
  }: Parameters<SubscriptionActivities['tellTrouble']>[0],
  attempt: Attempt,
): Promise<void> {
  const { guildId, sourceId } = source;
  const record = await records.source(guildId, sourceId);
  // An earlier try may have recorded that it is told.
  if (record === null || record.told.includes(trouble) === !over) return;
  const { staffChannelId, origin } = record.settings;
  log.warn({ guild: guildId, source: sourceId, trouble, over }, 'the trouble of a source');
  if (staffChannelId !== null) {
    const body = sourceTroubleMessage({ sourceId, origin, trouble, since, reason, over });
    const key = `${subscriptionWorkflowId(source)}.${trouble}.${since}.${over ? 'over' : 'begun'}`;
    const message = { channelId: staffChannelId, body, key, since };
    try {
      await postOnce(discord, await botId(), message, attempt);
    } catch (error) {
      if (!isLasting(error)) throw error;
      log.warn({ channel: staffChannelId, reason: error.code }, 'administrators cannot be told');
    }
  }
  await (over
    ? records.over(guildId, sourceId, trouble)
    : records.told(guildId, sourceId, trouble));
}
