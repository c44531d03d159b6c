import { describe, expect, it } from '@jest/globals';
import { mayRoute, routingOf } from './routing';
import { push, release } from './samples';
import type { Route } from './settings';

const route = (channelId: string, filter: Route['filter'] = {}): Route => ({
  ...{ channelId, channelKind: 'text', filter, template: {}, language: 'en', ping: null },
  ...{ thread: false, tagIds: [], publish: false, digestMs: 0, quietHours: null },
});

describe('the items of a delivery', () => {
  it('go to each channel once, by the first route that lets them through', () => {
    const first = route('1', { events: ['release'] });
    const second = { ...route('1'), digestMs: 60_000 };
    const other = route('2');
    const { routed, reason } = routingOf([first, second, other], [push(), release()], 5);
    expect(reason).toBeNull();
    expect(routed.map((one) => [one.item.kind, one.route, one.dueAt])).toEqual([
      ['push', second, 60_005],
      ['push', other, 5],
      ['release', first, 5],
      ['release', other, 5],
    ]);
  });

  it('are held back with a reason', () => {
    expect(routingOf([], [push()], 0).reason).toBe('The source has no route into a channel.');
    const held = route('1', { events: ['release'] });
    expect(routingOf([held], [push()], 0).reason).toBe('The event push is not among release.');
    const branch = route('2', { branches: ['stable'] });
    expect(routingOf([held, branch], [push()], 0).reason).toBe(
      'The event push is not among release. Other routes held it back as well.',
    );
  });
});

describe('a push of which not all commits are known', () => {
  it.each([
    [{}, true],
    [{ events: ['push'], branches: ['main'], authors: ['somebody else'] }, true],
    [{ contains: ['what no known commit says'] }, true],
    [{ events: ['release'] }, false],
    [{ branches: ['!main'] }, false],
    [{ lacks: [''] }, false],
  ])('may be let through by %j: %s', (filter, expected) => {
    const off = route('1', { events: ['release'] });
    expect(mayRoute([off, route('2', filter)], push({ more: 'unknown' }))).toBe(expected);
  });

  it('goes nowhere without a route', () => {
    expect(mayRoute([], push())).toBe(false);
  });
});
