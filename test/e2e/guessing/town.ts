import { makeCode } from '../../../src/domain/registration/code';
import { chanceOfGuessing } from '../../../src/domain/registration/chance';
import { registrationWorkflowId } from '../../../workflows/registration/contract';
import { crowdId, DEMO_CROWD, type Driver } from '../../../sandbox';
import type { Chance } from '../../chaos/chance';
import type { Answered } from './game-servers';
import type { GuessedGuild } from './guilds';

/** So many codes are tried on each registration. */
export const GUESSES_OF_EACH = 20;

/** Somebody's registration of a name. */
export interface Registering {
  readonly guild: GuessedGuild;
  readonly userId: string;
  readonly name: string;
}

/** Who types their own code, in the form in which it is compared. */
export interface Quiet extends Registering {
  readonly code: string;
}

/** A registration that is guessed at. */
export interface Target extends Registering {
  /** What is typed, in this order. */
  readonly guesses: readonly string[];
  /** How likely a right one is among those that count, 0 to 1. */
  readonly chance: number;
  /** As they come. */
  readonly answers: Answered[];
}

export function registrationIdOf({ guild: { guildId }, userId, name }: Registering): string {
  return registrationWorkflowId({ guildId, userId, edition: 'java', name });
}

const SHOWN_CODE = /```\n([0-9A-Z-]{6,9})\n```/;

/** People who register by the bot, and what guessers know of their codes. */
export class Town {
  private registered = 0;

  constructor(
    private readonly driver: Driver,
    private readonly chance: Chance,
  ) {}

  /** @param more absent: the next one of the crowd, and a name that nobody has */
  async register(
    guild: GuessedGuild,
    more: { readonly userId?: string; readonly name?: string } = {},
  ): Promise<Quiet> {
    this.registered += 1;
    const userId = more.userId ?? crowdId((this.registered % DEMO_CROWD) + 1);
    const name = more.name ?? `Player_${this.registered}`;
    const person = this.driver.person(userId, guild.guildId);
    const asked = await person.runCommand('register', { name });
    const { content } = await asked.settled((message) => SHOWN_CODE.test(message.content));
    const code = SHOWN_CODE.exec(content)?.[1]?.replace('-', '') ?? '';
    return { guild, userId, name, code };
  }

  /** Who guesses knows that the code is one of as many as they try. */
  async known(guild: GuessedGuild): Promise<Target> {
    const { code, ...registering } = await this.register(guild);
    const known = new Set([code]);
    while (known.size < GUESSES_OF_EACH) known.add(this.anyCode(guild));
    return this.target(registering, this.chance.shuffled([...known]), known.size);
  }

  /** Who guesses knows nothing of the code. */
  async unknown(guild: GuessedGuild): Promise<Target> {
    const { guild: of, userId, name } = await this.register(guild);
    const guesses = Array.from({ length: GUESSES_OF_EACH }, () => this.anyCode(guild));
    return this.target({ guild: of, userId, name }, guesses);
  }

  private target(registering: Registering, guesses: readonly string[], codes?: number): Target {
    const { kind, limit } = registering.guild;
    const chance = chanceOfGuessing({
      ...{ kind, guesses: guesses.length, registrations: 1, mostAttempts: limit },
      ...(codes !== undefined && { codes }),
    });
    return { ...registering, guesses, chance, answers: [] };
  }

  private anyCode({ kind }: GuessedGuild): string {
    return makeCode(kind, (count) =>
      Uint8Array.from({ length: count }, () => this.chance.between(0, 255)),
    );
  }
}
