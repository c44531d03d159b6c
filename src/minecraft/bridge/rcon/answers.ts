import { BridgeFailure, notUnderstood } from '../failure';
import { canonicalUuid, uuidOfInts } from '../uuid';

/**
 * What game servers answer. The words are Minecraft's own English ones (a server answers RCON in English),
 * which changed over the years; Bukkit's servers end each line, others join them without anything between.
 */

const UNKNOWN_COMMAND = /^(?:unknown (?:or incomplete )?command|unknown command\b)/i;
/** 1.13 and newer; older. */
const NO_OBJECTIVE = /unknown scoreboard objective|no objective was found/i;
const ABSENT = /no (?:entity|player) was found|(?:player|entity)\b.{0,40}\bcannot be found/i;
/** Before 1.16 there is no UUID in this form. */
const NO_SUCH_DATA = /found no elements matching/i;

const INT = '\\s*(-?\\d{1,10})\\s*';
const UUID_DATA = new RegExp(`\\[I;${[INT, INT, INT, INT].join(',')}\\]$`);

/** Colours, and what stands around the words. */
export function bareAnswer(answer: string): string {
  return answer.replace(/§[^]/gu, '').trim();
}

export function isUnknownCommand(answer: string): boolean {
  return UNKNOWN_COMMAND.test(answer);
}

/** The server does not know what is needed. @param needed in our own words */
export function unsupported(needed: string): BridgeFailure {
  return new BridgeFailure(
    'unsupported',
    `The game server does not know ${needed}: watching by RCON needs Java Edition 1.8 or newer. Use the plugin for this server.`,
  );
}

/** Whether an objective is there after it was added. */
export function readObjectiveAdded(answer: string): void {
  if (/^(?:created|added) new objective|already exists/i.test(answer)) return;
  if (isUnknownCommand(answer)) throw unsupported('scoreboards');
  throw notUnderstood('a new objective', answer);
}

export type Enabled = 'enabled' | 'no-objective';

/** @throws BridgeFailure `objective-taken` when the objective is no trigger */
export function readEnabled(answer: string): Enabled {
  if (/^enabled trigger|trigger is already enabled/i.test(answer)) return 'enabled';
  if (NO_OBJECTIVE.test(answer)) return 'no-objective';
  if (/trigger-objectives|is not a trigger/i.test(answer)) {
    throw new BridgeFailure(
      'objective-taken',
      'The scoreboard has an objective of that name that is no trigger. Remove it in the game (/scoreboard objectives remove …), or name another one in the configuration.',
    );
  }
  if (isUnknownCommand(answer)) throw unsupported('triggers');
  throw notUnderstood('enabling a trigger', answer);
}

/** A score; `none`: the player has none, so that nothing is enabled either. */
export type Score = number | 'none' | 'no-objective';

/** @returns `untold` before 1.13, where a score is read from the list of all that a player has */
export function readScore(answer: string): Score | 'untold' {
  const [, score] = /\bhas (-?\d{1,10}) \[/.exec(answer) ?? [];
  if (score !== undefined) return Number(score);
  if (/none is set/i.test(answer)) return 'none';
  if (NO_OBJECTIVE.test(answer)) return 'no-objective';
  if (/^usage: /i.test(answer)) return 'untold';
  if (isUnknownCommand(answer)) throw unsupported('scores');
  throw notUnderstood('a score', answer);
}

/** The answer to `scoreboard players list <name>` before 1.13. @param objective of letters, digits and `_` */
export function readScoreInList(answer: string, objective: string): Score {
  const [, score] = new RegExp(`: (-?\\d{1,10}) \\(${objective}\\)`).exec(answer) ?? [];
  if (score !== undefined) return Number(score);
  if (/no scores recorded|^showing \d+ tracked/i.test(answer)) return 'none';
  throw notUnderstood("a player's scores", answer);
}

export type UuidAnswer =
  | { readonly uuid: string; readonly shown: string }
  /** No such player is in the game. */
  | 'absent'
  /** This server has no UUIDs to be asked for in this way. */
  | 'untold';

/** The answer to `data get entity <name> UUID`; `shown` is what the game calls the player in it. */
export function readUuid(answer: string): UuidAnswer {
  const [data, a, b, c, d] = UUID_DATA.exec(answer) ?? [];
  if (data !== undefined) {
    const uuid = uuidOfInts([Number(a), Number(b), Number(c), Number(d)]);
    const before = answer.slice(0, -data.length);
    const words = before.lastIndexOf(' has the following');
    return { uuid, shown: words < 0 ? before : before.slice(0, words) };
  }
  if (ABSENT.test(answer)) return 'absent';
  if (NO_SUCH_DATA.test(answer) || isUnknownCommand(answer)) return 'untold';
  throw notUnderstood("a player's UUID", answer);
}

export interface Online {
  readonly name: string;
  readonly uuid: string;
}

const ONLINE =
  /([^\s,:()][^,:()]{0,31}) \(([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\)(?=,|\s|$)/gi;

/** The answer to `list uuids`; `null` when it holds none, although somebody is online. */
export function readOnline(answer: string): readonly Online[] | null {
  const online = [...answer.matchAll(ONLINE)].map(([, name = '', uuid = '']) => ({
    name,
    uuid: canonicalUuid(uuid) ?? uuid,
  }));
  if (online.length > 0) return online;
  return /\bthere are 0\b/i.test(answer) ? [] : null;
}
