import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { packet, Packets } from './packets';

/** A text without the zero byte that ends it. */
const text = fc.string({ unit: 'binary', maxLength: 300 }).map((any) => any.replaceAll('\0', ''));

describe('a stream of packets', () => {
  it('is cut into the same packets, however it comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer(), fc.integer(), text), { maxLength: 8 }),
        fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 20 }),
        (said, lengths) => {
          const bytes = Buffer.concat(said.map((one) => packet(...one)));
          const packets = new Packets();
          const heard: unknown[] = [];
          let at = 0;
          for (let turn = 0; at < bytes.length; turn += 1) {
            const length = (lengths[turn % lengths.length] ?? 0) + 1;
            for (const { id, type, body } of packets.in(bytes.subarray(at, at + length))) {
              heard.push([id, type, body.toString('utf8')]);
            }
            at += length;
          }
          const expected = said.map(([id, type, body]) => [id, type, Buffer.from(body).toString()]);
          expect(heard).toEqual(expected);
        },
      ),
    );
  });
});
