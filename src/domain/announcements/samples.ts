import { commitIdentity, identity, videoIdentity } from './identity';
import type { Push, Release, Video } from './item';

/** Items for tests, with whatever a test wants else in them. */
export const push = (more: Partial<Push> = {}): Push => ({
  kind: 'push',
  identity: identity('push', 'castle/keep', 'main', 'a1'),
  change: 'created',
  event: 'push',
  place: { name: 'castle/keep', url: 'https://git.example/castle/keep' },
  author: { name: 'Ada', url: null, avatarUrl: null },
  url: null,
  at: 0,
  ref: { kind: 'branch', name: 'main' },
  head: 'a1',
  forced: false,
  commits: [
    {
      identity: commitIdentity('a1'),
      sha: 'a1',
      title: 'Lower the drawbridge',
      author: { name: 'Bo', url: null, avatarUrl: null },
      url: null,
      at: 0,
    },
  ],
  more: 0,
  paths: { names: ['gate/bridge.ts', 'README.md'], whole: true },
  authors: ['Bo'],
  ...more,
});

export const release = (more: Partial<Release> = {}): Release => ({
  kind: 'release',
  identity: identity('release', 'castle/keep', '1'),
  change: 'created',
  event: 'release.published',
  place: null,
  author: null,
  url: null,
  at: 0,
  tag: 'v1',
  title: 'First stone',
  text: 'It stands.',
  prerelease: false,
  ...more,
});

export const video = (more: Partial<Video> = {}): Video => ({
  kind: 'video',
  identity: videoIdentity('youtube', 'abc'),
  change: 'present',
  event: 'video',
  place: null,
  author: { name: 'Ada', url: null, avatarUrl: null },
  url: null,
  at: 0,
  id: 'abc',
  title: 'How we built the keep',
  imageUrl: null,
  ...more,
});
