import type { z } from 'zod';
import { line, lines } from '../../../domain/announcements/bounds';
import { announced, ignored, type Delivery } from '../../../domain/announcements/delivery';
import { identity } from '../../../domain/announcements/identity';
import type { Change, MergeRequest, Release, Run } from '../../../domain/announcements/item';
import { addressPart, person, time, url } from '../read';
import {
  placeOf,
  userOf,
  type mergeRequestPayload,
  type pipelinePayload,
  type releasePayload,
} from './payload';

type Told<Schema extends z.ZodType> = z.output<Schema>;

const RELEASES: ReadonlyMap<string, { change: Change; word: string }> = new Map([
  ['create', { change: 'created', word: 'published' }],
  ['update', { change: 'edited', word: 'edited' }],
  ['delete', { change: 'deleted', word: 'deleted' }],
]);

export function release(told: Told<typeof releasePayload>): Delivery {
  const known = RELEASES.get(told.action ?? '');
  if (known === undefined) return ignored('What happened to the release is not announced.');
  const title = line(told.name ?? '');
  const tag = line(told.tag);
  const item: Release = {
    kind: 'release',
    event: `release.${known.word}`,
    change: known.change,
    identity: identity('release', 'gitlab', told.project.id, told.id),
    place: placeOf(told.project),
    author: person(told.commit?.author?.name),
    url: url(told.url),
    at: time(told.released_at),
    tag,
    title: title === '' ? tag : title,
    text: lines(told.description ?? ''),
    prerelease: false,
  };
  return announced(item);
}

const ACTS: ReadonlyMap<string, MergeRequest['act']> = new Map([
  ['open', 'opened'],
  ['update', 'opened'],
  ['merge', 'merged'],
  ['close', 'closed'],
  ['reopen', 'reopened'],
]);

export function mergeRequest(told: Told<typeof mergeRequestPayload>): Delivery {
  const { object_attributes: request, project, changes } = told;
  const act = ACTS.get(request.action ?? '');
  if (act === undefined) {
    return ignored('What happened to the merge request is not announced.');
  }
  const edited = request.action === 'update';
  if (edited && changes?.title === undefined && changes?.description === undefined) {
    return ignored('Neither title nor description of the merge request changed.');
  }
  // Closed and opened again may happen more than once.
  const again = act === 'closed' || act === 'reopened' ? [request.updated_at ?? ''] : [];
  const item: MergeRequest = {
    kind: 'merge-request',
    event: `merge_request.${edited ? 'edited' : act}`,
    change: edited ? 'edited' : 'created',
    identity: identity('merge-request', 'gitlab', project.id, request.iid, act, ...again),
    place: placeOf(project),
    author: userOf(told.user),
    url: url(request.url),
    at: time(act === 'opened' ? request.created_at : request.updated_at),
    act,
    number: line(request.iid, 20),
    title: line(request.title),
    text: lines(request.description ?? ''),
    from: request.source_branch === null ? null : line(request.source_branch),
    into: request.target_branch === null ? null : line(request.target_branch),
  };
  return announced(item);
}

const OUTCOMES: ReadonlyMap<string, Run['outcome']> = new Map([
  ['success', 'succeeded'],
  ['failed', 'failed'],
  ['canceled', 'cancelled'],
  ['skipped', 'other'],
]);

export function pipeline(told: Told<typeof pipelinePayload>): Delivery {
  const { object_attributes: run, project } = told;
  const outcome = OUTCOMES.get(run.status);
  if (outcome === undefined) {
    return ignored('The pipeline is not over. Only how it ends is announced.');
  }
  const place = placeOf(project);
  const page = place.url === null ? null : `${place.url}/-/pipelines/${addressPart(run.id)}`;
  const item: Run = {
    kind: 'run',
    event: `pipeline.${outcome}`,
    change: 'created',
    // A pipeline that is tried again ends again.
    identity: identity('run', 'gitlab', project.id, run.id, outcome, run.finished_at ?? ''),
    place,
    author: userOf(told.user),
    url: url(run.url ?? page),
    at: time(run.finished_at),
    title: line(run.name ?? ''),
    number: line(run.iid ?? run.id, 20),
    outcome,
    ref:
      run.ref === null ? null : { kind: run.tag === true ? 'tag' : 'branch', name: line(run.ref) },
    head: run.sha === null ? null : line(run.sha, 64),
  };
  return announced(item);
}
