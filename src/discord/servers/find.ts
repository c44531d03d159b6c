import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import type { ServerOverview } from '../../db/watching';
import { inline, label } from '../../domain/text';
import type { Call } from '../interactions/call';
import type { CommandInput } from '../interactions/options';
import { answer, type Answer } from '../views/answer';
import { SERVER_STATUS_FACES } from '../views/server-status';
import { isAdmin } from './rights';

/** As many completions as Discord shows. */
const MOST = 25;

/** The guild's servers, as far as the person may see them: members see the public ones. */
export async function visibleServers(
  call: Call,
  admin: boolean,
  now: number,
): Promise<ServerOverview[]> {
  const all = await call.parts.watching.servers(call.guildId, now);
  return admin ? all : all.filter(({ server }) => server.isPublic);
}

/** The server with this id, or with this name as somebody may have typed it. */
export function serverNamed(
  servers: readonly ServerOverview[],
  idOrName: string,
): ServerOverview | undefined {
  const wanted = idOrName.trim().toLowerCase();
  return (
    servers.find(({ server }) => server.id.toLowerCase() === wanted) ??
    servers.find(({ server }) => server.name.toLowerCase() === wanted)
  );
}

/** There is no such server; also what a member reads of one that is not public. */
export function noServer(idOrName: string): Answer {
  return answer(
    `There is no server ${inline(idOrName, { max: 80, empty: 'of this name' })} here. \`/servers\` shows all.`,
  );
}

/** The servers whose name or id contains what was typed so far. */
export async function completeServer(
  call: Call,
  { focused }: CommandInput,
): Promise<APIApplicationCommandOptionChoice[]> {
  const typed = (focused?.value ?? '').trim().toLowerCase();
  const servers = await visibleServers(call, await isAdmin(call), Date.now());
  return servers
    .filter(({ server }) => `${server.name}\n${server.id}`.toLowerCase().includes(typed))
    .slice(0, MOST)
    .map(({ server, status }) => ({
      name: label(`${SERVER_STATUS_FACES[status].emoji} ${server.name}`, {
        max: 100,
        empty: server.id,
      }),
      value: server.id,
    }));
}
