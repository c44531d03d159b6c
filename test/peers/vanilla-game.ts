/** How a version words its answers. */
export type Wording = '1.21' | '1.15' | '1.12';

interface PlayerHere {
  readonly name: string;
  readonly uuid: string;
  /** As the game shows them: with a team's decoration, or by a nickname. */
  readonly shown: string;
  readonly heard: string[];
}

interface Score {
  value: number;
  enabled: boolean;
}

interface Objective {
  readonly criterion: string;
  readonly scores: Map<string, Score>;
}

export interface VanillaGameOptions {
  readonly wording?: Wording;
  /** Bukkit's servers end each line. */
  readonly lineEnd?: string;
  /** Names that Mojang knows; `undefined`: all. */
  readonly known?: readonly string[];
}

const UNKNOWN = 'Unknown or incomplete command, see below for error';

/**
 * A game with the commands that Castellan uses, as vanilla carries them out and words them: scores belong to
 * names in their own upper and lower case, everything else finds players in any.
 */
export class VanillaGame {
  readonly objectives = new Map<string, Objective>();
  readonly whitelist = new Map<string, string>();
  /** Commands that no vanilla server should ever get from us. */
  readonly surprises: string[] = [];
  readonly #players = new Map<string, PlayerHere>();
  readonly #watchers = new Set<() => void>();

  constructor(private readonly options: VanillaGameOptions = {}) {}

  join(name: string, uuid: string, shown = name): void {
    this.#players.set(name.toLowerCase(), { name, uuid, shown, heard: [] });
    this.look();
  }

  leave(name: string): void {
    this.#players.delete(name.toLowerCase());
    this.look();
  }

  /** What was shown to a player by tellraw. */
  heard(name: string): readonly string[] {
    return this.#players.get(name.toLowerCase())?.heard ?? [];
  }

  /** What /trigger does for the player who types it. @returns whether it was enabled for them */
  trigger(name: string, value: number, objective = 'castellan'): boolean {
    const score = this.objectives.get(objective)?.scores.get(name);
    if (score?.enabled !== true) return false;
    Object.assign(score, { value, enabled: false });
    this.look();
    return true;
  }

  mayTrigger(name: string, objective = 'castellan'): boolean {
    return this.objectives.get(objective)?.scores.get(name)?.enabled === true;
  }

  /** Resolves as soon as something is so. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  run(command: string): string {
    const answer = this.#answer(command);
    // Who waits for a change is told after the answer has gone out.
    setImmediate(() => {
      this.look();
    });
    return answer === '' ? '' : `${answer}${this.options.lineEnd ?? ''}`;
  }

  /** Whoever waits for something looks whether it is so. */
  look(): void {
    for (const look of [...this.#watchers]) look();
  }

  #answer(command: string): string {
    const tellraw = /^tellraw ("[^"]*"|\S+) (.*)$/.exec(command);
    if (tellraw !== null) return this.#tell(bare(tellraw[1]), tellraw[2] ?? '');
    const words = [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word, inner]) => inner ?? word);
    if (/["@*{}[\]\\]/.test(words.join(''))) this.surprises.push(command);
    const [verb, noun, action, ...rest] = words;
    if (verb === 'scoreboard' && noun === 'objectives') return this.#addObjective(rest);
    if (verb === 'scoreboard' && noun === 'players') return this.#scores(action, rest);
    if (verb === 'data') return this.#data(rest);
    if (verb === 'list') return this.#list();
    if (verb === 'whitelist') return this.#whitelist(noun, action);
    this.surprises.push(command);
    return this.#old ? 'Unknown command. Try /help for a list of commands' : UNKNOWN;
  }

  get #old(): boolean {
    return this.options.wording === '1.12';
  }

  #addObjective([name = '', criterion = '']: readonly string[]): string {
    if (this.objectives.has(name)) {
      return this.#old
        ? `An objective with the name '${name}' already exists`
        : 'An objective already exists by that name';
    }
    this.objectives.set(name, { criterion, scores: new Map() });
    return this.#old
      ? `Added new objective '${name}' successfully`
      : `Created new objective [${name}]`;
  }

  #scores(action: string | undefined, [holder = '', name = '']: readonly string[]): string {
    if (this.#old && action === 'list') return this.#allScores(holder);
    const objective = this.objectives.get(name);
    if (objective === undefined) {
      return this.#old
        ? `No objective was found by the name '${name}'`
        : `Unknown scoreboard objective '${name}'`;
    }
    const score = objective.scores.get(holder);
    if (action === 'enable') {
      if (objective.criterion !== 'trigger') {
        return this.#old
          ? `Objective ${name} is not a trigger`
          : 'Enable only works on trigger-objectives';
      }
      if (score?.enabled === true && !this.#old) {
        return 'Nothing changed. That trigger is already enabled';
      }
      objective.scores.set(holder, { value: score?.value ?? 0, enabled: true });
      return this.#old
        ? `Enabled trigger ${name} for ${holder}`
        : `Enabled trigger [${name}] for ${holder}`;
    }
    if (action === 'get' && !this.#old) {
      if (score === undefined) return `Can't get value of ${name} for ${holder}; none is set`;
      return `${holder} has ${score.value} [${name}]`;
    }
    if (action !== 'reset') {
      return this.#old ? 'Usage: /scoreboard players <set|add|remove|reset|list|…> ...' : UNKNOWN;
    }
    objective.scores.delete(holder);
    return this.#old ? `Reset score ${name} of player ${holder}` : `Reset [${name}] for ${holder}`;
  }

  #allScores(holder: string): string {
    const entries = [...this.objectives].flatMap(([name, { scores }]) => {
      const score = scores.get(holder);
      return score === undefined ? [] : [`- ${name} of all: ${score.value} (${name})`];
    });
    if (entries.length === 0) return `Player ${holder} has no scores recorded`;
    return `Showing ${entries.length} tracked objective(s) for ${holder}:${entries.join('')}`;
  }

  #data([name = '', path = '']: readonly string[]): string {
    if (this.#old) return 'Unknown command. Try /help for a list of commands';
    const player = this.#players.get(name.toLowerCase());
    if (player === undefined) return 'No entity was found';
    if (path !== 'UUID' || this.options.wording === '1.15') {
      return `Found no elements matching ${path}`;
    }
    return `${player.shown} has the following entity data: [I; ${intsOf(player.uuid).join(', ')}]`;
  }

  #list(): string {
    const players = [...this.#players.values()].map(({ name, uuid }) => `${name} (${uuid})`);
    const count = players.length;
    return this.#old
      ? `There are ${count}/20 players online:\n${players.join(', ')}`
      : `There are ${count} of a max of 20 players online: ${players.join(', ')}`;
  }

  #tell(name: string, component: string): string {
    const player = this.#players.get(name.toLowerCase());
    if (player === undefined) return 'No player was found';
    const parsed: unknown = JSON.parse(component);
    if (typeof parsed !== 'object' || parsed === null || !('text' in parsed)) return UNKNOWN;
    player.heard.push(String(parsed.text));
    return '';
  }

  #whitelist(action: string | undefined, name = ''): string {
    const { whitelist } = this;
    const key = name.toLowerCase();
    const names = [...whitelist.values()];
    if (action === 'list') {
      if (this.#old) {
        const all = names.join(', ').replace(/, ([^,]*)$/, ' and $1');
        return `There are ${names.length} (out of 9 seen) whitelisted players:${all}`;
      }
      if (names.length === 0) return 'There are no whitelisted players';
      return `There are ${names.length} whitelisted player(s): ${names.join(', ')}`;
    }
    const isKnown = this.options.known?.includes(name) ?? true;
    if (!isKnown) {
      return this.#old
        ? `Could not ${action} ${name} to the whitelist`
        : 'That player does not exist';
    }
    if (action === 'add') {
      if (whitelist.has(key)) return 'Player is already whitelisted';
      whitelist.set(key, name);
      return `Added ${name} to the whitelist`;
    }
    if (!whitelist.delete(key)) return 'Player is not whitelisted';
    return `Removed ${name} from the whitelist`;
  }
}

function bare(word = ''): string {
  return word.replace(/^"(.*)"$/, '$1');
}

function intsOf(uuid: string): number[] {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  return [0, 4, 8, 12].map((at) => bytes.readInt32BE(at));
}
