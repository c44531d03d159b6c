import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { CaseState } from '../../src/domain/cases/case';
import type { RecordedEvent } from '../../src/domain/cases/events';
import { deskNotice } from '../../src/discord/views/desk-notice';
import type { Attempt } from '../attempt';
import { isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import { teamName } from './card';
import type { TicketDependencies } from './dependencies';

/**
 * Adds a line to the staff's log channel for each event that is worth one.
 * A log channel that is gone or forbidden holds up no ticket: `doctor` tells of it.
 */
export async function tellDesk(
  deps: TicketDependencies,
  guild: GuildConfiguration,
  category: { readonly title: string },
  caseId: string,
  events: readonly RecordedEvent[],
  state: CaseState,
  attempt: Attempt,
): Promise<void> {
  const channelId = guild.deskLogChannelId;
  if (channelId === null) return;
  for (const { seq, at, event } of events) {
    const body = deskNotice(event, {
      number: state.number,
      categoryTitle: category.title,
      openerId: state.openerId,
      channelId: state.channelId,
      generation: state.generation,
      openedAt: state.openedAt,
      at,
      teamName: teamName(guild, state),
    });
    if (body === null) continue;
    try {
      const message = { channelId, body, key: `${caseId}.desk.${seq}`, since: at };
      await postOnce(deps.discord, await deps.botId(), message, attempt);
    } catch (error) {
      if (!isLasting(error)) throw error;
      deps.log.warn(
        { guild: guild.guildId, channel: channelId, code: error.code },
        'the desk log cannot be written',
      );
    }
  }
}
