import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  GatewayOpcodes,
  type GatewayGuildMembersChunkDispatchData,
  type GatewayRequestGuildMembers,
} from 'discord-api-types/v10';
import { withinTime } from '../../timing/within-time';

/**
 * Discord looks for so many users in one question.
 * Source: https://discord.com/developers/docs/events/gateway-events#request-guild-members
 */
export const MOST_ASKED = 100;

/** A question that was not answered by then went with its connection (milliseconds). */
const ANSWERED_WITHIN_MS = 15_000;
const PAUSE_MS = 1_000;

/** Who is no member of a guild, as the gateway says it: for users who are named that takes no intent. */
export class AbsentMembers {
  readonly #asked = new Map<string, (absent: readonly string[]) => void>();
  #send: ((question: GatewayRequestGuildMembers) => Promise<void>) | undefined;

  /** Says how questions are sent, before the first connection. */
  askThrough(send: (question: GatewayRequestGuildMembers) => Promise<void>): void {
    this.#send = send;
  }

  /** Members were told, perhaps as the answer to one of these questions. */
  heard({ nonce, not_found: absent = [] }: GatewayGuildMembersChunkDispatchData): void {
    if (nonce !== undefined) this.#asked.get(nonce)?.(absent.map(String));
  }

  /**
   * Asks until there is an answer.
   *
   * @param userIds at most `MOST_ASKED`
   * @returns those of them who are no members
   * @throws the signal's reason when it is aborted
   */
  async among(
    guildId: string,
    userIds: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    for (;;) {
      signal.throwIfAborted();
      try {
        return await this.#ask(guildId, userIds);
      } catch {
        await pause(PAUSE_MS, undefined, { signal, ref: false });
      }
    }
  }

  async #ask(guildId: string, userIds: readonly string[]): Promise<readonly string[]> {
    const nonce = randomBytes(16).toString('hex');
    const answered = new Promise<readonly string[]>((resolve) => {
      this.#asked.set(nonce, resolve);
    });
    const question: GatewayRequestGuildMembers = {
      op: GatewayOpcodes.RequestGuildMembers,
      d: { guild_id: guildId, user_ids: [...userIds], limit: 0, nonce },
    };
    try {
      const both = Promise.all([answered, this.#send?.(question)]);
      const late = (): Error => new Error('The gateway did not say in time who is a member.');
      const [absent] = await withinTime(ANSWERED_WITHIN_MS, both, late);
      return absent;
    } finally {
      this.#asked.delete(nonce);
    }
  }
}
