import { describe, expect, it } from '@jest/globals';
import { BORN, fine, HUB, Life, source } from './keeper-life';
import { nextStep } from './step';
import { DAY, HOUR, MINUTE, newSubscription, type PollOutcome } from './subscription';

describe('a subscription at a hub', () => {
  it('is asked for at once, and renewed when four fifths of its lease have passed', () => {
    const life = new Life().until(BORN + 13 * DAY);
    expect(life.times('ask')).toEqual([0, 4 * DAY, 8 * DAY, 12 * DAY]);
    expect(life.state.hub).toMatchObject({ status: 'active', leaseUntil: BORN + 17 * DAY });
    expect(life.told).toEqual([]);
  });

  it('is asked for, and the feed looked at, as soon as the keeper is back after its lease', () => {
    const life = new Life({ leaseSeconds: 3_600 }).until(BORN + 10 * MINUTE);
    life.done.length = 0;
    life.until(BORN + DAY, { asleep: true });
    expect(life.times('ask')).toEqual([DAY]);
    expect(life.times('poll')).toEqual([DAY]);
    expect(life.state.hub).toMatchObject({ status: 'active', leaseUntil: BORN + DAY + HOUR });
    expect(life.told).toEqual([]);
  });

  it('is asked for with growing pauses where the hub is away, which is told after a day', () => {
    const life = new Life({ hub: 'is-away' }).until(BORN + 30 * HOUR);
    const minutes = life.times('ask').map((at) => at / MINUTE);
    expect(minutes).toEqual([0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 871, 1_231, 1_591]);
    expect(life.told).toEqual(['hub']);
    expect(life.times('tell hub')[0]).toBeGreaterThanOrEqual(DAY);
    life.world.hub = 'grants';
    life.until(BORN + 40 * HOUR);
    expect(life.told).toEqual(['hub', 'hub is over']);
  });

  it('is told at once, and once, where the hub refuses; the feed is looked at meanwhile', () => {
    const life = new Life({ hub: 'refuses' }).until(BORN + 10 * DAY);
    expect(life.told).toEqual(['hub']);
    expect(life.times('tell hub')).toEqual([0]);
    expect(life.times('ask').slice(0, 4)).toEqual([0, HOUR, 3 * HOUR, 7 * HOUR]);
    expect(life.times('ask').length).toBeLessThan(16);
    expect(life.times('poll')).toHaveLength(10 * 24 * 6 + 1);
  });

  it('that was active stays so until its lease ends, however often its renewal fails', () => {
    const life = new Life().until(BORN + DAY);
    life.world.hub = 'refuses';
    life.until(BORN + 5 * DAY - 1);
    expect(life.state.hub?.status).toBe('active');
    life.until(BORN + 5 * DAY);
    expect(life.state.hub?.status).not.toBe('active');
  });

  it('is asked for again where the hub took the request and never asked', () => {
    const life = new Life({ hub: 'forgets' }).until(BORN + HOUR);
    expect(life.times('ask').map((at) => at / MINUTE)).toEqual([0, 11, 23, 37, 55]);
  });

  it('is not confirmed, prolonged or ended by who was not asked', () => {
    const life = new Life().until(BORN + DAY);
    const before = life.state.hub;
    life.hear({ type: 'hub-asked', act: 'subscribe', leaseSeconds: 1 });
    life.hear({ type: 'hub-asked', act: 'subscribe', leaseSeconds: 1e9 });
    life.hear({ type: 'hub-asked', act: 'unsubscribe', leaseSeconds: null });
    expect(life.state.hub).toEqual(before);
    // That it was ended is asked about, at most once an hour.
    life.done.length = 0;
    for (let minute = 0; minute < 120; minute += 1) {
      life.hear({ type: 'revoked', reason: 'so be it' });
      life.until(life.now + MINUTE);
    }
    expect(life.times('ask').length).toBeLessThanOrEqual(3);
    expect(life.state.hub?.status).toBe('active');
  });

  it('has no lease that is longer than was asked for, or so short that it is a flood', () => {
    expect(new Life({ leaseSeconds: 1e9 }).until(BORN).state.hub?.leaseUntil).toBe(BORN + 10 * DAY);
    expect(new Life({ leaseSeconds: null }).until(BORN).state.hub?.leaseUntil).toBe(
      BORN + 10 * DAY,
    );
    const short = new Life({ leaseSeconds: 1 }).until(BORN + MINUTE);
    expect(short.times('ask').length).toBeLessThanOrEqual(7 + 60);
  });

  it('is asked for anew when the secret is another one', () => {
    const life = new Life().until(BORN + HOUR);
    life.world.source = source({ secretMadeAt: BORN + HOUR });
    life.hear({ type: 'changed' });
    life.until(BORN + HOUR);
    expect(life.times('ask')).toEqual([0, HOUR]);
    life.hear({ type: 'changed' });
    life.until(BORN + HOUR + MINUTE);
    expect(life.times('ask')).toEqual([0, HOUR]);
  });

  it('is ended at the hub when the source follows another feed, or is gone', () => {
    const life = new Life().until(BORN + HOUR);
    life.world.source = source({ hub: { id: 'other', sealed: 's' } });
    life.hear({ type: 'changed' });
    life.until(BORN + 2 * HOUR);
    expect(life.times('unsubscribe')).toEqual([HOUR]);
    expect(life.state.hub?.place.id).toBe('other');
    life.world.source = null;
    life.hear({ type: 'changed' });
    life.until(BORN + 3 * HOUR);
    expect(life.done.slice(-4).map(([step]) => step)).toEqual([
      'look',
      'unsubscribe',
      'erase',
      'end',
    ]);
  });

  it('is taken up where the feed names a hub, and left where it names none any more', () => {
    const life = new Life({ source: source({ hub: 'found' }), feed: { ...fine, hub: HUB } });
    life.until(BORN + 9 * MINUTE);
    expect(life.state.hub).toMatchObject({ status: 'active', place: HUB });
    life.world.feed = fine;
    life.until(BORN + 12 * MINUTE);
    expect(life.state.hub).toMatchObject({ status: 'active' });
    life.world.feed = { ...fine, hub: null };
    life.until(BORN + HOUR);
    expect(life.state.hub).toBeNull();
    // What that hub may still say is nobody's trouble.
    life.hear({ type: 'revoked', reason: 'no' });
    expect(life.until(BORN + 2 * HOUR).told).toEqual([]);
    expect(life.times('unsubscribe')).toHaveLength(1);
  });
});

describe('a feed', () => {
  it('is looked at more seldom while a hub sends', () => {
    const polls = new Life().until(BORN + 2 * HOUR).times('poll');
    expect(polls.map((at) => at / MINUTE)).toEqual([0, 30, 60, 90, 120]);
  });

  it('that cannot be read is tried with growing pauses, and told after a day', () => {
    const feed = { outcome: 'unreachable', reason: 'away', notBefore: null } as const;
    const life = new Life({ feed, source: source({ hub: null }) }).until(BORN + 2 * DAY);
    const minutes = life.times('poll').map((at) => at / MINUTE);
    expect(minutes.slice(0, 7)).toEqual([0, 10, 30, 70, 130, 190, 250]);
    expect(life.told).toEqual(['feed']);
    expect(life.times('tell feed')[0]).toBeGreaterThanOrEqual(DAY);
    life.world.feed = fine;
    life.until(BORN + 3 * DAY);
    expect(life.told).toEqual(['feed', 'feed is over']);
    expect(life.state.feed).toMatchObject({ failures: 0 });
  });

  it('waits as long as its server asks for, but not for years', () => {
    const later = (notBefore: number): PollOutcome => ({
      outcome: 'unreachable',
      reason: 'busy',
      notBefore,
    });
    const life = new Life({ feed: later(BORN + 3 * HOUR) }).until(BORN + 2 * HOUR);
    expect(life.times('poll')).toEqual([0]);
    const long = new Life({ feed: later(BORN + 1_000 * DAY) }).until(BORN + 2 * DAY);
    expect(long.times('poll')).toEqual([0, DAY, 2 * DAY]);
  });

  it('that is gone for good is told at once and looked at once a day', () => {
    const feed = { outcome: 'ended', reason: 'gone', notBefore: null } as const;
    const life = new Life({ feed }).until(BORN + 3 * DAY);
    expect(life.times('tell feed')).toEqual([0]);
    expect(life.times('poll')).toEqual([0, DAY, 2 * DAY, 3 * DAY]);
  });

  it('that is no feed is told the third time', () => {
    const feed = { outcome: 'malformed', reason: 'none', notBefore: null } as const;
    const life = new Life({ feed }).until(BORN + DAY);
    expect(life.times('tell feed')).toEqual([90 * MINUTE]);
  });
});

describe('a source', () => {
  const webhook = (silentAfterMs: number | null = null) =>
    source({ polled: null, hub: null, silentAfterMs });
  const refused = (life: Life, count: number, kind: 'mis-signed' | 'malformed' = 'mis-signed') => {
    life.hear({ type: 'refused', kind, count, at: life.now });
  };

  it('that is silent for too long is told once, and once that it is not', () => {
    const life = new Life({ source: webhook(3 * DAY) }).until(BORN + 10 * DAY);
    expect(life.times('tell silent')).toEqual([3 * DAY]);
    life.world.lastDeliveryAt = BORN + 10 * DAY;
    life.until(BORN + 12 * DAY);
    expect(life.told).toEqual(['silent', 'silent is over']);
    life.until(BORN + 14 * DAY);
    expect(life.told).toEqual(['silent', 'silent is over', 'silent']);
  });

  it('that delivers now and then is not silent', () => {
    const life = new Life({ source: webhook(3 * DAY) });
    for (let day = 1; day < 20; day += 2) {
      life.world.lastDeliveryAt = BORN + day * DAY;
      life.until(BORN + (day + 2) * DAY);
    }
    expect(life.told).toEqual([]);
  });

  it('without hub and feed costs a look and an erasing a day', () => {
    const life = new Life({ source: webhook() }).until(BORN + 30 * DAY);
    expect(life.done.length).toBeLessThanOrEqual(62);
  });

  it('at which many requests are refused is told, and that a day was quiet', () => {
    const life = new Life({ source: webhook() }).until(BORN);
    refused(life, 19);
    life.until(BORN + MINUTE);
    expect(life.told).toEqual([]);
    refused(life, 1);
    refused(life, 100);
    life.until(BORN + DAY);
    expect(life.told).toEqual(['mis-signed']);
    life.until(BORN + DAY + MINUTE);
    expect(life.told).toEqual(['mis-signed', 'mis-signed is over']);
  });

  it('at which a few are refused is told when it goes on for hours', () => {
    const life = new Life({ source: webhook() }).until(BORN);
    for (const hours of [0, 2, 4]) {
      life.until(BORN + hours * HOUR);
      refused(life, 1);
    }
    life.until(life.now);
    expect(life.told).toEqual(['mis-signed']);
    const seldom = new Life({ source: webhook() }).until(BORN);
    for (const days of [0, 2, 4, 6]) {
      seldom.until(BORN + days * DAY);
      refused(seldom, 1);
    }
    expect(seldom.told).toEqual([]);
  });

  it('that sends again and again what cannot be read is told', () => {
    const life = new Life({ source: webhook() }).until(BORN);
    for (let time = 0; time < 3; time += 1) refused(life, 1, 'malformed');
    expect(life.until(BORN).told).toEqual(['malformed']);
  });

  it('whose service ended it is told, until something is delivered', () => {
    const life = new Life({ source: webhook() }).until(BORN);
    life.hear({ type: 'revoked', reason: 'authorization_revoked' });
    life.until(BORN + HOUR);
    expect(life.told).toEqual(['revoked']);
    life.world.lastDeliveryAt = BORN + 2 * HOUR;
    life.until(BORN + 3 * HOUR);
    expect(life.told).toEqual(['revoked', 'revoked is over']);
  });

  it('is told when Discord is back, and not if it is over by then', () => {
    const life = new Life({ source: webhook(HOUR), discord: false }).until(BORN + 90 * MINUTE);
    expect(life.times('tell silent').map((at) => at / MINUTE)).toEqual([60, 75, 90]);
    life.world.lastDeliveryAt = life.now;
    life.until(BORN + 2 * HOUR);
    life.world.discord = true;
    life.done.length = 0;
    life.until(BORN + 145 * MINUTE);
    expect(life.told).toEqual([]);
  });

  it('of which an earlier keeper told is not told again', () => {
    const life = new Life({ source: webhook(HOUR) });
    life.now = BORN + 2 * HOUR;
    life.state = newSubscription(life.now);
    life.hear({ type: 'looking' });
    const look = { source: life.world.source, lastDeliveryAt: null, told: ['silent'] as const };
    life.hear({ type: 'looked', look });
    life.until(BORN + 3 * HOUR);
    expect(life.told).toEqual([]);
  });

  it('that is removed and defined anew is another one', () => {
    const life = new Life({ source: webhook(HOUR) }).until(BORN + 2 * HOUR);
    life.world.source = { ...webhook(HOUR), createdAt: life.now };
    life.hear({ type: 'changed' });
    life.until(BORN + 2 * HOUR + MINUTE);
    expect(life.state.troubles).toEqual([]);
  });

  it('that is gone ends its keeper, unless it is defined again before', () => {
    const life = new Life({ source: webhook() }).until(BORN);
    life.world.source = null;
    life.hear({ type: 'changed' });
    expect(nextStep(life.state, life.now)).toEqual({ step: 'look' });
    life.hear({ type: 'looking' });
    life.hear({ type: 'looked', look: { source: null, lastDeliveryAt: null, told: [] } });
    life.world.source = webhook();
    life.hear({ type: 'changed' });
    life.until(BORN + DAY);
    expect(life.times('end')).toEqual([]);
    expect(life.state.gone).toBe(false);
  });

  it('whose definition changes while it is looked at is looked at once more', () => {
    const life = new Life().until(BORN);
    life.hear({ type: 'looking' });
    life.hear({ type: 'changed' });
    life.hear({ type: 'looked', look: { source: source(), lastDeliveryAt: null, told: [] } });
    expect(nextStep(life.state, life.now)).toEqual({ step: 'look' });
  });
});
