import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { whitelistChanges } from '../../../src/web/routes/game/schemas';
import { sign } from '../../../src/web/standard-webhooks/sign';

/** What the Game API answered to a code. */
export interface Answered {
  readonly status: number;
  readonly message: string;
  readonly attemptsLeft: number | undefined;
}

const answered = z.object({ message: z.string(), attemptsLeft: z.number().optional() });

export type Change = z.infer<typeof whitelistChanges>['changes'][number];

/** What a game server's plugin asks of the Game API. */
export class PluginCalls {
  /** @param address of the web server, asked before each call */
  constructor(
    private readonly address: () => string,
    private readonly key: Buffer,
    private readonly serverId: string,
  ) {}

  /** A player types a code in the game. @param id of the request; the same twice is the same request */
  async type(
    player: { readonly name: string; readonly uuid: string },
    code: string,
    id: string = randomUUID(),
    signal?: AbortSignal,
  ): Promise<Answered> {
    const body = JSON.stringify({ server: this.serverId, player, code });
    const response = await this.#ask('/v1/game/verifications', id, { body, signal });
    const { message, attemptsLeft } = answered.parse(await response.json());
    return { status: response.status, message, attemptsLeft };
  }

  /** What the plugin is to change in the whitelist. */
  async changes(signal?: AbortSignal): Promise<readonly Change[]> {
    const path = `/v1/game/whitelist?server=${this.serverId}`;
    const response = await this.#ask(path, randomUUID(), { signal });
    return whitelistChanges.parse(await response.json()).changes;
  }

  /** The plugin has made these changes. @returns the status of the answer */
  async applied(ids: readonly string[], signal?: AbortSignal): Promise<number> {
    const body = JSON.stringify({ server: this.serverId, applied: ids });
    return (await this.#ask('/v1/game/whitelist/applied', randomUUID(), { body, signal })).status;
  }

  /** @param request `body` absent: nothing is sent */
  #ask(
    path: string,
    id: string,
    { body, signal }: { readonly body?: string; readonly signal?: AbortSignal | undefined },
  ): Promise<Response> {
    return fetch(`${this.address()}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...sign([this.key], { id, at: Date.now(), body: body ?? '' }),
      },
      ...(body !== undefined && { body }),
      ...(signal !== undefined && { signal }),
    });
  }
}
