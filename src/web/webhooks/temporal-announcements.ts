import { WorkflowClient, type Connection, type DataConverter } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import {
  hubAskedSignal,
  refusedSignal,
  revokedSignal,
  SUBSCRIPTION_WORKFLOW,
} from '../../../workflows/subscription/contract';
import { announce, keeperStart } from '../../temporal/announcing';
import { Few } from '../../timing/few';
import { WorkflowsUnreachable } from '../temporal/unreachable';
import { translated, withinReach } from '../temporal/within-reach';
import type { Announcements, SourcePlace } from './announcements';

/** Services wait for 10 seconds, and the answer has to be on its way by then. */
const HAND_OVER_MS = 5_000;
/**
 * So many announcements may be about to start. A small machine starts some 80 in a second; of more, most would not
 * be started in time.
 */
const STARTS_AT_ONCE = 64;

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
  const asked = async <Result>(operation: () => Promise<Result>): Promise<Result> => {
    try {
      return await within(HAND_OVER_MS, operation);
    } catch (error) {
      throw translated(error);
    }
  };
  /** A source that is defined has a keeper; if it has none yet, it begins. */
  const signalled = async <News>(
    source: SourcePlace,
    signal: SignalDefinition<[News]>,
    news: News,
  ): Promise<void> => {
    await asked(() =>
      client.signalWithStart(SUBSCRIPTION_WORKFLOW, {
        ...keeperStart(source),
        signal,
        signalArgs: [news],
      }),
    );
  };
  const starting = new Few(STARTS_AT_ONCE, () => new WorkflowsUnreachable());
  return {
    announce: (input) => starting.run(() => asked(() => announce(client, input))),
    refused: (source, refused) => signalled(source, refusedSignal, refused),
    revoked: (source, revocation) => signalled(source, revokedSignal, revocation),
    hubAsked: (source, question) => signalled(source, hubAskedSignal, question),
  };
}
