import type { MirrorSettings } from '../../src/domain/mirrors/settings';

/** A mirror of everything that people write, by webhook. */
export const mirrorSettings = (
  wanted: Pick<MirrorSettings, 'fromChannelId' | 'to'> & Partial<MirrorSettings>,
): MirrorSettings => ({
  id: 'copies',
  style: 'webhook',
  filter: { authors: [], bots: false, contains: [], lacks: [] },
  reactions: false,
  threads: false,
  editWindowMs: 60_000,
  ...wanted,
});
