import { line } from '../../../domain/announcements/bounds';
import { ignored, malformed, type Delivery } from '../../../domain/announcements/delivery';
import { header } from '../headers';
import { readerOf, readJson, type Reader } from '../read';
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
export function parse(request: SourceRequest): Delivery {
  const event = header(request, 'x-event-key');
  if (event === null) {
    return malformed('X-Event-Key', 'The header X-Event-Key is missing.', 'repo:push');
  }
  const read = READERS.get(event);
  if (read === undefined) {
    return ignored(`Bitbucket’s event ${line(event, 60)} is not announced.`);
  }
  const json = readJson(request.body);
  return 'value' in json ? read(json.value) : json.malformed;
}
