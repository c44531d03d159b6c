import { PermissionFlagsBits as P } from 'discord-api-types/v10';
import { pingedBy } from '../../rules/mentions';
import { has } from '../../rules/permissions';
import type { Component, GuildRow, User } from '../../world/model';
import { ComponentKind } from '../../world/kinds';
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

/** Finds whom a message's texts, its components' included, really ping. */
export function findMentions(
  content: string,
  components: readonly Component[],
  context: MentionContext,
): Mentions {
  const { world, guild, permissions, allowed, repliedTo } = context;
  const text = components.length === 0 ? content : `${content}\n${componentTexts(components)}`;
  if (repliedTo === undefined && !text.includes('@')) {
    return { users: [], roles: [], everyone: false };
  }
  const pinged = pingedBy({
    content: text,
    allowed: allowed === undefined ? undefined : { ...allowed, replied_user: allowed.repliedUser },
    mayMentionEveryone: guild !== undefined && has(permissions, P.MentionEveryone),
    isRoleMentionable: (id) => (guild === undefined ? undefined : roleOf(guild, id)?.mentionable),
    isUser: (id) => world.users.has(id),
    repliedTo,
  });
  const users = pinged.users.map((id) => world.users.get(id)?.user);
  return {
    users: users.filter((user) => user !== undefined),
    roles: pinged.roles,
    everyone: pinged.everyone,
  };
}

function componentTexts(components: readonly Component[]): string {
  const texts: string[] = [];
  for (const component of everyComponent(components)) {
    if (component.type === ComponentKind.TextDisplay && component.content !== undefined) {
      texts.push(component.content);
    }
  }
  return texts.join('\n');
}
