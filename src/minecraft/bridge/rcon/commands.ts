import { cleanseLine } from '../../../domain/text/cleanse';
import type { CommandLimits, Console } from '../../rcon';
import { asString, asWord, isPlain } from '../in-game-name';
import {
  bareAnswer,
  readEnabled,
  readObjectiveAdded,
  readOnline,
  readScore,
  readScoreInList,
  readUuid,
  type Enabled,
  type Online,
  type Score,
} from './answers';

/** Of a message, in characters, and of what becomes of it, in bytes. */
const LONGEST_MESSAGE = 200;
const LONGEST_COMPONENT = 1_200;

/**
 * The commands that are used, each as a question with a readable answer. Names were made by inGameName or
 * told by the server and found plain; nothing else from outside becomes part of a command.
 */
export class Commands {
  /** Before 1.13. */
  #isOld = false;

  constructor(
    private readonly console: Console,
    private readonly limits: Omit<CommandLimits, 'repeatable'> = {},
  ) {}

  async addObjective(objective: string): Promise<void> {
    readObjectiveAdded(await this.#ask(`scoreboard objectives add ${objective} trigger`));
  }

  async enable(name: string, objective: string): Promise<Enabled> {
    return readEnabled(await this.#ask(`scoreboard players enable ${asWord(name)} ${objective}`));
  }

  async score(name: string, objective: string): Promise<Score> {
    if (!this.#isOld) {
      const got = await this.#ask(`scoreboard players get ${asWord(name)} ${objective}`);
      const score = readScore(got);
      if (score !== 'untold') return score;
      this.#isOld = true;
    }
    return readScoreInList(await this.#ask(`scoreboard players list ${asWord(name)}`), objective);
  }

  async reset(name: string, objective: string): Promise<void> {
    await this.#ask(`scoreboard players reset ${asWord(name)} ${objective}`);
  }

  /**
   * Shows a text to a player.
   *
   * @param message of any kind: it is shown as it stands, without colours
   * @returns whether the player is there
   */
  async tell(name: string, message: string): Promise<boolean> {
    const answer = await this.#ask(`tellraw ${asString(name)} ${textComponent(message)}`);
    return answer === '';
  }

  /** Who has that name, in any case, if they are in the game. */
  async find(name: string): Promise<Online | null> {
    const answer = readUuid(await this.#ask(`data get entity ${asString(name)} UUID`));
    if (answer === 'absent') return null;
    if (answer === 'untold') {
      const same = ({ name: other }: Online): boolean =>
        other.toLowerCase() === name.toLowerCase() && isPlain(other);
      return (await this.online())?.find(same) ?? null;
    }
    const { uuid, shown } = answer;
    const exact = within(shown, name) ?? (await this.#nameOf(uuid)) ?? name;
    return { name: exact, uuid };
  }

  /** Who is in the game; `null` where another command took the place of the game's own. */
  async online(): Promise<readonly Online[] | null> {
    return readOnline(await this.#ask('list uuids'));
  }

  /** A game shows players with their team's decoration, or a nickname instead of the name. */
  async #nameOf(uuid: string): Promise<string | undefined> {
    const found = (await this.online())?.find((other) => other.uuid === uuid);
    return found !== undefined && isPlain(found.name) ? found.name : undefined;
  }

  /** Each of these commands does the same when it runs twice. */
  async #ask(command: string): Promise<string> {
    return bareAnswer(await this.console.run(command, { ...this.limits, repeatable: true }));
  }
}

/** The name as it is written in a text, in its own upper and lower case. */
function within(text: string, name: string): string | undefined {
  const at = text.toLowerCase().lastIndexOf(name.toLowerCase());
  if (at < 0) return undefined;
  const found = text.slice(at, at + name.length);
  const around = [text[at - 1] ?? ' ', text[at + name.length] ?? ' '];
  return around.some((character) => /[A-Za-z0-9_]/.test(character)) ? undefined : found;
}

/**
 * A text as data (https://minecraft.wiki/w/Text_component_format): JSON, which versions from 1.21.5 on
 * read as SNBT, with everything outside ASCII escaped, so that no encoding can spoil it.
 */
function textComponent(message: string): string {
  const characters = Array.from(cleanseLine(message).replaceAll('§', '')).slice(0, LONGEST_MESSAGE);
  for (;;) {
    const json = ascii(JSON.stringify({ text: characters.join(''), color: 'gold' }));
    if (json.length <= LONGEST_COMPONENT) return json;
    characters.splice(-20);
  }
}

function ascii(json: string): string {
  return json.replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
