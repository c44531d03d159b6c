import { randomBytes } from 'node:crypto';
import type { WorkflowClient } from '@temporalio/client';
import type { Knex } from 'knex';
import { createAnnouncementActivities } from '../activities/announcements';
import {
  createSubscriptionActivities,
  type SubscriptionDependencies,
} from '../activities/subscriptions';
import type { Environment } from '../src/config/environment';
import {
  createAnnouncementReader,
  createAnnouncementRecorder,
  createSubscriptionRecorder,
} from '../src/db/announcements';
import { openStorage } from '../src/storage/open';
import { announce } from '../src/temporal/announcing';

type Shared = Pick<SubscriptionDependencies, 'discord' | 'botId' | 'seal' | 'log'>;

/** The effects of sources and announcements, with what they alone need. */
export function announcing({
  environment,
  database,
  workflows,
  ...shared
}: Shared & {
  readonly environment: Environment;
  readonly database: Knex;
  readonly workflows: WorkflowClient;
}) {
  const records = {
    ...createAnnouncementReader(database),
    ...createAnnouncementRecorder(database),
    ...createSubscriptionRecorder(database),
  };
  const storage = openStorage(environment.storageUrl, environment.dataDir);
  const { youtube, http } = environment;
  return {
    ...createAnnouncementActivities({ ...shared, records, storage }),
    ...createSubscriptionActivities({
      ...shared,
      ...{ records, storage, youtube },
      publicUrl: http.publicUrl,
      randomBytes: (count) => randomBytes(count),
      secretOf: (variable) => environment.webhookSecrets[variable],
      announce: async (input) => {
        await announce(workflows, input);
      },
    }),
  };
}
