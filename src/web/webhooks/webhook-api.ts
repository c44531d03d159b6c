import type { Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import type { Environment } from '../../config/environment';
import { ensureSecretKey } from '../../config/secret-key';
import { createAnnouncementReader, createSubscriptionReader } from '../../db/announcements';
import type { Logger } from '../../observability/logger';
import { openStorage } from '../../storage/open';
import { dataConverter } from '../../temporal/codec';
import { createSeal } from '../../temporal/seal';
import type { WebhookApi } from '../routes/webhooks/webhooks';
import { createConfiguredSources } from './configured-sources';
import { createTemporalAnnouncements } from './temporal-announcements';
import { WaitingDeliveries } from './waiting-deliveries';

/** What the webhook routes work with, over real parts. Until it stops, deliveries that wait are taken up. */
export function createWebhookApi({
  environment,
  database,
  connection,
  namespace,
  log,
  stopping,
}: {
  readonly environment: Environment;
  readonly database: Knex;
  readonly connection: Connection;
  readonly namespace: string;
  readonly log: Logger;
  readonly stopping: AbortSignal;
}): WebhookApi {
  const reader = { ...createAnnouncementReader(database), ...createSubscriptionReader(database) };
  const storage = openStorage(environment.storageUrl, environment.dataDir);
  const announcements = createTemporalAnnouncements({
    ...{ connection, namespace, dataConverter: dataConverter(environment) },
  });
  const waiting = new WaitingDeliveries({ storage, announcements, log });
  waiting.follow(stopping);
  return {
    reader,
    sources: createConfiguredSources({
      ...{ reader, log, variables: environment.webhookSecrets, now: Date.now },
      seal: createSeal(ensureSecretKey(environment)),
    }),
    ...{ storage, announcements, waiting },
  };
}
