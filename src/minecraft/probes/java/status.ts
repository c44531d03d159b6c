import { description, playerCount, versionName, type Details } from '../details';
import { ProbeFailure } from '../failure';
import { chatText } from './chat';

/**
 * Reads the status of a Java server (https://minecraft.wiki/w/Java_Edition_protocol/Server_List_Ping).
 * Every part of it may be missing or nonsense: who answers in this form is up, whatever it leaves out.
 *
 * @param json the text of the response
 * @throws ProbeFailure `protocol-error` when it is not a JSON object
 */
export function readStatus(json: string): Details {
  const status = parsed(json);
  if (typeof status !== 'object' || status === null || Array.isArray(status)) {
    throw new ProbeFailure('protocol-error');
  }
  const players = part(status, 'players');
  return {
    players: playerCount(part(players, 'online')),
    maxPlayers: playerCount(part(players, 'max')),
    version: versionName(part(part(status, 'version'), 'name')),
    motd: description(chatText(part(status, 'description'))),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new ProbeFailure('protocol-error');
  }
}

function part(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, name);
  return found;
}
