import type { z } from 'zod';
import { line, lines, MOST } from '../../../domain/announcements/bounds';
import {
  announced,
  delivered,
  ignored,
  type Delivery,
} from '../../../domain/announcements/delivery';
import { identity } from '../../../domain/announcements/identity';
import type { Item, MergeRequest, Push, RefChange, Run } from '../../../domain/announcements/item';
import { commitsOf } from '../commits';
import { time, url } from '../read';
import { leftOutOf, toldBy } from './left-out';
import {
  placeOf,
  scopeOf,
  userOf,
  type pullRequestPayload,
  type pushPayload,
  type statusPayload,
} from './payload';

type Told<Schema extends z.ZodType> = z.output<Schema>;
type Pushed = Told<typeof pushPayload>;

/** One push may change several branches and tags: each is an item. */
export function push(told: Pushed): Delivery {
  const changes = told.push.changes.slice(0, MOST.items).flatMap((change) => {
    const item = changed(told, change);
    return item === null ? [] : [{ change, item }];
  });
  const leftOut = changes.flatMap(({ change, item }) =>
    change.truncated === true && item.kind === 'push'
      ? (leftOutOf(told, change, item.identity) ?? [])
      : [],
  );
  return delivered(
    changes.map(({ item }) => item),
    'The push changed no branch and no tag.',
    leftOut,
  );
}

function changed(told: Pushed, change: Pushed['push']['changes'][number]): Item | null {
  const after = change.new;
  const end = after ?? change.old;
  if (end === null) return null;
  const kind = end.type === 'tag' ? 'tag' : 'branch';
  const head = end.target?.hash ?? '';
  const common = {
    change: 'created',
    place: placeOf(told.repository),
    author: userOf(told.actor),
    url: url(change.links?.html?.href),
    at: time(end.target?.date),
    ref: { kind, name: line(end.name) },
  } as const;
  const scope = ['bitbucket', scopeOf(told.repository), kind, end.name];
  const appeared = change.old === null && (kind === 'tag' || change.commits.length === 0);
  if (after === null || appeared) {
    const act = after === null ? 'deleted' : 'created';
    const item: RefChange = {
      ...common,
      kind: 'ref',
      event: `${kind}.${act}`,
      identity: identity('ref', ...scope, act, head),
      act,
    };
    return item;
  }
  // Bitbucket tells the newest first, and five at most.
  const commits = change.commits.toReversed().map(toldBy);
  const item: Push = {
    ...common,
    ...commitsOf(commits, change.truncated === true ? 'unknown' : 0),
    kind: 'push',
    event: 'push',
    identity: identity('push', ...scope, head.toLowerCase()),
    head: line(head, 64),
    forced: change.forced === true,
    paths: null,
  };
  return item;
}

const ACTS = {
  'pullrequest:created': { act: 'opened', change: 'created' },
  'pullrequest:updated': { act: 'opened', change: 'edited' },
  'pullrequest:fulfilled': { act: 'merged', change: 'created' },
  'pullrequest:rejected': { act: 'closed', change: 'created' },
} as const;

export const pullRequest =
  (key: keyof typeof ACTS) =>
  ({ repository, actor, pullrequest: request }: Told<typeof pullRequestPayload>): Delivery => {
    const { act, change } = ACTS[key];
    const from = request.source?.branch?.name ?? null;
    const into = request.destination?.branch?.name ?? null;
    const item: MergeRequest = {
      kind: 'merge-request',
      event: key.replace('pullrequest:', 'pull_request.'),
      change,
      identity: identity('merge-request', 'bitbucket', scopeOf(repository), request.id, act),
      place: placeOf(repository),
      author: userOf(act === 'opened' ? (request.author ?? actor) : (actor ?? request.author)),
      url: url(request.links?.html?.href),
      at: time(act === 'opened' ? request.created_on : request.updated_on),
      act,
      number: line(request.id, 20),
      title: line(request.title),
      text: lines(request.description ?? ''),
      from: from === null ? null : line(from),
      into: into === null ? null : line(into),
    };
    return announced(item);
  };

const OUTCOMES: ReadonlyMap<string, Run['outcome']> = new Map([
  ['SUCCESSFUL', 'succeeded'],
  ['FAILED', 'failed'],
  ['STOPPED', 'cancelled'],
]);

/** A pipeline tells how it goes by the status of its commit. */
export function commitStatus(told: Told<typeof statusPayload>): Delivery {
  const { repository, commit_status: status } = told;
  const outcome = OUTCOMES.get(status.state);
  if (outcome === undefined) {
    return ignored('The pipeline is not over. Only how it ends is announced.');
  }
  const { refname } = status;
  const head = status.commit?.hash ?? null;
  const item: Run = {
    kind: 'run',
    event: `pipeline.${outcome}`,
    change: 'created',
    identity: identity(
      'run',
      ...['bitbucket', scopeOf(repository), status.key, head ?? '', status.updated_on ?? ''],
    ),
    place: placeOf(repository),
    author: userOf(told.actor),
    url: url(status.url),
    at: time(status.updated_on),
    title: line(status.name ?? status.key),
    number: null,
    outcome,
    ref: refname === null ? null : { kind: 'branch', name: line(refname) },
    head: head === null ? null : line(head, 64),
  };
  return announced(item);
}
