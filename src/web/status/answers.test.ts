import { describe, expect, it } from '@jest/globals';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { DatabaseUnavailable } from '../../db/connection';
import { NotThere, StatusAnswers } from './answers';
import {
  SAMPLE_NOW,
  sampleEvening,
  sampleGuild,
  SampleSource,
  sampleServer,
} from './sample-figures';

const reader = { language: 'en', lang: null } as const;

function answersOf(
  source: SampleSource,
  elapsed?: () => number,
): { answers: StatusAnswers; errors: unknown[] } {
  const errors: unknown[] = [];
  const answers = new StatusAnswers({
    source,
    publicUrl: 'https://castellan.example.org',
    onError: (error) => errors.push(error),
    now: () => SAMPLE_NOW,
    ...(elapsed !== undefined && { elapsed }),
  });
  return { answers, errors };
}

describe('the answers of the public pages', () => {
  it('cost one reading, however many visitors come at once', async () => {
    const source = new SampleSource(sampleEvening());
    const { answers } = answersOf(source);
    const all = await Promise.all(
      Array.from({ length: 1_000 }, () => answers.overview('kestrel-keep', reader)),
    );
    expect(source.reads).toBe(1);
    expect(new Set(all).size).toBe(1);
  });

  it('read the figures anew only when something was seen, and at the latest after 15 seconds', async () => {
    const source = new SampleSource(sampleEvening());
    let elapsed = 0;
    const { answers } = answersOf(source, () => elapsed);
    const readsAfter = async (seconds: number) => {
      elapsed += seconds * 1_000;
      await answers.data('kestrel-keep');
      return source.reads;
    };
    expect(await readsAfter(0)).toBe(1);
    expect(await readsAfter(12)).toBe(1);
    source.mark = 'something new';
    expect(await readsAfter(12)).toBe(2);
    expect(await readsAfter(13)).toBe(2);
    expect(await readsAfter(13)).toBe(3);
  });

  it('are the same in every encoding', async () => {
    const { answers } = answersOf(new SampleSource(sampleEvening()));
    const { plain, gzip, brotli } = await answers.overview('kestrel-keep', reader);
    expect(gunzipSync(gzip ?? '')).toEqual(plain);
    expect(brotliDecompressSync(brotli ?? '')).toEqual(plain);
  });

  it('say that there is no such page or server', async () => {
    const { answers } = answersOf(new SampleSource());
    await expect(answers.overview('nowhere', reader)).rejects.toThrow(NotThere);
    await expect(answers.server('kestrel-keep', 'nothing', '24h', reader)).rejects.toThrow(
      NotThere,
    );
    await expect(answers.server('kestrel-keep', 'survival', '24h', reader)).resolves.toBeDefined();
  });

  it('fail while nothing can be read and nothing was', async () => {
    const source = new SampleSource();
    source.failure = new DatabaseUnavailable(new Error('away'));
    await expect(answersOf(source).answers.overview('kestrel-keep', reader)).rejects.toThrow(
      DatabaseUnavailable,
    );
  });

  it('hide what is dangerous in names that servers give themselves', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const source = new SampleSource(
      sampleGuild({ servers: [sampleServer({ name, motd: name, version: '"><script>' })] }),
    );
    const { answers } = answersOf(source);
    const made = await Promise.all([
      answers.overview('kestrel-keep', reader),
      answers.server('kestrel-keep', 'survival', '24h', reader),
      answers.badge('kestrel-keep', 'survival', { kind: 'state', window: '90d' }, reader),
    ]);
    for (const { plain } of made) {
      expect(plain.toString()).not.toMatch(/<img src=x|"><script/);
      expect(plain.toString()).toContain('&lt;img src=x onerror=alert(1)&gt;');
    }
  });
});
