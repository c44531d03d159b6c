import { describe, expect, it } from '@jest/globals';
import { blind, down, live, up } from '../../../test/contracts/server-life';
import type { Observation } from './observe';

const S = 1_000;
const MIN = 60 * S;

describe('maintenance', () => {
  const begin = (at: number): Observation => ({ type: 'maintenance-began', at });
  const end = (at: number): Observation => ({ type: 'maintenance-ended', at });
  const failing = (at: number) => [down(at), down(at + 4 * S), down(at + 8 * S)];

  it('counts as itself, and begins no outage', () => {
    const seen = live(
      up(0),
      begin(MIN),
      ...failing(2 * MIN),
      up(9 * MIN),
      end(10 * MIN),
      up(11 * MIN),
    );
    expect(seen.outages).toEqual([]);
    expect(seen.spans).toEqual([
      { kind: 'up', from: 0, to: MIN },
      { kind: 'maintenance', from: MIN, to: 10 * MIN },
      { kind: 'up', from: 10 * MIN, to: 11 * MIN },
    ]);
  });

  it('is shown whatever the checks say', () => {
    expect(live(up(0), begin(MIN), ...failing(2 * MIN)).status).toBe('maintenance');
  });

  it('is followed by an outage from its end on if the server is still down', () => {
    const seen = live(
      up(0),
      begin(MIN),
      ...failing(2 * MIN),
      end(10 * MIN),
      ...failing(10 * MIN + 20 * S),
    );
    expect(seen.outages).toEqual([
      {
        type: 'outage-began',
        since: 10 * MIN,
        confirmedAt: 10 * MIN + 28 * S,
        cause: 'timed-out',
      },
    ]);
    expect(seen.spans.at(-1)).toMatchObject({ kind: 'down', from: 10 * MIN });
  });

  it('is followed by no alarm if the server came back since its last check', () => {
    const seen = live(up(0), begin(MIN), ...failing(2 * MIN), end(10 * MIN), up(10 * MIN + 20 * S));
    expect(seen.outages).toEqual([]);
    expect(seen.state.changes).toEqual([]);
    expect(seen.spans.slice(-1)).toEqual([
      { kind: 'unknown', from: 10 * MIN, to: 10 * MIN + 20 * S },
    ]);
  });

  it('does not hide when an outage that was announced is over', () => {
    const seen = live(
      up(0),
      ...failing(MIN),
      begin(5 * MIN),
      up(7 * MIN),
      up(8 * MIN),
      end(10 * MIN),
    );
    expect(seen.outages.at(-1)).toEqual({
      type: 'outage-ended',
      since: MIN,
      until: 7 * MIN,
      unknownMs: 0,
    });
    expect(seen.spans.map(({ kind }) => kind)).toEqual(['up', 'down', 'maintenance']);
  });

  it('in the middle of an outage makes no second one', () => {
    const seen = live(
      up(0),
      ...failing(MIN),
      begin(5 * MIN),
      down(7 * MIN),
      end(10 * MIN),
      down(11 * MIN),
    );
    expect(seen.outages).toHaveLength(1);
    expect(seen.spans.at(-1)).toMatchObject({ kind: 'down', from: 10 * MIN });
  });

  it('does not make a server flap', () => {
    const restarts = Array.from({ length: 10 }, (_, turn) => [
      ...failing((2 + 2 * turn) * MIN),
      up((3 + 2 * turn) * MIN),
      up((3 + 2 * turn) * MIN + 30 * S),
    ]).flat();
    const { facts } = live(up(0), begin(MIN), ...restarts, end(30 * MIN), up(31 * MIN));
    expect(facts.map(({ type }) => type)).toEqual(['span', 'span', 'span']);
  });

  it('stays maintenance while we cannot see', () => {
    const seen = live(
      up(0),
      begin(MIN),
      blind(2 * MIN, 5 * MIN),
      end(5 * MIN),
      blind(5 * MIN, 9 * MIN),
    );
    expect(seen.spans).toEqual([
      { kind: 'up', from: 0, to: MIN },
      { kind: 'maintenance', from: MIN, to: 5 * MIN },
      { kind: 'unknown', from: 5 * MIN, to: 9 * MIN },
    ]);
  });
});
