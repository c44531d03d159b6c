import type { ChannelWish, DueServer } from '../../src/db/watching';
import { worthWishing } from '../../src/domain/watching/channel-budget';
import { fillTemplate, isUrgent, shownStatus } from '../../src/domain/watching/channel-name';
import type { ServerState } from '../../src/domain/watching/server-state';
import { statusOf } from '../../src/domain/watching/status';

/**
 * The names that a server's channels are to have from now on, as far as they are worth one of the few changes
 * that Discord allows.
 *
 * @param state after the round
 */
export function wishesOf(
  { server, state: before, wished }: DueServer,
  state: ServerState,
  now: number,
): ChannelWish[] {
  const status = statusOf(state);
  const answer = state.lastAnswer;
  const facts = {
    status,
    name: server.name,
    players: answer?.players ?? null,
    max: answer?.maxPlayers ?? null,
  };
  // Every change of the status is wished in the round that finds it: the last wish is of the state before.
  const shown = shownStatus(statusOf(before));
  const shows = shownStatus(status);
  return server.channels.flatMap(({ channelId, template, onManualRename }) => {
    const last = wished[channelId];
    const name = fillTemplate(template, facts);
    const look = { name, status: shows };
    const known = last === undefined ? null : { name: last.name, status: shown, at: last.at };
    if (!worthWishing(known, look, now)) return [];
    const urgent = isUrgent(last === undefined ? null : shown, shows);
    return [{ channelId, wish: { name, urgent, at: now, onManualRename } }];
  });
}
