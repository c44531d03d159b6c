import type { RESTAPIChannelPatchOverwrite } from 'discord-api-types/v10';
import { OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';

/** Who may do what in a ticket's channel. */
export interface Audience {
  readonly guildId: string;
  readonly botId: string;
  readonly openerId: string;
  /** The handling team's roles, the administrators' and, once raised, the teams' that had it before. */
  readonly staffRoleIds: readonly string[];
  /** While a ticket is being closed nobody may write, so that nothing escapes what is stored. */
  readonly locked: boolean;
}

const READ = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;
const WRITE =
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AddReactions;
const MANAGE = PermissionFlagsBits.ManageChannels | PermissionFlagsBits.ManageMessages;

/** The channel's permission overwrites: hidden from all but the opener, the staff and the bot. */
export function overwrites(audience: Audience): RESTAPIChannelPatchOverwrite[] {
  const { guildId, botId, openerId, staffRoleIds, locked } = audience;
  const person = locked ? { allow: READ, deny: WRITE } : { allow: READ | WRITE, deny: 0n };
  return [
    entry(guildId, OverwriteType.Role, 0n, PermissionFlagsBits.ViewChannel),
    ...[...new Set(staffRoleIds)].map((id) =>
      entry(id, OverwriteType.Role, person.allow, person.deny),
    ),
    entry(openerId, OverwriteType.Member, person.allow, person.deny),
    entry(botId, OverwriteType.Member, READ | WRITE | MANAGE, 0n),
  ];
}

function entry(
  id: string,
  type: OverwriteType,
  allow: bigint,
  deny: bigint,
): RESTAPIChannelPatchOverwrite {
  return { id, type, allow: String(allow), deny: String(deny) };
}
