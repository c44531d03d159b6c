import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { GuildConfiguration } from '../../config/guild/resolved';
import { ConfigurationUnavailable, GuildDirectory } from './directory';
import { exampleConfiguration } from '../../../test/e2e/bot-stage/example-configuration';

/** What is in Postgres: can be changed, and be away in two ways. */
class Source {
  readings = 0;
  answers: 'at once' | 'never' | 'with an error' = 'at once';
  #now = 0;
  readonly #stored = new Map<string, { configuration: GuildConfiguration; at: number }>();

  store(guildId: string, configuration: GuildConfiguration): void {
    this.#stored.set(guildId, { configuration, at: this.#now });
  }

  get(guildId: string): Promise<GuildConfiguration | null> {
    this.readings += 1;
    return this.#answer(() => this.#stored.get(guildId)?.configuration ?? null);
  }

  changes(since: string | null): Promise<{ guildIds: string[]; until: string }> {
    return this.#answer(() => {
      const from = since === null ? Infinity : Number(since);
      const changed = [...this.#stored].filter(([, { at }]) => at >= from);
      this.#now += 1;
      return { guildIds: changed.map(([id]) => id), until: String(this.#now) };
    });
  }

  #answer<Result>(result: () => Result): Promise<Result> {
    if (this.answers === 'never') return new Promise<never>(() => undefined);
    if (this.answers === 'with an error') return Promise.reject(new Error('away'));
    return Promise.resolve(result());
  }
}

describe('the directory of guilds', () => {
  const old = exampleConfiguration();
  const changed: GuildConfiguration = { ...old, guildName: 'Another name' };
  let source: Source;
  let directory: GuildDirectory;
  let following: AbortController;

  beforeEach(() => {
    jest.useFakeTimers();
    source = new Source();
    source.store('1', old);
    source.store('2', old);
    directory = new GuildDirectory(source);
    following = new AbortController();
    directory.follow(following.signal);
  });

  afterEach(() => {
    following.abort();
    jest.useRealTimers();
  });

  it('reads a configuration once, for many at the same time and for all later ones', async () => {
    await Promise.all([directory.get('1'), directory.get('1')]);
    await jest.advanceTimersByTimeAsync(60_000);
    await expect(directory.get('1')).resolves.toBe(old);
    expect(source.readings).toBe(1);
  });

  it('knows within seconds what was changed, and nobody waits for that', async () => {
    await Promise.all([directory.get('1'), directory.get('2')]);
    await jest.advanceTimersByTimeAsync(20_000);
    source.store('1', changed);
    await jest.advanceTimersByTimeAsync(5_000);
    source.answers = 'never';
    await expect(directory.get('1')).resolves.toBe(changed);
    await expect(directory.get('2')).resolves.toBe(old);
    expect(source.readings).toBe(3);
  });

  it('does not read what was changed and nobody asked for', async () => {
    await jest.advanceTimersByTimeAsync(5_000);
    source.store('1', changed);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(source.readings).toBe(0);
  });

  it('sees at once that a guild has been set up', async () => {
    await expect(directory.get('3')).resolves.toBeNull();
    source.store('3', old);
    await expect(directory.get('3')).resolves.toBe(old);
  });

  it.each(['never', 'with an error'] as const)(
    'gives the last known one while the source answers %s',
    async (away) => {
      await directory.get('1');
      await expect(directory.get('3')).resolves.toBeNull();
      source.answers = away;
      await jest.advanceTimersByTimeAsync(60_000);
      await expect(directory.get('1')).resolves.toBe(old);
      const none = directory.get('3');
      await jest.advanceTimersByTimeAsync(300);
      await expect(none).resolves.toBeNull();
    },
  );

  it('learns after an outage what was changed just before and during it', async () => {
    await Promise.all([directory.get('1'), directory.get('2')]);
    await jest.advanceTimersByTimeAsync(5_000);
    source.store('1', changed);
    source.answers = 'with an error';
    await jest.advanceTimersByTimeAsync(60_000);
    source.store('2', changed);
    source.answers = 'at once';
    await jest.advanceTimersByTimeAsync(5_000);
    await expect(directory.get('1')).resolves.toBe(changed);
    await expect(directory.get('2')).resolves.toBe(changed);
  });

  it('reads later what was changed and could not be read', async () => {
    await directory.get('1');
    await jest.advanceTimersByTimeAsync(5_000);
    source.store('1', changed);
    const reading = jest.spyOn(source, 'get').mockRejectedValueOnce(new Error('away'));
    await jest.advanceTimersByTimeAsync(5_000);
    await expect(directory.get('1')).resolves.toBe(old);
    reading.mockRestore();
    await jest.advanceTimersByTimeAsync(10_000);
    await expect(directory.get('1')).resolves.toBe(changed);
  });

  it('asks no more when it is told to stop', async () => {
    await directory.get('1');
    following.abort();
    source.store('1', changed);
    await jest.advanceTimersByTimeAsync(60_000);
    await expect(directory.get('1')).resolves.toBe(old);
  });

  it('says so, in time, when it never knew one', async () => {
    source.answers = 'never';
    const refusal = directory.get('1').catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(1_500);
    await expect(refusal).resolves.toBeInstanceOf(ConfigurationUnavailable);
  });
});
