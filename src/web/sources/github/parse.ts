import type { Delivery } from '../../../domain/announcements/delivery';
import { parseEvent } from '../events';
import { header } from '../headers';
import { readerOf, type Reader } from '../read';
import type { SourceRequest } from '../source';
import { issue, pullRequest } from './discussed';
import { push, release, star, workflowRun } from './news';
import {
  EXAMPLE,
  issuePayload,
  pullRequestPayload,
  pushPayload,
  releasePayload,
  runPayload,
  starPayload,
} from './payload';

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['push', readerOf(pushPayload, EXAMPLE, push)],
  ['release', readerOf(releasePayload, EXAMPLE, release)],
  ['pull_request', readerOf(pullRequestPayload, EXAMPLE, pullRequest)],
  ['issues', readerOf(issuePayload, EXAMPLE, issue)],
  ['workflow_run', readerOf(runPayload, EXAMPLE, workflowRun)],
  ['star', readerOf(starPayload, EXAMPLE, star)],
]);

/** Events that others tell better. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['ping', 'GitHub asks whether we are here. We are.'],
  ['create', 'The event “push” tells of new branches and tags.'],
  ['delete', 'The event “push” tells of branches and tags that are gone.'],
  ['watch', 'The event “star” tells of stars.'],
]);

/** https://docs.github.com/webhooks/webhook-events-and-payloads */
export const parse = (request: SourceRequest): Delivery =>
  parseEvent(
    request,
    {
      service: 'GitHub',
      header: 'X-GitHub-Event',
      example: 'push',
      readers: READERS,
      instead: INSTEAD,
    },
    payloadOf(request),
  );

/** A webhook may be set to send a form with the JSON in it. */
function payloadOf(request: SourceRequest): Buffer | string {
  const type = header(request, 'content-type') ?? '';
  if (!type.toLowerCase().startsWith('application/x-www-form-urlencoded')) return request.body;
  return new URLSearchParams(request.body.toString('utf8')).get('payload') ?? '';
}
