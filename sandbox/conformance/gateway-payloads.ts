import { z } from 'zod';
import type { Conformance } from './conformance';

/**
 * The vendor describes only the HTTP API, but the gateway sends the same objects: messages, channels,
 * threads, roles, members. Those are checked against the schemas of the answers that hold them.
 */

const packet = z.object({ t: z.string(), d: z.record(z.string(), z.unknown()) });
const list = z.array(z.record(z.string(), z.unknown())).optional();
const guild = z.object({
  id: z.string(),
  roles: list,
  channels: list,
  threads: list,
  members: list,
});

type Checked = readonly [schema: string, value: unknown];

const SCHEMAS: Readonly<Record<string, (data: Record<string, unknown>) => Checked[]>> = {
  MESSAGE_CREATE: (data) => [['MessageResponse', data]],
  MESSAGE_UPDATE: (data) => [['MessageResponse', data]],
  CHANNEL_CREATE: (data) => [['GuildChannelResponse', data]],
  CHANNEL_UPDATE: (data) => [['GuildChannelResponse', data]],
  CHANNEL_DELETE: (data) => [['GuildChannelResponse', data]],
  THREAD_CREATE: (data) => [['ThreadResponse', data]],
  THREAD_UPDATE: (data) => [['ThreadResponse', data]],
  GUILD_ROLE_CREATE: (data) => [['GuildRoleResponse', data.role]],
  GUILD_ROLE_UPDATE: (data) => [['GuildRoleResponse', data.role]],
  GUILD_MEMBER_UPDATE: (data) => [['UserResponse', data.user]],
  INTERACTION_CREATE: (data) => [
    ...(data.message === undefined ? [] : [['MessageResponse', data.message] as const]),
    ...(data.member === undefined ? [] : [['GuildMemberResponse', data.member] as const]),
  ],
  GUILD_CREATE: (data) => {
    const { id, roles = [], channels = [], threads = [], members = [] } = guild.parse(data);
    return [
      ...roles.map((role) => ['GuildRoleResponse', role] as const),
      // The gateway leaves out what the guild around them says.
      ...channels.map((one) => ['GuildChannelResponse', { ...one, guild_id: id }] as const),
      ...threads.map((one) => ['ThreadResponse', { ...one, guild_id: id }] as const),
      ...members.map((member) => ['GuildMemberResponse', member] as const),
    ];
  },
};

/**
 * Checks the objects of one gateway event.
 * @param raw the event as it was received: `{ op, t, s, d }`
 * @returns the event's name where it was checked, and what is wrong with it
 */
export function checkGatewayEvent(
  conformance: Conformance,
  raw: unknown,
): { name: string | undefined; problems: string[] } {
  const parsed = packet.safeParse(raw);
  const objects = parsed.success ? SCHEMAS[parsed.data.t] : undefined;
  if (!parsed.success || objects === undefined) return { name: undefined, problems: [] };
  const { t, d } = parsed.data;
  const problems = objects(d).flatMap(([schema, value]) =>
    conformance.value(schema, value).map((problem) => `${t} ${schema} ${problem}`),
  );
  return { name: t, problems };
}
