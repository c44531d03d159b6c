import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../../../sandbox';
import type { Chance } from '../chance';
import { beforeAgain, PATIENCE } from '../people/patience';
import type { Asked, PeopleRecord } from '../people/record';
import type { Place } from './place';
import type { Player } from './player';
import { codeIn, endIn, type ToldEnd } from './words';

/** Between two looks at what Discord shows, in milliseconds. */
const LOOK_MS = 100;
/** For how long somebody waits for Discord when the game has told what became of the code. */
const TOLD_MS = 15_000;

export interface RegistrantOptions {
  readonly record: PeopleRecord;
  readonly person: Person;
  readonly player: Player;
  readonly place: Place;
  readonly chance: Chance;
  readonly longestPauseMs: number;
  readonly patienceMs: number;
}

/** Somebody who wants to register a name, and tries as long as a person would. */
export class Registrant {
  readonly #asked: Asked[] = [];
  readonly #until: number;

  constructor(private readonly options: RegistrantOptions) {
    this.#until = performance.now() + options.patienceMs;
  }

  /** Types the newest code until it is said how it ended. @returns `null`: it was given up */
  async prove(): Promise<ToldEnd | null> {
    const { player, place } = this.options;
    let forced = false;
    while (this.#isPatient()) {
      const code = await this.#code(forced);
      forced = false;
      if (code === null) break;
      await this.hesitate();
      const isOver = (): boolean => this.#shown() !== code || !this.#isPatient();
      const typed = await place.type(player, code, isOver);
      // Of two who want the same name, both hear what the game says: one of them types once more.
      if (typed === 'told') await this.#passes(() => this.end() !== null, TOLD_MS);
      // The right one is shown soon, or cannot be shown any more: a new one is asked for.
      if (typed === 'again') {
        forced = !(await this.#passes(() => this.#shown() !== code || this.end() !== null, 5_000));
      }
      if (this.end() !== null) break;
    }
    return this.end();
  }

  /** Gets a code, and does no more. @returns whether one was shown */
  async begin(): Promise<boolean> {
    return (await this.#code(false)) !== null;
  }

  /** Types a code that is not the right one. */
  async typeWrong(): Promise<void> {
    const { player, place, chance } = this.options;
    const right = await this.#code(false);
    if (right === null) return;
    const wrong = String(
      ((Number(right) - 100_000 + chance.between(1, 899_998)) % 900_000) + 100_000,
    );
    await this.hesitate();
    await place.type(player, wrong, () => this.end() !== null || !this.#isPatient());
  }

  /** Has had enough: whoever has a code cancels. */
  async giveUp(): Promise<void> {
    await this.press('Cancel', performance.now() + PATIENCE.answer);
  }

  /** Presses a button under the newest code, until something has come of it. */
  async press(label: 'Cancel' | 'New code', until = this.#until): Promise<void> {
    const { record, person } = this.options;
    for (let attempt = 0; performance.now() < until && this.end() === null; attempt += 1) {
      const before = this.#shown();
      const shown = this.#messages().find(({ content }) => codeIn(content) === before);
      if (before === null || shown === undefined) return;
      const asked = await record
        .ask(person, `${label} ${this.options.player.name}`, () => person.click(shown, label))
        .catch(() => null);
      if (asked !== null) {
        if (label === 'New code') this.#asked.push(asked);
        await record.answer(asked, PATIENCE.answer, ({ kind }) => kind === 'kept');
        if (await this.#passes(() => this.#shown() !== before, 10_000)) return;
      }
      await beforeAgain(attempt);
    }
  }

  /** Waits until it is said how it ended. */
  async awaitEnd(): Promise<ToldEnd | null> {
    await this.#passes(() => this.end() !== null, this.#until - performance.now());
    return this.end();
  }

  /** How it ended last, as the answers show it. */
  end(): ToldEnd | null {
    if (this.#shown() !== null) return null;
    const ends = this.#messages().flatMap(({ content }) => endIn(content) ?? []);
    return ends.at(-1) ?? null;
  }

  hesitate(): Promise<void> {
    const { chance, longestPauseMs } = this.options;
    // Most do not wait long.
    const longest = chance.happens(0.8) ? longestPauseMs / 8 : longestPauseMs;
    return pause(chance.between(50, Math.max(50, longest)));
  }

  /** @param anew whether the one that is shown is not good enough; @returns `null`: there is none any more */
  async #code(anew: boolean): Promise<string | null> {
    for (let attempt = 0; this.#isPatient(); attempt += 1) {
      const shown = this.#shown();
      if (shown !== null && !(anew && attempt === 0)) return shown;
      if (this.end() !== null) return null;
      await this.#register();
      if (this.#shown() === null && this.end() === null) await beforeAgain(attempt);
    }
    return null;
  }

  async #register(): Promise<void> {
    const { record, person, player } = this.options;
    const asked = await record.ask(person, `/register ${player.name}`, () =>
      person.runCommand('register', { name: player.name }),
    );
    this.#asked.push(asked);
    await record.answer(asked, PATIENCE.answer, ({ kind }) => kind === 'kept');
  }

  /** The newest code that is shown. */
  #shown(): string | null {
    const codes = this.#messages().flatMap(({ content }) => codeIn(content) ?? []);
    return codes.at(-1) ?? null;
  }

  /** What the answers show now, in the order of the questions. */
  #messages(): { readonly id: string; readonly content: string }[] {
    return this.#asked.flatMap(({ handle: { state } }) =>
      [state.loading ? null : state.reply, ...state.followups].filter((one) => one !== null),
    );
  }

  #isPatient(): boolean {
    return performance.now() < this.#until;
  }

  /** @returns whether it became so */
  async #passes(isSo: () => boolean, patienceMs: number): Promise<boolean> {
    const until = performance.now() + patienceMs;
    while (!isSo()) {
      if (performance.now() > until) return false;
      await pause(LOOK_MS);
    }
    return true;
  }
}
