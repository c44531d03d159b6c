import { commitIdentity, identity, videoIdentity } from '../identity';
import type { Commit, Item, Person, Place } from '../item';
import type { Origin } from '../settings';

/**
 * What a source may tell, a sample of each kind, so that administrators see how it would look before anything
 * comes. Names and addresses belong to nobody.
 *
 * @param now milliseconds since the epoch
 * @returns at least one, the most usual first
 */
export function sampleItems(origin: Origin, now: number): readonly [Item, ...Item[]] {
  switch (origin.provider) {
    case 'github':
      return [
        push(now, GITHUB),
        release(now, GITHUB),
        request(now, GITHUB, 'pull_request.opened', 'opened'),
        request(now, GITHUB, 'pull_request.merged', 'merged'),
        issue(now),
        run(now, GITHUB, 'workflow_run.succeeded', 'succeeded'),
        run(now, GITHUB, 'workflow_run.failed', 'failed'),
        stars(now),
        ref(now, GITHUB),
      ];
    case 'gitlab':
      return [
        push(now, GITLAB),
        release(now, GITLAB),
        request(now, GITLAB, 'merge_request.opened', 'opened'),
        request(now, GITLAB, 'merge_request.merged', 'merged'),
        run(now, GITLAB, 'pipeline.succeeded', 'succeeded'),
        run(now, GITLAB, 'pipeline.failed', 'failed'),
        ref(now, GITLAB),
      ];
    case 'bitbucket':
      return [
        push(now, BITBUCKET),
        request(now, BITBUCKET, 'pull_request.created', 'opened'),
        request(now, BITBUCKET, 'pull_request.fulfilled', 'merged'),
        run(now, BITBUCKET, 'pipeline.succeeded', 'succeeded'),
        run(now, BITBUCKET, 'pipeline.failed', 'failed'),
        ref(now, BITBUCKET),
      ];
    case 'twitch':
      return [stream(now, 'online'), stream(now, 'offline')];
    case 'youtube':
      return [video(now)];
    case 'feed':
      return [entry(now, origin.address)];
    case 'zapier':
      return [origin.mapping === 'youtube' ? video(now) : post(now, origin.mapping)];
    case 'generic':
      return [post(now, 'plain')];
  }
}

const GITHUB = 'https://github.com/castle/keep';
const GITLAB = 'https://gitlab.com/castle/keep';
const BITBUCKET = 'https://bitbucket.org/castle/keep';

const place = (url: string): Place => ({ name: 'castle/keep', url });
const person = (name: string): Person => ({ name, url: null, avatarUrl: null });
const ADA = person('Ada');

const common = (now: number, event: string, url: string | null) => ({
  event,
  change: 'created' as const,
  author: ADA,
  url,
  at: now,
});

/** A page of a repository, by the path that GitHub gives it. */
function at(repository: string, path: string): string {
  switch (repository) {
    case GITLAB:
      return `${repository}/-/${path.replace('pull/', 'merge_requests/').replace('releases/tag', 'releases').replace('actions/runs', 'pipelines')}`;
    case BITBUCKET:
      return `${repository}/${path.replace('pull/', 'pull-requests/').replace('commit/', 'commits/').replace('actions/runs', 'pipelines/results')}`;
    default:
      return `${repository}/${path}`;
  }
}

function commit(now: number, repository: string, sha: string, title: string, by: string): Commit {
  return {
    identity: commitIdentity(sha),
    sha,
    title,
    author: person(by),
    url: at(repository, `commit/${sha}`),
    at: now,
  };
}

function push(now: number, repository: string): Item {
  const commits = [
    commit(now, repository, '4f2a9c17d0be', 'Lower the drawbridge at sunrise', 'Ada'),
    commit(now, repository, '9be04d5521aa', 'Oil the hinges of the gate', 'Bo'),
    commit(now, repository, 'c81d3370f64e', 'Fix the torches in the north tower', 'Bo'),
  ] as const;
  return {
    ...common(now, 'push', at(repository, 'compare/4f2a9c1...c81d337')),
    kind: 'push',
    identity: identity('push', 'sample', repository),
    place: place(repository),
    ref: { kind: 'branch', name: 'main' },
    head: commits[2].sha,
    forced: false,
    commits,
    more: 0,
    paths: { names: ['gate/bridge.ts', 'towers/north.ts'], whole: true },
    authors: ['Ada', 'Bo'],
  };
}

const ref = (now: number, repository: string): Item => ({
  ...common(now, 'branch.created', repository),
  kind: 'ref',
  identity: identity('ref', 'sample', repository),
  place: place(repository),
  ref: { kind: 'branch', name: 'feature/moat' },
  act: 'created',
});

const release = (now: number, repository: string): Item => ({
  ...common(now, 'release.published', at(repository, 'releases/tag/v1.4.0')),
  kind: 'release',
  identity: identity('release', 'sample', repository),
  place: place(repository),
  tag: 'v1.4.0',
  title: 'The moat update',
  text: "## What's new\n\n- There is a **moat** now\n- Bridges open at night\n- Towers no longer fall over",
  prerelease: false,
});

const request = (
  now: number,
  repository: string,
  event: string,
  act: 'opened' | 'merged',
): Item => ({
  ...common(now, event, at(repository, 'pull/27')),
  kind: 'merge-request',
  identity: identity('merge-request', 'sample', repository, act),
  place: place(repository),
  act,
  number: '27',
  title: 'Dig a moat around the keep',
  text: 'It is three blocks deep, and it has fish.',
  from: 'feature/moat',
  into: 'main',
});

const issue = (now: number): Item => ({
  ...common(now, 'issues.opened', at(GITHUB, 'issues/31')),
  kind: 'issue',
  identity: identity('issue', 'sample', GITHUB),
  place: place(GITHUB),
  act: 'opened',
  number: '31',
  title: 'The portcullis does not close at night',
  text: 'Since the last update it stays open, and creepers walk in.',
});

const run = (
  now: number,
  repository: string,
  event: string,
  outcome: 'succeeded' | 'failed',
): Item => ({
  ...common(now, event, at(repository, 'actions/runs/512')),
  kind: 'run',
  identity: identity('run', 'sample', repository, outcome),
  place: place(repository),
  title: 'Tests',
  number: '512',
  outcome,
  ref: { kind: 'branch', name: 'main' },
  head: 'c81d3370f64e',
});

const stars = (now: number): Item => ({
  ...common(now, 'star', GITHUB),
  kind: 'stars',
  identity: identity('stars', 'sample', GITHUB),
  place: place(GITHUB),
  count: 100,
});

const video = (now: number): Item => ({
  ...common(now, 'video', 'https://www.youtube.com/watch?v=castle00001'),
  kind: 'video',
  identity: videoIdentity('sample', 'castle00001'),
  place: null,
  author: { ...person('Castle builders'), url: 'https://www.youtube.com/@castlebuilders' },
  id: 'castle00001',
  title: 'How we built the keep in one night',
  imageUrl: null,
});

function entry(now: number, address: string): Item {
  const site = URL.canParse(address) ? new URL(address).hostname : 'castle.example';
  return {
    ...common(now, 'entry', `https://${site}/market-day`),
    kind: 'entry',
    identity: identity('entry', 'sample', site),
    place: { name: site, url: `https://${site}/` },
    title: 'Market day on Saturday',
    text: 'Bring what you have made. There will be stalls for everybody, and music in the evening.',
    imageUrl: null,
  };
}

const stream = (now: number, act: 'online' | 'offline'): Item => ({
  ...common(now, `stream.${act}`, 'https://www.twitch.tv/castle'),
  kind: 'stream',
  identity: identity('stream', 'sample', act),
  place: { name: 'Castle', url: 'https://www.twitch.tv/castle' },
  author: { ...person('Castle'), url: 'https://www.twitch.tv/castle' },
  act,
  title: act === 'online' ? 'Building the north tower' : '',
});

const post = (now: number, mapping: 'plain' | 'twitter'): Item => ({
  ...common(now, mapping === 'twitter' ? 'tweet' : 'post', 'https://castle.example/news/1'),
  kind: 'post',
  identity: identity('post', 'sample', mapping),
  place: null,
  title: mapping === 'twitter' ? '' : 'The castle opens its gates',
  text: 'Tonight at eight we open the gates. Everybody is welcome!',
  imageUrl: null,
  fields: mapping === 'twitter' ? [] : [{ name: 'Where', value: 'the great hall' }],
});
