import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Service } from '../../../src/cli/service';
import { readEnvironment } from '../../../src/config/environment';
import { createLogger } from '../../../src/observability/logger';
import { startWeb } from '../../../src/web/service';
import { formatSecret } from '../../../src/config/webhook-secret';
import { sign } from '../../../src/web/standard-webhooks/sign';
import { GUILDS, secretVariable, SERVERS, type ServerId } from './guilds';

/** What a player typed, and where. */
export interface Typing {
  readonly guildId: string;
  readonly server: ServerId;
  readonly name: string;
  readonly code: string;
  /** Which of the web processes is asked. */
  readonly web: number;
}

/** What the Game API answered. */
export interface Answered {
  readonly status: number;
  readonly message: string;
  readonly attemptsLeft: number | undefined;
  /** In seconds; `null`: it was not said. */
  readonly retryAfter: number | null;
}

const answered = z.object({ message: z.string(), attemptsLeft: z.number().optional() });

/** How many web processes there are: what one remembers, the other does not know. */
export const WEBS = 2;

/** The plugins of all guilds' game servers, and the web processes that they tell what players type. */
export class GameServers {
  private constructor(
    private readonly webs: readonly Service[],
    private readonly keys: ReadonlyMap<string, Buffer>,
  ) {}

  /** @param variables of the processes that they belong to */
  static async start(variables: Readonly<Record<string, string>>): Promise<GameServers> {
    const keys = new Map(
      GUILDS.flatMap(({ guildId }) =>
        SERVERS.map((id) => [secretVariable(guildId, id), randomBytes(32)] as const),
      ),
    );
    const secrets = [...keys].map(([variable, key]) => [variable, formatSecret(key)] as const);
    const environment = readEnvironment({ ...variables, ...Object.fromEntries(secrets) }, [
      'discord',
      'database',
      'temporal',
    ]);
    const log = createLogger({ level: 'silent', name: 'web', readable: false });
    const webs = await Promise.all(
      Array.from({ length: WEBS }, () => startWeb({ environment, log })),
    );
    return new GameServers(webs, keys);
  }

  async stop(): Promise<void> {
    await Promise.all(this.webs.map((web) => web.stop()));
  }

  /** A player types a code. @param id of the request; the same twice is the same request */
  async type(typing: Typing, id: string = randomUUID()): Promise<Answered> {
    const { guildId, server, name, code, web } = typing;
    const key = this.keys.get(secretVariable(guildId, server)) ?? Buffer.of();
    const player = { name, uuid: uuidOf(name) };
    const body = JSON.stringify({ server: `${guildId}/${server}`, player, code });
    const url = this.webs[web]?.addresses.http ?? '';
    const response = await fetch(`${url}/v1/game/verifications`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...sign([key], { id, at: Date.now(), body }),
      },
      body,
    });
    const said = answered.parse(await response.json());
    const after = response.headers.get('retry-after');
    return {
      status: response.status,
      message: said.message,
      attemptsLeft: said.attemptsLeft,
      retryAfter: after === null ? null : Number(after),
    };
  }

  /**
   * As a plugin does it: what is to come again later is sent again, as the same request.
   *
   * @param later the statuses that say so
   */
  async typeUntilDecided(typing: Typing, later: readonly number[] = [429, 503]): Promise<Answered> {
    const id = randomUUID();
    for (;;) {
      const answer = await this.type(typing, id);
      if (!later.includes(answer.status)) return answer;
      await pause((answer.retryAfter ?? 1) * 1_000);
    }
  }
}

/** The same player has the same one everywhere. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name.toLowerCase()).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
