import { describe, expect, it } from '@jest/globals';
import { dayOfDelivery, deliveryKey, keysOf, packDelivery, unpackDelivery } from './deliveries';
import { checkKey } from './storage';

const kept = {
  headers: { 'content-type': 'application/xml' },
  query: { key: 'ä\n"' },
  news: ['video:youtube:1'],
};

describe('a delivery that is kept', () => {
  it('is the same when it is read, whatever its bytes are', () => {
    for (const body of [Buffer.alloc(0), Buffer.from('a\nb\n'), Buffer.from([0, 10, 255, 13])]) {
      expect(unpackDelivery(packDelivery({ ...kept, body }))).toEqual({ ...kept, body });
    }
  });

  it('is refused when it is none', () => {
    expect(() => unpackDelivery(Buffer.from('no line'))).toThrow();
    expect(() => unpackDelivery(Buffer.from('{"version":2}\n'))).toThrow();
  });

  it('lies in the folder of its day', () => {
    const at = Date.UTC(2026, 10, 23, 23, 59);
    const key = deliveryKey({ guildId: '1', sourceId: 'news' }, 'b-1', at);
    expect(() => {
      checkKey(key);
    }).not.toThrow();
    expect(dayOfDelivery(key)).toBe(Date.UTC(2026, 10, 23));
    expect(dayOfDelivery('cases/12/1.json')).toBeNull();
    const longest = deliveryKey({ guildId: '1', sourceId: 'news' }, 'b'.repeat(128), at);
    for (const kept of keysOf(longest)) {
      expect(() => {
        checkKey(kept);
      }).not.toThrow();
      expect(dayOfDelivery(kept)).toBe(Date.UTC(2026, 10, 23));
    }
  });
});
