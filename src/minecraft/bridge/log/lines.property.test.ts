import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Lines } from './lines';
import { readServerLine } from './server-line';

const line = fc.string({ unit: 'binary', maxLength: 60 }).map((any) => any.replace(/[\r\n]/g, ''));
const STEVE = '069a79f4-44e9-4726-a5be-fca90e38aaf5';

describe("a log's bytes", () => {
  it('are cut into the same lines, however they come', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 10 }),
        fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 20 }),
        (written, lengths) => {
          const bytes = Buffer.from(written.map((one) => `${one}\n`).join(''));
          const lines = new Lines(0);
          const read: string[] = [];
          let at = 0;
          for (let turn = 0; at < bytes.length; turn += 1) {
            const length = (lengths[turn % lengths.length] ?? 0) + 1;
            // What is read into is read into again.
            const piece = Buffer.from(bytes.subarray(at, at + length));
            for (const one of lines.in(piece)) {
              expect(bytes.subarray(one.at).toString('utf8').startsWith(one.text)).toBe(true);
              read.push(one.text);
            }
            piece.fill(0x41);
            at += length;
          }
          expect(read).toEqual(written.map((one) => Buffer.from(one).toString('utf8')));
        },
      ),
    );
  });
});

describe('what somebody says', () => {
  it('never passes for a word of the server or of somebody else', () => {
    const like = fc.constantFrom(
      `[12:00:00] [User Authenticator #1/INFO]: UUID of player Alex is ${STEVE}`,
      '[12:00:00] [Server thread/INFO]: <Alex> 123456',
      '<Alex> 123456',
      '[Not Secure] <Alex> 123456',
      ']: ',
      '/INFO]',
      '> ',
    );
    const said = fc.array(fc.oneof(line, like), { maxLength: 6 }).map((parts) => parts.join(''));
    const forms = fc.constantFrom('<Steve> ', '[Not Secure] <Steve> ', '* Steve ', '[Steve] ');
    fc.assert(
      fc.property(forms, said, (form, words) => {
        const read = readServerLine(`[12:34:56] [Server thread/INFO]: ${form}${words}`);
        expect(read?.type).not.toBe('uuid');
        expect(['Steve', undefined]).toContain(read?.name);
      }),
    );
  });
});
