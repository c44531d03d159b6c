import { randomBytes } from 'node:crypto';
import type { WorkflowClient } from '@temporalio/client';
import type { Knex } from 'knex';
import { createAnnouncementActivities } from '../activities/announcements';
import {
  createSourceSetupActivities,
  type SourceSetupDependencies,
} from '../activities/source-setup';
import {
  createSubscriptionActivities,
  type SubscriptionDependencies,
} from '../activities/subscriptions';
import type { Environment } from '../src/config/environment';
import { ensureSecretKey } from '../src/config/secret-key';
import {
  createAnnouncementReader,
  createAnnouncementRecorder,
  createSubscriptionRecorder,
} from '../src/db/announcements';
import { openStorage } from '../src/storage/open';
import { announce, tellKeeper } from '../src/temporal/announcing';
import { createMakeSecret } from '../src/temporal/source-secret';
import type { AnnouncementInput } from '../workflows/announcement/contract';

type Shared = Pick<SubscriptionDependencies, 'discord' | 'botId' | 'seal' | 'log'> &
  Pick<SourceSetupDependencies, 'guilds'>;

/** The effects of sources, of changes to them, and of announcements, with what they alone need. */
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
  const outside = {
    ...{ ...shared, records, publicUrl: http.publicUrl },
    announce: async (input: AnnouncementInput): Promise<void> => {
      await announce(workflows, input);
    },
  };
  return {
    ...createAnnouncementActivities({ ...shared, records, storage }),
    ...createSubscriptionActivities({
      ...{ ...outside, storage, youtube },
      randomBytes: (count) => randomBytes(count),
      secretOf: (variable) => environment.webhookSecrets[variable],
    }),
    ...createSourceSetupActivities({
      ...outside,
      makeSecret: createMakeSecret(ensureSecretKey(environment)),
      tellKeeper: (source) => tellKeeper(workflows, source),
    }),
  };
}
