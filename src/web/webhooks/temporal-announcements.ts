import {
  WorkflowClient,
  WorkflowExecutionAlreadyStartedError,
  type Connection,
  type DataConverter,
} from '@temporalio/client';
import { TypedSearchAttributes, type SignalDefinition } from '@temporalio/common';
import {
  ANNOUNCEMENT_WORKFLOW,
  announcementWorkflowId,
} from '../../../workflows/announcement/contract';
import {
  hubAskedSignal,
  refusedSignal,
  revokedSignal,
  SUBSCRIPTION_WORKFLOW,
  subscriptionWorkflowId,
} from '../../../workflows/subscription/contract';
import { TASK_QUEUE } from '../../../workflows/ticket/contract';
import { searchAttributes } from '../../temporal/search-attributes';
import { translated, withinReach } from '../temporal/within-reach';
import type { Announcements, SourcePlace } from './announcements';

/** Services wait for 10 seconds, and the answer has to be on its way by then. */
const HAND_OVER_MS = 5_000;

export interface TemporalAnnouncementsOptions {
  readonly connection: Connection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
}

/** The workflows over a connection that need not be open yet, and that finds back by itself. */
export function createTemporalAnnouncements({
  connection,
  namespace,
  dataConverter,
}: TemporalAnnouncementsOptions): Announcements {
  const client = new WorkflowClient({ connection, namespace, dataConverter });
  const within = withinReach(connection);
  const attributes = (guildId: string, kind: string): TypedSearchAttributes =>
    new TypedSearchAttributes([
      { key: searchAttributes.guild, value: guildId },
      { key: searchAttributes.kind, value: kind },
    ]);
  return {
    async announce(input) {
      try {
        await within(HAND_OVER_MS, () =>
          client.start(ANNOUNCEMENT_WORKFLOW, {
            workflowId: announcementWorkflowId(input),
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            taskQueue: TASK_QUEUE,
            args: [input],
            staticSummary: `Announce what ${input.sourceId} delivered`,
            typedSearchAttributes: attributes(input.guildId, 'announcement'),
          }),
        );
        return 'accepted';
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return 'repeated';
        throw translated(error);
      }
    },
    refused: (source, refused) => signalled(source, refusedSignal, refused),
    revoked: (source, revocation) => signalled(source, revokedSignal, revocation),
    hubAsked: (source, question) => signalled(source, hubAskedSignal, question),
  };

  /** A source that is defined has a keeper; if it has none yet, it begins. */
  async function signalled<News>(
    source: SourcePlace,
    signal: SignalDefinition<[News]>,
    news: News,
  ): Promise<void> {
    try {
      await within(HAND_OVER_MS, () =>
        client.signalWithStart(SUBSCRIPTION_WORKFLOW, {
          workflowId: subscriptionWorkflowId(source),
          taskQueue: TASK_QUEUE,
          args: [source],
          signal,
          signalArgs: [news],
          staticSummary: `Keep the source ${source.sourceId}`,
          typedSearchAttributes: attributes(source.guildId, 'subscription'),
        }),
      );
    } catch (error) {
      throw translated(error);
    }
  }
}
