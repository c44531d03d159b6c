import type { z } from 'zod';
import { line, lines } from '../../../domain/announcements/bounds';
import { announced, ignored, type Delivery } from '../../../domain/announcements/delivery';
import { identity } from '../../../domain/announcements/identity';
import type { Issue, MergeRequest } from '../../../domain/announcements/item';
import { time, url } from '../read';
import { placeOf, userOf, type issuePayload, type pullRequestPayload } from './payload';

type Told<Schema extends z.ZodType> = z.output<Schema>;

/** Opened, merged, closed and reopened are news; an edit changes what was said when it was opened. */
export function pullRequest(told: Told<typeof pullRequestPayload>): Delivery {
  const { pull_request: request, action } = told;
  const act = action === 'closed' && request.merged === true ? 'merged' : actOf(action);
  if (act === null) return notNews('pull request', action);
  const common = commonOf(told, request, act);
  const item: MergeRequest = {
    ...common,
    kind: 'merge-request',
    event: `pull_request.${act === 'merged' ? act : (action ?? act)}`,
    identity: identity('merge-request', ...scope(told, request, act)),
    act,
    from: request.head?.ref == null ? null : line(request.head.ref),
    into: request.base?.ref == null ? null : line(request.base.ref),
  };
  return announced(item);
}

export function issue(told: Told<typeof issuePayload>): Delivery {
  const act = actOf(told.action);
  if (act === null) return notNews('issue', told.action);
  const item: Issue = {
    ...commonOf(told, told.issue, act),
    kind: 'issue',
    event: `issues.${told.action ?? act}`,
    identity: identity('issue', ...scope(told, told.issue, act)),
    act,
  };
  return announced(item);
}

type Subject = Told<typeof issuePayload>['issue'];
type Act = MergeRequest['act'];
type Context = Pick<Told<typeof issuePayload>, 'action' | 'repository' | 'sender'>;

function actOf(action: string | null): Exclude<Act, 'merged'> | null {
  switch (action) {
    case 'opened':
    case 'edited':
    case 'deleted':
      return 'opened';
    case 'closed':
    case 'reopened':
      return action;
    default:
      return null;
  }
}

const notNews = (what: string, action: string | null): Delivery =>
  ignored(`That a ${what} was ${line(action ?? 'changed', 60)} is not announced.`);

/** What can happen again is told apart by its time. */
function scope({ repository }: Context, subject: Subject, act: Act): readonly string[] {
  const again =
    act === 'closed' ? subject.closed_at : act === 'reopened' ? subject.updated_at : null;
  return ['github', repository.id, subject.number, act, ...(again === null ? [] : [again])];
}

function commonOf({ action, repository, sender }: Context, subject: Subject, act: Act) {
  const opened = act === 'opened';
  return {
    change: action === 'edited' || action === 'deleted' ? action : 'created',
    place: placeOf(repository),
    author: userOf(opened ? (subject.user ?? sender) : (sender ?? subject.user)),
    url: url(subject.html_url),
    at: time(opened ? subject.created_at : (subject.closed_at ?? subject.updated_at)),
    number: line(subject.number, 20),
    title: line(subject.title),
    text: lines(subject.body ?? ''),
  } as const;
}
