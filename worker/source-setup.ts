import type { WorkflowClient } from '@temporalio/client';
import type { Knex } from 'knex';
import {
  createSourceSetupActivities,
  type SourceSetupDependencies,
} from '../activities/source-setup';
import type { Environment } from '../src/config/environment';
import { ensureSecretKey } from '../src/config/secret-key';
import { createAnnouncementReader, createAnnouncementRecorder } from '../src/db/announcements';
import { announce, tellKeeper } from '../src/temporal/announcing';
import { createMakeSecret } from '../src/temporal/source-secret';

type Shared = Pick<SourceSetupDependencies, 'discord' | 'botId' | 'guilds' | 'seal' | 'log'>;

/** The effects of an administrator's changes to the sources, with what they alone need. */
export function settingUpSources({
  environment,
  database,
  workflows,
  ...shared
}: Shared & {
  readonly environment: Environment;
  readonly database: Knex;
  readonly workflows: WorkflowClient;
}) {
  return createSourceSetupActivities({
    ...shared,
    records: { ...createAnnouncementReader(database), ...createAnnouncementRecorder(database) },
    makeSecret: createMakeSecret(ensureSecretKey(environment)),
    publicUrl: environment.http.publicUrl,
    tellKeeper: (source) => tellKeeper(workflows, source),
    announce: async (input) => {
      await announce(workflows, input);
    },
  });
}
