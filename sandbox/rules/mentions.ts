/**
 * Who is really pinged by a message: what its text mentions, less what `allowed_mentions` leaves out,
 * less what the author may not ping.
 * Source: https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */

/** `allowed_mentions` of a request; absent means that everything in the text counts. */
export interface AllowedMentions {
  readonly parse?: readonly (string | null)[] | null | undefined;
  readonly users?: readonly (string | null)[] | null | undefined;
  readonly roles?: readonly (string | null)[] | null | undefined;
  readonly replied_user?: boolean | null | undefined;
}

/** What the message is and what its author may do. */
export interface MentionInput {
  readonly content: string;
  readonly allowed?: AllowedMentions | null | undefined;
  /** The author has MENTION_EVERYONE in the channel; webhooks and interactions always have. */
  readonly mayMentionEveryone: boolean;
  /** Roles of the guild by id, and whether everybody may mention them. */
  readonly isRoleMentionable: (id: string) => boolean | undefined;
  /** True for users that exist. */
  readonly isUser: (id: string) => boolean;
  /** The author of the message that this one answers. */
  readonly repliedTo?: string | undefined;
}

/** The lists that go into the message and decide who is notified. */
export interface Mentions {
  /** `mentions`: user ids, in the order of the text, the replied-to user last. */
  readonly users: string[];
  /** `mention_roles`: role ids. */
  readonly roles: string[];
  /** `mention_everyone`: @everyone or @here really pings. */
  readonly everyone: boolean;
}

/** Every mention that stands in a text, code left out, whether or not it pings. */
export function mentionsInText(content: string): Mentions & { channels: string[] } {
  const text = withoutCode(content);
  const ids = (pattern: RegExp): string[] => [
    ...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? '')),
  ];
  return {
    users: ids(/<@!?(\d{16,20})>/g),
    roles: ids(/<@&(\d{16,20})>/g),
    channels: ids(/<#(\d{16,20})>/g),
    everyone: /(?<!\\)@(?:everyone|here)\b/.test(text),
  };
}

/** Which of a message's mentions ping. */
export function pingedBy(input: MentionInput): Mentions {
  const { allowed } = input;
  const found = mentionsInText(input.content);
  const all = allowed === undefined || allowed === null;
  const parse = new Set(all ? ['users', 'roles', 'everyone'] : (allowed.parse ?? []));
  const named = (list: readonly (string | null)[] | null | undefined): Set<string> =>
    new Set((list ?? []).filter((id) => id !== null));
  const namedUsers = named(allowed?.users);
  const namedRoles = named(allowed?.roles);

  const users = found.users.filter(
    (id) => input.isUser(id) && (parse.has('users') || namedUsers.has(id)),
  );
  const repliedUser = allowed?.replied_user ?? all;
  if (repliedUser && input.repliedTo !== undefined && !users.includes(input.repliedTo)) {
    users.push(input.repliedTo);
  }
  const roles = found.roles.filter((id) => {
    if (!parse.has('roles') && !namedRoles.has(id)) return false;
    const mentionable = input.isRoleMentionable(id);
    return mentionable !== undefined && (mentionable || input.mayMentionEveryone);
  });
  const everyone = found.everyone && parse.has('everyone') && input.mayMentionEveryone;
  return { users, roles, everyone };
}

/** The text with code blocks and inline code blanked: a mention in code is only text. */
function withoutCode(content: string): string {
  return content.replace(/```[\s\S]*?```/g, ' ').replace(/(`+)(?!`)[^`]+\1(?!`)/g, ' ');
}
