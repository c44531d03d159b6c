import { line } from '../../../domain/announcements/bounds';
import { ignored, malformed, type Delivery } from '../../../domain/announcements/delivery';
import { header } from '../headers';
import { readerOf, readJson, type Reader } from '../read';
import type { SourceRequest } from '../source';
import { mergeRequest, pipeline, release } from './news';
import {
  EXAMPLE,
  mergeRequestPayload,
  pipelinePayload,
  pushPayload,
  releasePayload,
} from './payload';
import { push } from './push';

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['Push Hook', readerOf(pushPayload, EXAMPLE, push)],
  ['Tag Push Hook', readerOf(pushPayload, EXAMPLE, push)],
  ['Release Hook', readerOf(releasePayload, EXAMPLE, release)],
  ['Merge Request Hook', readerOf(mergeRequestPayload, EXAMPLE, mergeRequest)],
  ['Pipeline Hook', readerOf(pipelinePayload, EXAMPLE, pipeline)],
]);

/** https://docs.gitlab.com/user/project/integrations/webhook_events */
export function parse(request: SourceRequest): Delivery {
  const event = header(request, 'x-gitlab-event');
  if (event === null) {
    return malformed('X-Gitlab-Event', 'The header X-Gitlab-Event is missing.', 'Push Hook');
  }
  const read = READERS.get(event);
  if (read === undefined) return ignored(`GitLab’s event ${line(event, 60)} is not announced.`);
  const json = readJson(request.body);
  return 'value' in json ? read(json.value) : json.malformed;
}
