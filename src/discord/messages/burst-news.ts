import type { MessagesSeen } from '../../../workflows/ticket/contract';
import type { GuildConfiguration } from '../../config/guild/resolved';
import { actorOf } from '../guilds/actor';
import type { ChannelCase } from './channel-cases';

/** A message as far as it concerns the ticket; what was written is none of the bot's business. */
export interface SeenMessage {
  readonly guildId: string;
  readonly authorId: string;
  readonly roles: readonly string[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * What a burst of messages means for the ticket: when somebody last wrote, and which member of the
 * staff first did. The opener's own messages are no answers, whatever roles the opener has.
 *
 * @param messages at least one
 */
export function newsOf(
  messages: readonly SeenMessage[],
  channelCase: ChannelCase,
  configuration: GuildConfiguration | null,
): MessagesSeen {
  const isStaff = ({ authorId, roles }: SeenMessage): boolean => {
    if (authorId === channelCase.openerId) return false;
    const actor = actorOf(authorId, { roles }, configuration);
    return actor.admin || channelCase.staffTeams.some((team) => actor.teams.includes(team));
  };
  const inOrder = [...messages].sort((left, right) => left.at - right.at);
  const first = inOrder.find(isStaff);
  return {
    lastAt: inOrder.at(-1)?.at ?? 0,
    staff: first === undefined ? null : { userId: first.authorId, at: first.at },
  };
}
