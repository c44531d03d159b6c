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

/** What the webhook routes work with, over real parts. */
export function createWebhookApi({
  environment,
  database,
  connection,
  namespace,
  log,
}: {
  readonly environment: Environment;
  readonly database: Knex;
  readonly connection: Connection;
  readonly namespace: string;
  readonly log: Logger;
}): WebhookApi {
  const reader = { ...createAnnouncementReader(database), ...createSubscriptionReader(database) };
  return {
    reader,
    sources: createConfiguredSources({
      ...{ reader, log, variables: environment.webhookSecrets, now: Date.now },
      seal: createSeal(ensureSecretKey(environment)),
    }),
    storage: openStorage(environment.storageUrl, environment.dataDir),
    announcements: createTemporalAnnouncements({
      ...{ connection, namespace, dataConverter: dataConverter(environment) },
    }),
  };
}
