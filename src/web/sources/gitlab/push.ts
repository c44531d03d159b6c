import type { z } from 'zod';
import { line } from '../../../domain/announcements/bounds';
import { announced, ignored, type Delivery } from '../../../domain/announcements/delivery';
import { identity } from '../../../domain/announcements/identity';
import type { Push, Ref, RefChange } from '../../../domain/announcements/item';
import { commitsOf, filesOf, isNoCommit, pathsOf, refOf, toldBy } from '../commits';
import { addressPart, person, time, url } from '../read';
import { leftOutOf } from './left-out';
import { placeOf, type pushPayload } from './payload';

type Pushed = z.output<typeof pushPayload>;

/** Of a branch or a tag. GitLab tells the newest 20 commits, the oldest of them first, and their number. */
export function push(told: Pushed): Delivery {
  const ref = refOf(told.ref);
  if (ref === null) return ignored('The push concerns neither a branch nor a tag.');
  const { project, after, before, commits } = told;
  const common = commonOf(told, ref);
  const scope = ['gitlab', project.id, ref.kind, ref.name];
  const gone = isNoCommit(after);
  const isNew = before !== null && isNoCommit(before);
  if (gone || (isNew && (commits.length === 0 || ref.kind === 'tag'))) {
    const act = gone ? 'deleted' : 'created';
    const item: RefChange = {
      ...common,
      kind: 'ref',
      event: `${ref.kind}.${act}`,
      identity: identity('ref', ...scope, act, gone ? (before ?? '') : after),
      act,
    };
    return announced(item);
  }
  const leftOut = Math.max(0, (told.total_commits_count ?? 0) - commits.length);
  const item: Push = {
    ...common,
    ...commitsOf(
      commits.map((commit) => toldBy(person(commit.author?.name), commit)),
      leftOut,
    ),
    kind: 'push',
    event: 'push',
    identity: identity('push', ...scope, after.toLowerCase()),
    head: line(after, 64),
    forced: false,
    paths: pathsOf(filesOf(commits), leftOut === 0),
  };
  return announced(item, leftOut === 0 ? null : leftOutOf(told, item.identity));
}

function commonOf({ project, before, after, commits, ...told }: Pushed, ref: Ref) {
  const place = placeOf(project);
  const comparable =
    place.url !== null && before !== null && !isNoCommit(before) && !isNoCommit(after);
  return {
    change: 'created',
    place,
    author: person(told.user_name, { avatarUrl: told.user_avatar }),
    url: comparable
      ? url(`${place.url}/-/compare/${addressPart(before)}...${addressPart(after)}`)
      : place.url,
    at: time(commits.at(-1)?.timestamp),
    ref,
  } as const;
}
