import { z } from 'zod';
import { description, playerCount, versionName, type Details } from '../details';
import { ProbeFailure } from '../failure';
import { chatText } from './chat';

/** Every part may be missing or nonsense: who answers in this form is up, whatever it leaves out. */
const statusSchema = z.looseObject({
  version: z.looseObject({ name: z.unknown().optional() }).optional().catch(undefined),
  players: z
    .looseObject({ online: z.unknown().optional(), max: z.unknown().optional() })
    .optional()
    .catch(undefined),
  description: z.unknown().optional(),
});

/**
 * Reads the status of a Java server (https://minecraft.wiki/w/Java_Edition_protocol/Server_List_Ping).
 *
 * @param json the text of the response
 * @throws ProbeFailure `protocol-error` when it is not a JSON object
 */
export function readStatus(json: string): Details {
  const status = statusSchema.safeParse(parsed(json));
  if (!status.success) throw new ProbeFailure('protocol-error');
  const { version, players, description: motd } = status.data;
  return {
    players: playerCount(players?.online),
    maxPlayers: playerCount(players?.max),
    version: versionName(version?.name),
    motd: description(chatText(motd)),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ProbeFailure('protocol-error');
  }
}
