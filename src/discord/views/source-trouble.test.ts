import { describe, expect, it } from '@jest/globals';
import { TROUBLES } from '../../domain/announcements/subscription/subscription';
import { SAMPLE_ORIGINS } from '../../web/webhooks/sample-webhooks';
import { sourceTroubleMessage, type SourceTrouble } from './source-trouble';

const SINCE = Date.UTC(2026, 10, 23);
const words = (more: Partial<SourceTrouble>): string =>
  sourceTroubleMessage({
    sourceId: 'castle-code',
    origin: { provider: 'github' },
    trouble: 'silent',
    since: SINCE,
    reason: null,
    over: false,
    ...more,
  }).content ?? '';

describe('what administrators are told of a source', () => {
  it('names the source, fits into a message and pings nobody, whatever is wrong with it', () => {
    for (const origin of Object.values(SAMPLE_ORIGINS)) {
      for (const trouble of TROUBLES) {
        for (const over of [false, true]) {
          const message = sourceTroubleMessage({
            ...{ sourceId: 'castle-code', origin, trouble, since: SINCE, over },
            reason: '@everyone **no** '.repeat(200),
          });
          expect(message.content).toContain('castle');
          expect(message.content?.length).toBeLessThan(1_500);
          expect(message.content).not.toMatch(/undefined|\*\*no\*\*/);
          expect(message.allowed_mentions).toEqual({ parse: [] });
        }
      }
    }
  });

  it('says what to do', () => {
    expect(words({})).toContain('`/announce list` shows the address');
    expect(words({ trouble: 'mis-signed' })).toContain('`/announce rotate`');
    expect(words({ trouble: 'hub', origin: SAMPLE_ORIGINS.youtube })).toContain(
      'You need not do anything',
    );
    expect(words({ trouble: 'feed', origin: SAMPLE_ORIGINS.feed })).toContain('another one');
    expect(words({ over: true })).toMatch(/^✅ .*came again\.$/);
  });

  it('gives a service’s own words as such', () => {
    expect(words({ trouble: 'revoked', reason: 'authorization_revoked' })).toContain(
      '\n> authorization',
    );
  });
});
