import type { Delivery } from '../../../domain/announcements/delivery';
import { parseEvent } from '../events';
import { readerOf, type Reader } from '../read';
import type { SourceRequest } from '../source';
import { commitStatus, pullRequest, push } from './news';
import { EXAMPLE, pullRequestPayload, pushPayload, statusPayload } from './payload';

const asked = (key: Parameters<typeof pullRequest>[0]): [string, Reader] => [
  key,
  readerOf(pullRequestPayload, EXAMPLE, pullRequest(key)),
];

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['repo:push', readerOf(pushPayload, EXAMPLE, push)],
  asked('pullrequest:created'),
  asked('pullrequest:updated'),
  asked('pullrequest:fulfilled'),
  asked('pullrequest:rejected'),
  ['repo:commit_status_created', readerOf(statusPayload, EXAMPLE, commitStatus)],
  ['repo:commit_status_updated', readerOf(statusPayload, EXAMPLE, commitStatus)],
]);

/** https://support.atlassian.com/bitbucket-cloud/docs/event-payloads */
export const parse = (request: SourceRequest): Delivery =>
  parseEvent(request, {
    service: 'Bitbucket',
    header: 'X-Event-Key',
    example: 'repo:push',
    readers: READERS,
  });
