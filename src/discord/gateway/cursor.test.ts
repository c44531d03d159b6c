import { describe, expect, it } from '@jest/globals';
import { array, assert, nat, property } from 'fast-check';
import { Cursor } from './cursor';

describe('the cursor', () => {
  it('stands before the oldest event that is not finished', () => {
    const cursor = new Cursor(4);
    const [five, six, seven] = [5, 6, 7].map((sequence) => cursor.begin(sequence));
    expect(cursor.handled).toBe(4);
    six?.();
    expect(cursor.handled).toBe(4);
    five?.();
    expect(cursor.handled).toBe(6);
    seven?.();
    expect(cursor.handled).toBe(7);
  });

  it('takes no event twice', () => {
    const cursor = new Cursor(0);
    cursor.begin(1);
    expect(cursor.begin(1)).toBeNull();
    expect(cursor.handled).toBe(0);
  });

  it('never passes an unfinished event, whatever the order in which they finish', () => {
    assert(
      property(array(nat(20), { maxLength: 40 }), (order) => {
        const cursor = new Cursor(0);
        const ends = Array.from({ length: 20 }, (_, index) => cursor.begin(index + 1));
        const finished = new Set<number>();
        for (const index of order) {
          ends[index]?.();
          finished.add(index + 1);
          const firstOpen = Array.from({ length: 20 }, (_, at) => at + 1).find(
            (sequence) => !finished.has(sequence),
          );
          expect(cursor.handled).toBe((firstOpen ?? 21) - 1);
        }
      }),
    );
  });
});
