import { canonicalUuid } from '../uuid';

/** What a line of a server's log tells, as far as it matters here. */
export type ServerLine =
  | { readonly type: 'uuid'; readonly name: string; readonly uuid: string }
  | { readonly type: 'chat'; readonly name: string; readonly text: string };

/**
 * What the server itself writes before each message: time, thread and level; between them and the
 * message, Forge and Fabric name the part that speaks:
 * `[12:34:56] [Server thread/INFO]: `, `[05Nov2025 12:34:56.789] [Server thread/INFO] [net.minecraft/]: `,
 * `[12:34:56] [Server thread/INFO] (Minecraft) `.
 */
const MESSAGE =
  /^\[[^[\]]{5,40}\] \[([^[\]]{1,60})\/INFO\](?:: | \[[^[\]]{0,200}\]: | \([^()]{1,200}\) )(.*)$/;

/** Only this thread tells UUIDs, once Mojang's server has vouched for the player. */
const AUTHENTICATOR = /^User Authenticator #\d+$/;
const UUID = /^UUID of player ([A-Za-z0-9_]{1,16}) is ([0-9A-Fa-f-]{36})$/;

/** Vanilla's thread, and the one that Bukkit's servers chat in. */
const CHAT_THREAD = /^(?:Server thread|Async Chat Thread - #\d+)$/;
/**
 * What a player says begins with the name in angle brackets; nothing else that players have a say in
 * begins so: not /me (`* Steve`), /say (`[Steve]`), deaths, advancements. A name with a decoration is
 * not taken: somebody may have chosen it.
 */
const CHAT = /^(?:\[Not Secure\] )?<([^<>\s]{1,32})> (.*)$/;

/**
 * Reads a line from its beginning: a line like the server's own that stands in what a player said is part
 * of what they said.
 */
export function readServerLine(line: string): ServerLine | null {
  const [, thread = '', message = ''] = MESSAGE.exec(line) ?? [];
  if (AUTHENTICATOR.test(thread)) {
    const [, name, id = ''] = UUID.exec(message) ?? [];
    const uuid = canonicalUuid(id);
    return name === undefined || uuid === null ? null : { type: 'uuid', name, uuid };
  }
  if (!CHAT_THREAD.test(thread)) return null;
  const [, name, text = ''] = CHAT.exec(message) ?? [];
  return name === undefined ? null : { type: 'chat', name, text: text.replace(/§[^]/gu, '') };
}
