import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns';

describe('turns', () => {
  const gate = <Value>() => {
    let open: (value: Value) => void = () => undefined;
    let fail: (error: Error) => void = () => undefined;
    const passed = new Promise<Value>((resolve, reject) => {
      open = resolve;
      fail = reject;
    });
    return { passed, open, fail };
  };

  it('come one after the other, with what was decided before', async () => {
    const turns = new Turns<string>();
    const first = gate<string>();
    const heard: (string | null)[] = [];
    const decide = (answer: Promise<string> | string) => (before: string | null) => {
      heard.push(before);
      return Promise.resolve(answer);
    };
    const all = [
      turns.take('a', decide(first.passed)),
      turns.take('a', decide('two')),
      turns.take('a', decide('three')),
    ];
    expect(await turns.take('b', decide('other'))).toBe('other');
    expect(heard).toEqual([null, null]);
    first.open('one');
    expect(await Promise.all(all)).toEqual(['one', 'two', 'three']);
    expect(heard).toEqual([null, null, 'one', 'two']);
    expect(turns.size).toBe(0);
    await turns.take('a', decide('anew'));
    expect(heard.at(-1)).toBeNull();
  });

  it('fail together, and later ones begin anew', async () => {
    const turns = new Turns<string>();
    const first = gate<string>();
    let asked = 0;
    const all = Promise.allSettled([
      turns.take('a', () => first.passed),
      turns.take('a', () => Promise.resolve(`asked ${(asked += 1)}`)),
    ]);
    first.fail(new Error('away'));
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect([asked, turns.size]).toEqual([0, 0]);
    expect(await turns.take('a', () => Promise.resolve('there'))).toBe('there');
  });
});
