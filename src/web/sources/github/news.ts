import type { z } from 'zod';
import { line, lines } from '../../../domain/announcements/bounds';
import { announced, ignored, type Delivery } from '../../../domain/announcements/delivery';
import { identity } from '../../../domain/announcements/identity';
import type {
  Change,
  Push,
  RefChange,
  Release,
  Run,
  Stars,
} from '../../../domain/announcements/item';
import { isMilestone } from '../../../domain/announcements/milestones';
import { commitsOf, filesOf, isNoCommit, pathsOf, refOf, toldBy } from '../commits';
import { MOST_ENTRIES, time, url } from '../read';
import { leftOutOf } from './left-out';
import {
  authorOf,
  placeOf,
  userOf,
  type pushPayload,
  type releasePayload,
  type runPayload,
  type starPayload,
} from './payload';

type Told<Schema extends z.ZodType> = z.output<Schema>;

export function push(told: Told<typeof pushPayload>): Delivery {
  const ref = refOf(told.ref);
  if (ref === null) return ignored('The push concerns neither a branch nor a tag.');
  const { repository, after, commits } = told;
  const common = {
    place: placeOf(repository),
    author: userOf(told.sender),
    url: url(told.compare),
    at: time(commits.at(-1)?.timestamp),
    ref,
  };
  const scope = ['github', repository.id, ref.kind, ref.name];
  const gone = told.deleted === true || isNoCommit(after);
  if (gone || (told.created === true && (commits.length === 0 || ref.kind === 'tag'))) {
    const act = gone ? 'deleted' : 'created';
    const item: RefChange = {
      ...common,
      kind: 'ref',
      event: `${ref.kind}.${act}`,
      change: 'created',
      identity: identity('ref', ...scope, act, after),
      act,
    };
    return announced(item);
  }
  const isCut = commits.length >= MOST_ENTRIES;
  const shown = commitsOf(
    commits.map((commit) => toldBy(authorOf(commit.author), commit)),
    isCut ? 'unknown' : 0,
  );
  const item: Push = {
    ...common,
    ...shown,
    kind: 'push',
    event: 'push',
    change: 'created',
    identity: identity('push', ...scope, after.toLowerCase()),
    head: line(after, 64),
    forced: told.forced === true,
    paths: pathsOf(filesOf(commits), !isCut),
  };
  return announced(item, isCut ? leftOutOf(told, item.identity) : null);
}

/** GitHub tells a new release up to three times; only one of them need come. */
const RELEASES: Readonly<Record<string, Change>> = {
  published: 'created',
  created: 'present',
  released: 'present',
  prereleased: 'present',
  edited: 'edited',
  deleted: 'deleted',
  unpublished: 'deleted',
};

export function release(told: Told<typeof releasePayload>): Delivery {
  const { release: content, repository, action } = told;
  const change = Object.hasOwn(RELEASES, action ?? '') ? RELEASES[action ?? ''] : undefined;
  if (change === undefined) {
    return ignored(`That a release was ${line(action ?? 'changed', 60)} is not announced.`);
  }
  if (content.draft === true && change !== 'deleted') {
    return ignored('The release is a draft. It is announced when it is published.');
  }
  const title = line(content.name ?? '');
  const tag = line(content.tag_name);
  const item: Release = {
    kind: 'release',
    event: `release.${action ?? ''}`,
    change,
    identity: identity('release', 'github', repository.id, content.id),
    place: placeOf(repository),
    author: userOf(content.author ?? told.sender),
    url: url(content.html_url),
    at: time(content.published_at),
    tag,
    title: title === '' ? tag : title,
    text: lines(content.body ?? ''),
    prerelease: content.prerelease === true,
  };
  return announced(item);
}

const OUTCOMES: Readonly<Record<string, Run['outcome']>> = {
  success: 'succeeded',
  failure: 'failed',
  timed_out: 'failed',
  startup_failure: 'failed',
  cancelled: 'cancelled',
};

export function workflowRun(told: Told<typeof runPayload>): Delivery {
  const { workflow_run: run, repository, action } = told;
  if (action !== 'completed') return ignored('The run is not over. Only how it ends is announced.');
  const branch = run.head_branch;
  const conclusion = run.conclusion ?? '';
  const outcome = Object.hasOwn(OUTCOMES, conclusion) ? OUTCOMES[conclusion] : undefined;
  const item: Run = {
    kind: 'run',
    event: `workflow_run.${outcome ?? 'other'}`,
    change: 'created',
    identity: identity('run', 'github', repository.id, run.id, String(run.run_attempt ?? 1)),
    place: placeOf(repository),
    author: userOf(run.actor ?? told.sender),
    url: url(run.html_url),
    at: time(run.updated_at),
    title: line(run.name ?? ''),
    number: run.run_number === null ? null : line(run.run_number, 20),
    outcome: outcome ?? 'other',
    ref: branch === null ? null : { kind: 'branch', name: line(branch) },
    head: run.head_sha === null ? null : line(run.head_sha, 64),
  };
  return announced(item);
}

export function star(told: Told<typeof starPayload>): Delivery {
  const { repository } = told;
  const count = repository.stargazers_count;
  if (told.action !== 'created') return ignored('That a star was taken away is not announced.');
  if (count === null) return ignored('The delivery does not say how many stars there are.');
  if (!isMilestone(count)) return ignored(`${count} stars are no milestone.`);
  const place = placeOf(repository);
  const item: Stars = {
    kind: 'stars',
    event: 'star',
    change: 'created',
    identity: identity('stars', 'github', repository.id, String(count)),
    place,
    author: userOf(told.sender),
    url: place.url,
    at: time(told.starred_at),
    count,
  };
  return announced(item);
}
