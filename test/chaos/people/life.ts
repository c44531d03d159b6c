import { setTimeout as pause } from 'node:timers/promises';
import type { Driver, Person } from '../../../sandbox';
import type { Chance } from '../chance';
import { giveCommand, type Outcome, type Place, type Wish } from './manage';
import { openTicket, type CategoryId, type Ticket } from './open';
import { PATIENCE } from './patience';
import type { PeopleRecord } from './record';

/** Who takes part in a ticket's life. */
export interface Cast {
  readonly opener: Person;
  readonly moderators: readonly Person[];
  readonly senior: Person;
  /** May delete channels. */
  readonly owner: Person;
}

/** What a life needs. */
export interface LifeOptions {
  readonly driver: Driver;
  readonly record: PeopleRecord;
  readonly cast: Cast;
  /** Its own: what happens in other lives changes nothing in this one. */
  readonly chance: Chance;
  readonly longestPauseMs: number;
}

/** How a life ended. */
export type Ending = 'closed' | 'reopened and closed' | 'left open' | 'deleted by hand';

const SENIOR_ONLY: CategoryId = 'final';

/** One ticket from its opening to its end, with everybody who has to do with it. */
export class Life {
  private ticket: Ticket = { caseId: '', number: 0, channelId: '' };
  private handler: Person;
  private words = 0;

  constructor(private readonly options: LifeOptions) {
    const { cast, chance } = options;
    this.handler = chance.pick(cast.moderators);
  }

  async live(): Promise<Ending> {
    const { driver, record, cast, chance } = this.options;
    const category = chance.pick<CategoryId>(['support', 'support', 'quick', 'quick', 'final']);
    if (category === SENIOR_ONLY) this.handler = cast.senior;
    this.ticket = await openTicket(driver, record, cast.opener, {
      category,
      way: chance.pick(['command', 'panel']),
      subject: `Something of ${cast.opener.name}'s is gone`,
    });
    await this.talk(chance.between(1, 3));
    await this.handle(category);
    if (chance.happens(0.1)) return 'left open';
    if (chance.happens(0.06)) {
      await this.pauseBetween();
      record.deletedByHand.add(this.ticket.channelId);
      await cast.owner.deleteChannel(this.ticket.channelId).catch(() => undefined);
      return 'deleted by hand';
    }
    await this.close();
    if (category === SENIOR_ONLY || !chance.happens(0.25)) return 'closed';
    await this.reopen();
    await this.talk(chance.between(1, 2));
    await this.close();
    return 'reopened and closed';
  }

  /** Staff take the ticket, and perhaps hand it on. */
  private async handle(category: CategoryId): Promise<void> {
    const { cast, chance } = this.options;
    const place = (): Place => chance.pick(['channel', 'channel', 'staff view']);
    if (!chance.happens(0.9)) return;
    await this.command(this.handler, { command: 'claim', place: place(), note: '' });
    await this.talk(chance.between(0, 2));
    if (chance.happens(0.2)) {
      await this.command(this.handler, { command: 'release', place: place(), note: '' });
      await this.command(this.handler, { command: 'claim', place: place(), note: '' });
    }
    if (category !== SENIOR_ONLY && chance.happens(0.25)) {
      const wish: Wish = { command: 'raise', place: place(), note: '' };
      const raised = await this.command(this.handler, wish);
      // Where nothing came of it, those whom it was to be raised to are not let in.
      if (raised === 'done' || (await sees(cast.senior, this.ticket.channelId))) {
        this.handler = cast.senior;
        await this.command(this.handler, { command: 'claim', place: place(), note: '' });
        await this.talk(1);
      }
    }
    if (chance.happens(0.5)) {
      await this.command(this.handler, { command: 'resolve', place: place(), note: 'It is back.' });
      if (chance.happens(0.25)) {
        await this.command(cast.opener, { command: 'reopen', place: 'channel', note: '' });
        await this.talk(1);
      }
    }
  }

  /** People write, whatever else is down. */
  private async talk(messages: number): Promise<void> {
    const { record, cast, chance } = this.options;
    for (let count = 0; count < messages; count += 1) {
      await this.pauseBetween();
      const author = chance.happens(0.6) ? cast.opener : this.handler;
      this.words += 1;
      const content = `${author.name} says word ${this.words} about #${this.ticket.number}`;
      await record.write(author, this.ticket.channelId, content);
    }
  }

  private async close(): Promise<void> {
    const { cast, chance } = this.options;
    const byOpener = chance.happens(0.5);
    const wish: Wish = {
      command: 'close',
      place: byOpener ? chance.pick(['own command', 'channel']) : 'channel',
      note: chance.happens(0.5) ? 'Thank you!' : '',
    };
    // What is written while somebody is pressing the button must be kept, too.
    await Promise.all([
      this.command(byOpener ? cast.opener : this.handler, wish),
      this.talk(chance.between(0, 1)),
    ]);
  }

  /** The opener wants the closed ticket back, and waits for its new channel. */
  private async reopen(): Promise<void> {
    const { cast, record } = this.options;
    const { opener } = cast;
    const until = performance.now() + PATIENCE.promised;
    let outcome: Outcome = 'refused';
    // While it is still closing, the answer says so; somebody who wants it back tries again.
    while (outcome !== 'done' && performance.now() < until) {
      await this.pauseBetween();
      const wish: Wish = { command: 'reopen', place: 'own view', note: '' };
      outcome = await giveCommand(record, opener, this.ticket, wish);
      if (outcome !== 'done' && (await this.newChannel()) !== undefined) break;
    }
    for (;;) {
      const channelId = await this.newChannel();
      if (channelId !== undefined) {
        this.ticket = { ...this.ticket, channelId };
        return;
      }
      if (performance.now() > until) {
        throw new Error(`#${this.ticket.number} was reopened and has no new channel.`);
      }
      await pause(500);
    }
  }

  /** The channel of the ticket that the opener sees, if it is another one than before. */
  private async newChannel(): Promise<string | undefined> {
    const { caseId, channelId } = this.ticket;
    const channels = await this.options.cast.opener.visibleChannels();
    return channels.find(({ id, topic }) => id !== channelId && topic?.includes(`${caseId}.`))?.id;
  }

  private async command(person: Person, wish: Wish): Promise<Outcome> {
    await this.pauseBetween();
    return giveCommand(this.options.record, person, this.ticket, wish);
  }

  private pauseBetween(): Promise<void> {
    const { chance, longestPauseMs } = this.options;
    return pause(chance.between(50, longestPauseMs));
  }
}

const sees = (person: Person, channelId: string): Promise<boolean> =>
  person.see(channelId, { limit: 1 }).then(
    () => true,
    () => false,
  );
