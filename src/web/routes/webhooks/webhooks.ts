import type Router from '@koa/router';
import type { AnnouncementReader, SubscriptionReader } from '../../../db/announcements';
import type { Logger } from '../../../observability/logger';
import type { ObjectStorage } from '../../../storage/storage';
import { BodyRoom } from '../../limits/body-room';
import { TokenBuckets } from '../../limits/token-buckets';
import type { Announcements } from '../../webhooks/announcements';
import type { ConfiguredSources } from '../../webhooks/configured-sources';
import type { WaitingDeliveries } from '../../webhooks/waiting-deliveries';
import { deliver } from './deliver';
import { WEBHOOK_LIMITS, type WebhookLimits } from './limits';
import { answerQuestion } from './questions';
import { Refusals } from './refusals';

/** What the webhook routes work with. */
export interface WebhookApi {
  readonly sources: ConfiguredSources;
  readonly reader: Pick<AnnouncementReader, 'source'> & SubscriptionReader;
  /** Where deliveries are kept until a worker takes them, and for as long as the source says. */
  readonly storage: Pick<ObjectStorage, 'put'>;
  readonly announcements: Announcements;
  readonly waiting: Pick<WaitingDeliveries, 'add'>;
  readonly limits?: WebhookLimits;
}

/** So many sources are counted; the one that delivered longest ago is forgotten first. */
const MOST_SOURCES = 5_000;

/** Where services deliver their news: contract, section 7. */
export function webhookRoutes(
  router: Router,
  api: WebhookApi,
  { log, now }: { readonly log: Logger; readonly now: () => number },
): void {
  const { announcements, limits = WEBHOOK_LIMITS } = api;
  // Every service asks again and again while something is away; one line a minute tells it.
  const lines = new TokenBuckets({ burst: 1, perSecond: 1 / 60 }, 1, now);
  const shared = {
    ...api,
    rates: new TokenBuckets(limits.source, MOST_SOURCES, now),
    room: new BodyRoom(limits.bodies),
    refusals: new Refusals({ announcements, log, now }),
    onAway: (error: unknown): void => {
      if (lines.take('away') > 0) return;
      log.warn({ err: error }, 'Services are asked to deliver again');
    },
    now,
  };
  router.post('/webhooks/:provider/:source', (context) => deliver(context, context.params, shared));
  router.get('/webhooks/:provider/:source', (context) =>
    answerQuestion(context, context.params, shared),
  );
}
