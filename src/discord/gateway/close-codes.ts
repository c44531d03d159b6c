import { GatewayCloseCodes } from 'discord-api-types/v10';

/**
 * Codes with which Discord ends a connection for good, and what a person has to mend
 * (https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes).
 */
const FINAL: Readonly<Partial<Record<number, string>>> = {
  [GatewayCloseCodes.AuthenticationFailed]:
    "Discord does not accept DISCORD_TOKEN. Make a new token in Discord's developer portal (https://discord.com/developers/applications, your application, Bot, Reset Token) and set it.",
  [GatewayCloseCodes.InvalidShard]:
    'Discord does not accept this kind of connection (invalid shard). This is a defect of Castellan; please report it.',
  [GatewayCloseCodes.ShardingRequired]:
    'The bot is in more guilds than one connection may serve (2,500). Castellan is made for the guilds of one community; take it out of the others.',
  [GatewayCloseCodes.InvalidAPIVersion]:
    "Discord no longer accepts this version of its interface. A newer version of Castellan is needed; if DISCORD_API_URL is set, see whether that address still serves Discord's API v10.",
  [GatewayCloseCodes.InvalidIntents]:
    'Discord does not know the events that were asked for (invalid intents). This is a defect of Castellan; please report it.',
  [GatewayCloseCodes.DisallowedIntents]:
    "Discord does not allow the bot the events that it needs (disallowed intents). Look in Discord's developer portal (https://discord.com/developers/applications, your application, Bot, Privileged Gateway Intents) whether the application was restricted; Castellan itself needs none of the privileged ones.",
};

/** What must be mended after this close code; `undefined`: nothing, the connection finds back by itself. */
export function finalClose(code: number): string | undefined {
  const words = FINAL[code];
  return words === undefined ? undefined : `${words} (gateway close code ${code})`;
}

/** The same for a token that already the first request of all was refused with. */
export const TOKEN_REFUSED = FINAL[GatewayCloseCodes.AuthenticationFailed] ?? '';
