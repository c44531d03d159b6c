import type { ServerSettings } from '../../domain/watching/server';
import { awaitAnswer } from '../interactions/awaited-answer';
import { configurationOf, type Call } from '../interactions/call';
import { noServer } from '../servers/find';
import { answer, type Answer } from '../views/answer';
import { notKeptText } from '../views/whitelist-check';
import { answerTo } from './answer-to';

/**
 * Has a server's whitelist compared, or repaired. The worker answers the interaction, which must have been
 * deferred.
 *
 * @param idOrName as it was typed or picked
 * @returns what to answer instead when nothing was started
 * @throws DeskUnreachable, DeskSilent, ConfigurationUnavailable
 */
export async function checkWhitelist(
  call: Call,
  idOrName: string,
  repair: boolean,
): Promise<Answer | null> {
  const configuration = await configurationOf(call);
  const server = named(configuration?.servers ?? [], idOrName);
  if (server === undefined) return noServer(idOrName);
  if (configuration?.registration?.whitelist.includes(server.id) !== true) {
    return answer(notKeptText(server.name));
  }
  await call.parts.desk.checkWhitelist({
    guildId: call.guildId,
    serverId: server.id,
    userId: call.member.user.id,
    repair,
    answerTo: answerTo(call),
  });
  awaitAnswer(call);
  return null;
}

function named(servers: readonly ServerSettings[], idOrName: string): ServerSettings | undefined {
  const wanted = idOrName.trim().toLowerCase();
  return (
    servers.find(({ id }) => id === wanted) ??
    servers.find(({ name }) => name.toLowerCase() === wanted)
  );
}
