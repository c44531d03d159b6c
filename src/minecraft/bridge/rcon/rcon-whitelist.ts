import type { Console } from '../../rcon';
import type { Listable, Whitelist, WhitelistOutcome } from '../bridge';
import { BridgeFailure, notUnderstood } from '../failure';
import { asWord, inGameName, type BedrockPrefix } from '../in-game-name';
import { bareAnswer } from './answers';
import { Commands } from './commands';
import { readWhitelist, readWhitelistChange } from './whitelist-answers';

/**
 * The whitelist by commands, which take names only. Where the player is in the game, their UUID is
 * compared first, so that whoever took an old name gets nothing by it.
 */
export class RconWhitelist implements Whitelist {
  constructor(
    private readonly console: Console,
    private readonly bedrockPrefix: BedrockPrefix,
  ) {}

  add(player: Listable, signal?: AbortSignal): Promise<WhitelistOutcome> {
    return this.#change('add', player, signal);
  }

  remove(player: Listable, signal?: AbortSignal): Promise<WhitelistOutcome> {
    return this.#change('remove', player, signal);
  }

  async list(signal?: AbortSignal): Promise<readonly string[]> {
    return readWhitelist(await this.#ask('whitelist list', signal));
  }

  async #change(
    change: 'add' | 'remove',
    player: Listable,
    signal: AbortSignal | undefined,
  ): Promise<WhitelistOutcome> {
    const name = inGameName(player, this.bedrockPrefix);
    if (await this.#isAnother(name, player.uuid, signal)) return 'name-of-another';
    const answer = await this.#ask(`whitelist ${change} ${asWord(name)}`, signal);
    const outcome = readWhitelistChange(change, answer);
    if (outcome !== null) return outcome;
    const listed = (await this.list(signal)).map((other) => other.toLowerCase());
    if (listed.includes(name.toLowerCase()) === (change === 'add')) return 'done';
    throw notUnderstood(`a change of the whitelist`, answer);
  }

  async #isAnother(
    name: string,
    uuid: string | null,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    if (uuid === null) return false;
    try {
      const online = await new Commands(this.console, limited(signal)).find(name);
      return online !== null && online.uuid !== uuid.toLowerCase();
    } catch (error) {
      // A server that tells no UUIDs has a whitelist all the same.
      if (error instanceof BridgeFailure) return false;
      throw error;
    }
  }

  async #ask(command: string, signal: AbortSignal | undefined): Promise<string> {
    return bareAnswer(await this.console.run(command, { repeatable: true, ...limited(signal) }));
  }
}

function limited(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
