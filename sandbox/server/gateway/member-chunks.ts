import { GatewayIntentBits } from 'discord-api-types/v10';
import { z } from 'zod';
import type { JsonObject, MemberRow } from '../../world/model';
import type { World } from '../../world/world';
import { memberView } from '../views/guild-view';

/** Members of one GUILD_MEMBERS_CHUNK at most. */
const CHUNK = 1000;
/** A prefix search or a list of ids gives at most so many. */
const MOST_FOUND = 100;

const ids = z.union([z.string().transform((id) => [id]), z.array(z.string())]);
const requestForm = z.object({
  guild_id: z.union([z.string(), z.tuple([z.string()]).transform(([id]) => id)]),
  query: z.string().optional(),
  limit: z.number().int().nonnegative().optional(),
  user_ids: ids.optional(),
  presences: z.boolean().optional(),
  nonce: z.string().max(32).optional().catch(undefined),
});

/**
 * Answers a request for guild members (op 8).
 * Source: https://discord.com/developers/docs/events/gateway-events#request-guild-members
 * @returns the data of one GUILD_MEMBERS_CHUNK each; none for a request that is not allowed
 */
export function memberChunks(world: World, intents: number, request: unknown): JsonObject[] {
  const parsed = requestForm.safeParse(request);
  if (!parsed.success) return [];
  const { guild_id: guildId, query, limit = 0, user_ids: userIds, nonce, presences } = parsed.data;
  if (world.guilds.get(guildId) === undefined) return [];
  const found: MemberRow[] = [];
  const notFound: string[] = [];
  if (userIds !== undefined) {
    for (const id of userIds.slice(0, MOST_FOUND)) {
      const member = world.member(guildId, id);
      if (member === undefined) notFound.push(id);
      else found.push(member);
    }
  } else if (query === '' && limit === 0) {
    // The whole list is for those only who may know it.
    if ((intents & GatewayIntentBits.GuildMembers) === 0) return [];
    found.push(...world.membersOf(guildId).values());
  } else {
    const wanted = (query ?? '').toLowerCase();
    for (const member of world.membersOf(guildId).values()) {
      if (found.length >= Math.min(limit, MOST_FOUND)) break;
      const user = world.users.get(member.user.id)?.user;
      const names = [member.nick, user?.global_name, user?.username];
      if (names.some((name) => name?.toLowerCase().startsWith(wanted))) found.push(member);
    }
  }
  const count = Math.max(1, Math.ceil(found.length / CHUNK));
  return Array.from({ length: count }, (_, index) => ({
    guild_id: guildId,
    members: found
      .slice(index * CHUNK, (index + 1) * CHUNK)
      .map((member) => memberView(world, member)),
    chunk_index: index,
    chunk_count: count,
    ...(notFound.length > 0 ? { not_found: notFound } : {}),
    ...(presences === true ? { presences: [] } : {}),
    ...(nonce === undefined ? {} : { nonce }),
  }));
}
