import type { PendingName, Typed } from '../../src/minecraft/bridge';
import type { GuessVerdict } from '../../workflows/registration/contract';
import { EffectFailed } from '../failure';
import { verdictWords } from './game-words';

/** What was typed, and its hash for the registration that hears it. */
export interface Heard {
  readonly typed: Typed;
  readonly codeHash: string;
}

/**
 * One registration's share of what is typed on a server. It keeps what was heard until the verdict on it is
 * told: a try that comes again hears the same.
 */
export class Listener {
  readonly #heard: Heard[] = [];
  /** Verdicts of which this process has not heard what they are about. */
  readonly #known = new Map<string, GuessVerdict>();
  #wake: (() => void) | undefined;
  #ended: 'over' | 'interrupted' | null = null;
  /** When nobody has asked for news since. */
  lastAsked = performance.now();
  /** How many wait for news. */
  asking = 0;

  constructor(
    readonly player: PendingName,
    private readonly onOver: () => void,
  ) {}

  /** Something was typed. */
  hear(heard: Heard): void {
    if (this.#heard.some(({ typed }) => typed.id === heard.typed.id)) return;
    const verdict = this.#known.get(heard.codeHash);
    if (verdict !== undefined) {
      this.#known.delete(heard.codeHash);
      void heard.typed.answer(verdictWords(verdict));
      return;
    }
    this.#heard.push(heard);
    this.#wake?.();
  }

  /**
   * Tells the player the verdict.
   *
   * @param codeHash what it is about; `null`: what was heard first
   */
  async tell(verdict: GuessVerdict, codeHash: string | null): Promise<void> {
    const index = this.#heard.findIndex((one) => codeHash === null || one.codeHash === codeHash);
    const [heard] = index < 0 ? [] : this.#heard.splice(index, 1);
    if (heard !== undefined) await heard.typed.answer(verdictWords(verdict));
    else if (codeHash !== null) this.#known.set(codeHash, verdict);
  }

  /**
   * The oldest that has no verdict yet, as soon as there is one.
   *
   * @returns `null`: the registration is over
   * @throws the signal's reason, or EffectFailed where the server is to be listened to anew
   */
  async next(signal: AbortSignal): Promise<Heard | null> {
    this.asking += 1;
    try {
      for (;;) {
        signal.throwIfAborted();
        if (this.#ended === 'over') return null;
        if (this.#ended === 'interrupted') {
          throw new EffectFailed('unexpected', 'The game server is listened to anew');
        }
        const [first] = this.#heard;
        if (first !== undefined) return first;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
          signal.addEventListener(
            'abort',
            () => {
              resolve();
            },
            { once: true },
          );
        });
      }
    } finally {
      this.asking -= 1;
      this.lastAsked = performance.now();
    }
  }

  /** It does not listen any more, here at least: what it has heard is nobody's. */
  end(how: 'over' | 'interrupted'): void {
    this.#ended ??= how;
    this.#wake?.();
    for (const { typed } of this.#heard.splice(0)) typed.again();
    this.onOver();
  }
}
