import { describe, expect, it } from '@jest/globals';
import type { Typed } from '../../src/minecraft/bridge';
import { EffectFailed } from '../failure';
import { Listener } from './game-listener';

const STEVE = { edition: 'java', name: 'Steve' } as const;
const WRONG = { verified: false, refusal: { refused: 'wrong-code', attemptsLeft: 2 } } as const;

/** Something that Steve typed, and what the game did with it then. */
function typedBySteve(id: string): { readonly typed: Typed; readonly fate: string[] } {
  const fate: string[] = [];
  const typed: Typed = {
    id,
    player: { ...STEVE, uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5' },
    text: '123456',
    answer: (message) => {
      fate.push(message);
      return Promise.resolve(true);
    },
    again: () => {
      fate.push('again');
    },
  };
  return { typed, fate };
}

describe('what a registration hears of a server', () => {
  const signal = new AbortController().signal;
  const listener = () => new Listener(STEVE, () => undefined);

  it('is the same again until the verdict is told', async () => {
    const listening = listener();
    const waiting = listening.next(signal);
    const { typed, fate } = typedBySteve('1');
    listening.hear({ typed, codeHash: 'a' });
    listening.hear({ typed, codeHash: 'a' });
    expect((await waiting)?.codeHash).toBe('a');
    expect((await listening.next(signal))?.typed).toBe(typed);
    expect(fate).toEqual([]);
    await listening.tell(WRONG, 'a');
    expect(fate).toEqual([expect.stringContaining('2 attempts left')]);
  });

  it('comes in the order in which it was typed, and not to a call that was given up', async () => {
    const listening = listener();
    const givenUp = new AbortController();
    const lost = listening.next(givenUp.signal);
    givenUp.abort(new Error('given up'));
    await expect(lost).rejects.toThrow('given up');
    const [first, second] = [typedBySteve('1'), typedBySteve('2')];
    listening.hear({ typed: first.typed, codeHash: 'a' });
    listening.hear({ typed: second.typed, codeHash: 'b' });
    expect((await listening.next(signal))?.codeHash).toBe('a');
    await listening.tell(WRONG, 'a');
    expect((await listening.next(signal))?.codeHash).toBe('b');
    expect(second.fate).toEqual([]);
  });

  it('is answered at once where another process has heard it, and the verdict is there', async () => {
    const listening = listener();
    await listening.tell(WRONG, 'a');
    const { typed, fate } = typedBySteve('1');
    listening.hear({ typed, codeHash: 'a' });
    expect(fate).toHaveLength(1);
    // Typed once more, it is another attempt.
    const later = typedBySteve('2');
    listening.hear({ typed: later.typed, codeHash: 'a' });
    expect((await listening.next(signal))?.typed).toBe(later.typed);
  });

  it('ends with the registration, and leaves to the game what nobody decided', async () => {
    const listening = listener();
    const { typed, fate } = typedBySteve('1');
    listening.hear({ typed, codeHash: 'a' });
    listening.end('over');
    expect(await listening.next(signal)).toBeNull();
    expect(fate).toEqual(['again']);
  });

  it('is asked for anew where the server is configured in another way by now', async () => {
    const listening = listener();
    const waiting = listening.next(signal);
    listening.end('interrupted');
    await expect(waiting).rejects.toThrow(EffectFailed);
  });
});
