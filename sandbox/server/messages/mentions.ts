import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { has } from '../../rules/permissions';
import type { Component, GuildRow, User } from '../../world/model';
import type { World } from '../../world/world';
import { roleOf } from '../access';
import { everyComponent, type AllowedMentions } from './message-form';

/** Whom a message mentions, after what may ping has been decided. */
export interface Mentions {
  users: User[];
  roles: string[];
  everyone: boolean;
}

/** What decides whom a text may mention. */
export interface MentionContext {
  world: World;
  guild: GuildRow | undefined;
  permissions: bigint;
  /** Absent: everything that the author may ping. */
  allowed: AllowedMentions | undefined;
  /** The author of the message that is replied to. */
  repliedTo: string | undefined;
}

/**
 * Finds the mentions in a message's texts.
 * Source: https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function findMentions(
  content: string,
  components: readonly Component[],
  context: MentionContext,
): Mentions {
  const { world, guild, permissions, allowed, repliedTo } = context;
  const text = components.length === 0 ? content : `${content}\n${componentTexts(components)}`;
  const users = new Map<string, User>();
  const roles: string[] = [];
  const mayPing = (kind: 'users' | 'roles', id: string): boolean =>
    allowed === undefined || allowed.parse.includes(kind) || allowed[kind].includes(id);
  if (text.includes('<@')) {
    for (const [, role, id] of text.matchAll(/<@(&)?!?(\d{15,20})>/g)) {
      if (id === undefined) continue;
      if (role === undefined) {
        const user = world.users.get(id)?.user;
        if (user !== undefined && mayPing('users', id)) users.set(id, user);
      } else {
        const found = guild === undefined ? undefined : roleOf(guild, id);
        const pingable = found?.mentionable === true || has(permissions, P.MentionEveryone);
        const fresh = found !== undefined && pingable && !roles.includes(id);
        if (fresh && mayPing('roles', id)) roles.push(id);
      }
    }
  }
  if (repliedTo !== undefined && (allowed === undefined || allowed.repliedUser)) {
    const user = world.users.get(repliedTo)?.user;
    if (user !== undefined) users.set(user.id, user);
  }
  const everyone =
    guild !== undefined &&
    /@(everyone|here)\b/.test(text) &&
    has(permissions, P.MentionEveryone) &&
    (allowed === undefined || allowed.parse.includes('everyone'));
  return { users: [...users.values()], roles, everyone };
}

function componentTexts(components: readonly Component[]): string {
  const texts: string[] = [];
  for (const component of everyComponent(components)) {
    if (component.type === 10 && component.content !== undefined) texts.push(component.content);
  }
  return texts.join('\n');
}
