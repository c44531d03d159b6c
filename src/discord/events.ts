import {
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type GatewayGuildCreateDispatchData,
} from 'discord-api-types/v10';
import type { APIInteraction } from 'discord-api-types/v10';
import type { CaseReader } from '../db/cases';
import type { Logger } from '../observability/logger';
import type { Departure } from './accounts/departures';
import type { Desk } from './desk/desk';
import type { AbsentMembers } from './gateway/absent-members';
import type { GuildDirectory } from './guilds/directory';
import type { LiveChannels } from './guilds/live-channels';
import { reconcile } from './guilds/reconcile';
import type { ChannelCases } from './messages/channel-cases';
import type { ChannelWatcher } from './messages/watcher';
import type { ThreadParents } from './mirrors/thread-parents';
import type { MirrorWatcher } from './mirrors/watcher';

export interface EventHandlerOptions {
  readonly dispatch: (interaction: APIInteraction) => Promise<void>;
  readonly watcher: ChannelWatcher;
  readonly mirrors: MirrorWatcher;
  readonly threads: Pick<ThreadParents, 'heard'>;
  /** Settles when a departure was handed over. */
  readonly departed: (departure: Departure) => Promise<void>;
  /** Finds the departures that no session told; settles when they were handed over. */
  readonly absentees: (guildId: string) => Promise<void>;
  readonly members: Pick<AbsentMembers, 'heard'>;
  readonly channelCases: ChannelCases;
  readonly guilds: GuildDirectory;
  readonly live: LiveChannels;
  readonly desk: Desk;
  readonly cases: CaseReader;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * What is done with each event of the gateway.
 *
 * @returns handles one event; rejects when this process will not handle it to its end, so that the
 *   next one gets it again
 */
export function createEventHandler(
  options: EventHandlerOptions,
): (event: GatewayDispatchPayload) => Promise<void> {
  const { dispatch, watcher, mirrors, threads, departed, absentees, members } = options;
  const { channelCases, guilds, live, log, signal } = options;

  const route = async (event: GatewayDispatchPayload): Promise<void> => {
    switch (event.t) {
      case GatewayDispatchEvents.InteractionCreate:
        await dispatch(event.d);
        return;
      case GatewayDispatchEvents.MessageCreate:
        await Promise.all([watcher.message(event.d), mirrors.created(event.d)]);
        return;
      case GatewayDispatchEvents.MessageUpdate:
        await mirrors.updated(event.d);
        return;
      case GatewayDispatchEvents.MessageDelete:
        await mirrors.deleted(event.d.guild_id, event.d.channel_id, [event.d.id]);
        return;
      case GatewayDispatchEvents.MessageDeleteBulk:
        await mirrors.deleted(event.d.guild_id, event.d.channel_id, event.d.ids);
        return;
      case GatewayDispatchEvents.MessageReactionAdd:
      case GatewayDispatchEvents.MessageReactionRemove:
      case GatewayDispatchEvents.MessageReactionRemoveAll:
      case GatewayDispatchEvents.MessageReactionRemoveEmoji:
        await mirrors.reacted(event.d.guild_id, event.d.channel_id, event.d.message_id);
        return;
      case GatewayDispatchEvents.ThreadCreate:
      case GatewayDispatchEvents.ThreadUpdate:
        threads.heard(event.d);
        return;
      case GatewayDispatchEvents.GuildCreate:
        await guildAppeared(event.d);
        return;
      case GatewayDispatchEvents.ChannelCreate:
        live.add(event.d.guild_id, event.d.id);
        channelCases.forget(event.d.id);
        return;
      case GatewayDispatchEvents.ChannelDelete:
        if (!('guild_id' in event.d)) return;
        live.delete(event.d.guild_id, event.d.id);
        await watcher.channelDeleted(event.d.id);
        return;
      case GatewayDispatchEvents.GuildMemberRemove:
        await departed({ cause: 'left', guildId: event.d.guild_id, userId: event.d.user.id });
        return;
      case GatewayDispatchEvents.GuildBanAdd:
        await departed({ cause: 'banned', guildId: event.d.guild_id, userId: event.d.user.id });
        return;
      case GatewayDispatchEvents.GuildMembersChunk:
        members.heard(event.d);
        return;
      default:
        return;
    }
  };

  const guildAppeared = async (guild: GatewayGuildCreateDispatchData): Promise<void> => {
    const channels = new Map(
      guild.channels.map((channel) => [
        channel.id,
        'last_message_id' in channel ? (channel.last_message_id ?? null) : null,
      ]),
    );
    live.replace(guild.id, [...channels.keys()]);
    for (const thread of guild.threads) threads.heard(thread);
    guilds.warm(guild.id);
    await Promise.all([
      reconcile(options, { id: guild.id, channels }).then(() => absentees(guild.id)),
      mirrors.sessionBegan(guild.id),
    ]);
  };

  return async (event) => {
    try {
      await route(event);
    } catch (error) {
      // While we stop, what is unfinished stays so: the next process gets it again.
      if (signal.aborted) throw error;
      log.error({ err: error, event: event.t, sequence: event.s }, 'an event could not be handled');
    }
  };
}
