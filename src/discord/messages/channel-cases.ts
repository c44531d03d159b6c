import { LRUCache } from 'lru-cache';
import type { CaseReader } from '../../db/cases';
import { ageOf } from '../snowflake';

/** A ticket as far as its channel's messages concern it. */
export interface ChannelCase {
  readonly caseId: string;
  readonly openerId: string;
  /** The handling team and those above it: whose messages are answers. */
  readonly staffTeams: readonly string[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A ticket changes hands when it is raised. */
const KNOWN_MS = MINUTE;
/** While a channel is this young, its ticket may not be recorded yet. */
const NEW_MS = 2 * MINUTE;
const YOUNG_MS = 24 * HOUR;

/** Which channel belongs to which ticket. Most channels belong to none, and that is remembered too. */
export class ChannelCases {
  readonly #known = new LRUCache<string, { readonly found: ChannelCase | null }>({ max: 10_000 });

  /** @param now milliseconds since the epoch */
  constructor(
    private readonly cases: Pick<CaseReader, 'byChannel'>,
    private readonly now: () => number,
  ) {}

  /** Whether a ticket of this channel may still be on its way into the records. */
  isNew(channelId: string): boolean {
    return ageOf(channelId, this.now()) < NEW_MS;
  }

  /** @returns the ticket whose channel this is; `null`: none. @throws DatabaseUnavailable */
  async find(channelId: string): Promise<ChannelCase | null> {
    const known = this.#known.get(channelId);
    if (known !== undefined) return known.found;
    const row = await this.cases.byChannel(channelId);
    if (row === null) {
      const age = ageOf(channelId, this.now());
      if (age >= NEW_MS) {
        this.#known.set(channelId, { found: null }, { ttl: age < YOUNG_MS ? MINUTE : 24 * HOUR });
      }
      return null;
    }
    const { teamChain } = row.policy;
    const found: ChannelCase = {
      caseId: row.caseId,
      openerId: row.openerId,
      // The team that raised a ticket stays in its channel, and its answer before that was an answer.
      staffTeams: teamChain,
    };
    this.#known.set(channelId, { found }, { ttl: KNOWN_MS });
    return found;
  }

  /** The channel was created or deleted: what was known about it may be wrong. */
  forget(channelId: string): void {
    this.#known.delete(channelId);
  }
}
