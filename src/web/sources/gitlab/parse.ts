import type { Delivery } from '../../../domain/announcements/delivery';
import { parseEvent } from '../events';
import { readerOf, type Reader } from '../read';
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
export const parse = (request: SourceRequest): Delivery =>
  parseEvent(request, {
    service: 'GitLab',
    header: 'X-Gitlab-Event',
    example: 'Push Hook',
    readers: READERS,
  });
