import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  createRegistrationReader,
  createRegistrationRecorder,
  type WhitelistEntry,
} from '../../src/db/registration';
import { createWatchRecorder } from '../../src/db/watching';
import { GUILD } from '../contracts/case-fixtures';
import { freshRecords } from '../contracts/fresh-records';
import { linkOf, player } from '../contracts/registration-fixtures';
import { settings, START } from '../contracts/watch-fixtures';

const records = freshRecords();

const PLACE = { guildId: GUILD, serverId: 'survival' };
const USERS = ['100000000000000001', '100000000000000002'] as const;
const PLAYERS = 2;

const recorder = () => createRegistrationRecorder(records.knex);
const reader = () => createRegistrationReader(records.knex);

type Step =
  | { readonly type: 'link'; readonly user: number; readonly player: number }
  | { readonly type: 'unlink' | 'rename'; readonly player: number }
  | { readonly type: 'want'; readonly player: number; readonly wanted: boolean }
  /** The server's changes are looked up, and carried out some steps later. */
  | { readonly type: 'look' }
  /** Some of them fail for now; whether the others are recorded may be lost with the process. */
  | { readonly type: 'tell'; readonly failing: readonly boolean[]; readonly recorded: boolean };

const somePlayer = fc.integer({ min: 1, max: PLAYERS });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    type: fc.constant('link' as const),
    user: fc.integer({ min: 0, max: 1 }),
    player: somePlayer,
  }),
  fc.record({ type: fc.constantFrom('unlink' as const, 'rename' as const), player: somePlayer }),
  fc.record({ type: fc.constant('want' as const), player: somePlayer, wanted: fc.boolean() }),
  fc.constant({ type: 'look' as const }),
  fc.record({
    type: fc.constant('tell' as const),
    failing: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
    recorded: fc.boolean(),
  }),
);

/** A server with its whitelist, and what ought to be on it. */
class Walk {
  readonly #onServer = new Set<string>();
  readonly #wanted = new Set<string>();
  #looked: readonly WhitelistEntry[] = [];
  #count = 0;

  /** @param name no other walk has it */
  constructor(readonly name: string) {}

  async take(step: Step): Promise<void> {
    this.#count += 1;
    switch (step.type) {
      case 'link':
        return this.#link(step.user, step.player);
      case 'unlink':
        return this.#unlink(step.player);
      case 'rename':
        await recorder().playerSeen({
          ...{ ...this.#player(step.player), guildId: GUILD, now: START },
          name: `renamed_${this.#count}`,
        });
        return;
      case 'want':
        return this.#want(step.player, step.wanted);
      case 'look':
        this.#looked = await reader().whitelistPending({ ...PLACE, limit: 50 });
        return;
      case 'tell':
        return this.#tell(step.failing, step.recorded);
    }
  }

  /** The server is back, and is told everything that is left. */
  async finish(): Promise<{
    readonly left: number;
    readonly onServer: string[];
    readonly wanted: string[];
  }> {
    await this.take({ type: 'look' });
    await this.take({ type: 'tell', failing: [], recorded: true });
    const left = await reader().countWhitelistPending(PLACE);
    return { left, onServer: [...this.#onServer].sort(), wanted: [...this.#wanted].sort() };
  }

  #operation(): string {
    return `${this.name}, step ${this.#count}`;
  }

  #player(number: number) {
    return player(`name_${number}`, number);
  }

  async #account(number: number) {
    return reader().accountByUuid(GUILD, 'java', this.#player(number).uuid);
  }

  async #link(user: number, number: number): Promise<void> {
    const linked = await recorder().link(
      linkOf(this.#operation(), {
        ...{ userId: USERS[user] ?? '', player: this.#player(number) },
        serverIds: [PLACE.serverId],
      }),
    );
    if ('account' in linked) this.#wanted.add(this.#player(number).uuid);
  }

  async #unlink(number: number): Promise<void> {
    const account = await this.#account(number);
    if (account === null) return;
    await recorder().unlink({
      ...{ operation: this.#operation(), guildId: GUILD, cause: 'user', reason: null },
      ...{ which: { accountKey: account.key }, actorId: null, now: START },
    });
    this.#wanted.delete(this.#player(number).uuid);
  }

  async #want(number: number, wanted: boolean): Promise<void> {
    const account = await this.#account(number);
    if (account === null) return;
    const serverIds = [PLACE.serverId];
    const wish = { guildId: GUILD, accountKey: account.key, serverIds, wanted, now: START };
    await recorder().wantWhitelisted(wish);
    if (wanted) this.#wanted.add(this.#player(number).uuid);
    else this.#wanted.delete(this.#player(number).uuid);
  }

  async #tell(failing: readonly boolean[], recorded: boolean): Promise<void> {
    const told = this.#looked.filter((_, index) => failing[index] !== true);
    this.#looked = [];
    for (const { wanted, uuid, accountKey, version } of told) {
      if (uuid === null) throw new Error('Every player here has a UUID.');
      if (wanted) this.#onServer.add(uuid);
      else this.#onServer.delete(uuid);
      if (recorded) {
        await recorder().whitelistApplied({ ...PLACE, accountKey, version, now: START });
      }
    }
  }
}

describe('whatever is wished, told and lost on the way', () => {
  it('the server’s list is in the end what is wanted', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (taken) => {
        round += 1;
        // A server of its own for every walk: it begins with nobody on its list.
        const servers = [settings('survival', { name: `Round ${round}` })];
        const watching = createWatchRecorder(records.knex);
        await watching.applyServers(GUILD, 'file', [], START);
        await watching.applyServers(GUILD, 'file', servers, START);
        for (const [index, userId] of USERS.entries()) {
          await recorder().unlink({
            ...{ operation: `before ${round}.${index}`, guildId: GUILD, which: { userId } },
            ...{ cause: 'left', actorId: null, reason: null, now: START },
          });
        }
        const walk = new Walk(`round ${round}`);
        for (const next of taken) await walk.take(next);
        const { left, onServer, wanted } = await walk.finish();
        expect(left).toBe(0);
        expect(onServer).toEqual(wanted);
      }),
      { numRuns: 12 },
    );
  });
});
