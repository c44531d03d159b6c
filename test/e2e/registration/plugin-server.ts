import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Service } from '../../../src/cli/service';
import { readEnvironment } from '../../../src/config/environment';
import { createLogger } from '../../../src/observability/logger';
import { whitelistChanges } from '../../../src/web/routes/game/schemas';
import { formatSecret } from '../../../src/web/standard-webhooks/secret';
import { sign } from '../../../src/web/standard-webhooks/sign';
import { startWeb } from '../../../src/web/service';

/** The variable that holds the plugin's secret. */
export const SECRET_VARIABLE = 'GAME_SECRET_SURVIVAL';

/** What the Game API answered to a code. */
export interface Answered {
  readonly status: number;
  readonly message: string;
  readonly attemptsLeft: number | undefined;
}

const answered = z.object({ message: z.string(), attemptsLeft: z.number().optional() });

export type Change = z.infer<typeof whitelistChanges>['changes'][number];

/** The web process, and a game server's plugin that tells it what players type. */
export class PluginServer {
  private constructor(
    private readonly web: Service,
    private readonly key: Buffer,
    private readonly serverId: string,
  ) {}

  /** @param variables of the processes that it belongs to */
  static async start(
    variables: Readonly<Record<string, string>>,
    serverId: string,
  ): Promise<PluginServer> {
    const key = randomBytes(32);
    const log = createLogger({
      level: 'fatal',
      name: 'web',
      readable: false,
      destination: process.stderr,
    });
    const environment = readEnvironment({ ...variables, [SECRET_VARIABLE]: formatSecret(key) }, [
      'discord',
      'database',
      'temporal',
    ]);
    return new PluginServer(await startWeb({ environment, log }), key, serverId);
  }

  stop(): Promise<void> {
    return this.web.stop();
  }

  /** A player types a code in the game. @param id of the request; the same twice is the same request */
  async type(
    player: { readonly name: string; readonly uuid: string },
    code: string,
    id: string = randomUUID(),
  ): Promise<Answered> {
    const body = JSON.stringify({ server: this.serverId, player, code });
    const response = await this.#ask('/v1/game/verifications', id, body);
    const { message, attemptsLeft } = answered.parse(await response.json());
    return { status: response.status, message, attemptsLeft };
  }

  /** What the plugin is to change in the whitelist. */
  async changes(): Promise<readonly Change[]> {
    const response = await this.#ask(`/v1/game/whitelist?server=${this.serverId}`, randomUUID());
    return whitelistChanges.parse(await response.json()).changes;
  }

  /** The plugin has made these changes. @returns the status of the answer */
  async applied(ids: readonly string[]): Promise<number> {
    const body = JSON.stringify({ server: this.serverId, applied: ids });
    return (await this.#ask('/v1/game/whitelist/applied', randomUUID(), body)).status;
  }

  /** @param body absent: nothing is sent */
  #ask(path: string, id: string, body?: string): Promise<Response> {
    return fetch(`${this.web.addresses.http ?? ''}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...sign([this.key], { id, at: Date.now(), body: body ?? '' }),
      },
      ...(body !== undefined && { body }),
    });
  }
}
