import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { GuildConfiguration } from '../../config/guild/resolved';
import { ConfigurationUnavailable, GuildDirectory } from './directory';
import { exampleConfiguration } from '../../../test/e2e/bot-stage/example-configuration';

describe('the directory of guilds', () => {
  let readings: number;
  let read: () => Promise<GuildConfiguration | null>;
  let directory: GuildDirectory;
  const configuration = exampleConfiguration();

  beforeEach(() => {
    jest.useFakeTimers();
    readings = 0;
    read = () => Promise.resolve(configuration);
    directory = new GuildDirectory(
      {
        get: () => {
          readings += 1;
          return read();
        },
      },
      Date.now,
    );
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('reads a configuration once for many at the same time, and for a while after', async () => {
    await Promise.all([directory.get('1'), directory.get('1')]);
    await directory.get('1');
    expect(readings).toBe(1);
  });

  it('reads ahead of time while it is asked, and lets nobody wait for that', async () => {
    await directory.get('1');
    read = () => new Promise<null>(() => undefined);
    await jest.advanceTimersByTimeAsync(5_000);
    await Promise.all([directory.get('1'), directory.get('1')]);
    expect(readings).toBe(1);
    await jest.advanceTimersByTimeAsync(100);
    expect(readings).toBe(2);
    await expect(directory.get('1')).resolves.toBe(configuration);
  });

  it('reads again when the configuration is some seconds old', async () => {
    await directory.get('1');
    read = () => Promise.resolve(null);
    await jest.advanceTimersByTimeAsync(10_000);
    await expect(directory.get('1')).resolves.toBeNull();
  });

  it('sees almost at once that a guild has been set up', async () => {
    read = () => Promise.resolve(null);
    await expect(directory.get('1')).resolves.toBeNull();
    read = () => Promise.resolve(configuration);
    await jest.advanceTimersByTimeAsync(1_000);
    await expect(directory.get('1')).resolves.toBe(configuration);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('away'))],
    ['does not answer', () => new Promise<null>(() => undefined)],
  ])('gives the last known one when the source %s', async (_, failing) => {
    await directory.get('1');
    read = failing;
    await jest.advanceTimersByTimeAsync(60_000);
    const again = directory.get('1');
    await jest.advanceTimersByTimeAsync(300);
    await expect(again).resolves.toBe(configuration);
  });

  it('says so, in time, when it never knew one', async () => {
    read = () => new Promise<null>(() => undefined);
    const refusal = directory.get('1').catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(1_500);
    await expect(refusal).resolves.toBeInstanceOf(ConfigurationUnavailable);
  });
});
