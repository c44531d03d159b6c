import { describe, expect, it } from '@jest/globals';
import type { ServerFact, SpanKind } from '../../domain/watching/server-state';
import { continueSpans } from './span-timeline';

const span = (kind: SpanKind, since: number): ServerFact => ({ type: 'span', kind, since });
const PRESENT = { kind: 'up', from: 100 } as const;

describe('spans', () => {
  it('go on when nothing followed', () => {
    expect(continueSpans(PRESENT, [])).toEqual([{ kind: 'up', from: 100, to: null }]);
  });

  it('end where the next one begins', () => {
    expect(continueSpans(PRESENT, [span('down', 150), span('up', 180)])).toEqual([
      { kind: 'up', from: 100, to: 150 },
      { kind: 'down', from: 150, to: 180 },
      { kind: 'up', from: 180, to: null },
    ]);
  });

  it('have a length', () => {
    expect(continueSpans(PRESENT, [span('down', 100)])).toEqual([
      { kind: 'down', from: 100, to: null },
    ]);
    expect(continueSpans(PRESENT, [span('down', 150), span('unknown', 150)])).toEqual([
      { kind: 'up', from: 100, to: 150 },
      { kind: 'unknown', from: 150, to: null },
    ]);
  });

  it('differ from their neighbours', () => {
    expect(continueSpans(PRESENT, [span('up', 150)])).toEqual([
      { kind: 'up', from: 100, to: null },
    ]);
    expect(continueSpans(PRESENT, [span('down', 150), span('up', 150)])).toEqual([
      { kind: 'up', from: 100, to: null },
    ]);
  });

  it('never reach back', () => {
    expect(continueSpans(PRESENT, [span('down', 150), span('up', 90)])).toEqual([
      { kind: 'up', from: 100, to: null },
    ]);
    expect(continueSpans(PRESENT, [span('down', 50)])).toEqual([
      { kind: 'down', from: 100, to: null },
    ]);
  });
});
