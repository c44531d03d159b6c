import type { Ask } from '../ask';
import { converse } from '../conversation';
import { NO_DETAILS, playerCount } from '../details';
import { ProbeFailure } from '../failure';
import { findAddresses } from '../find-addresses';
import { RconSession } from './session';

const RCON_PORT = 25_575;

/**
 * What `list` answers in Minecraft's own servers of all versions, in Bukkit's and in Nukkit's:
 * "There are 3 of a max of 20 players online", "There are 3/20 players online".
 */
const LIST =
  /(\d{1,10})(?:\s+(?:of|out of)\s+(?:a\s+)?max(?:imum)?(?:\s+of)?\s+|\s*\/\s*)(\d{1,10})/;

/** Logs in and has a command answered. The latency is the command's. */
export const askRcon: Ask = async (target, means) => {
  const { address, port, allowInternal, rcon } = target;
  // Without a password nobody gets in; the server need not be bothered with it.
  if (rcon === null) throw new ProbeFailure('wrong-answer');
  const addresses = await findAddresses(address, allowInternal, means);
  const session = new RconSession(rcon.password, rcon.command);
  const { answer, latencyMs } = await converse(addresses, port ?? RCON_PORT, session, means.limit);
  const [, players, maxPlayers] = LIST.exec(answer.slice(0, 1_000).replace(/§[^]/gu, '')) ?? [];
  return {
    up: true,
    latencyMs,
    ...NO_DETAILS,
    players: playerCount(players),
    maxPlayers: playerCount(maxPlayers),
  };
};
