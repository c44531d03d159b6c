import { status } from '@grpc/grpc-js';
import {
  isGrpcServiceError,
  ServiceError,
  WorkflowClient,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Connection,
  type DataConverter,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { guess, type GuessVerdict } from '../../../workflows/registration/contract';
import { WHITELIST_WORKFLOW, whitelistConfirmed } from '../../../workflows/whitelist/contract';
import { whitelistStart } from '../../temporal/whitelist-start';
import { translated, withinReach } from '../temporal/within-reach';
import type { GameWorkflows } from './workflows';

/** A verdict needs a worker, and the account on record. The player waits in the game. */
const VERDICT_MS = 10_000;
const HAND_OVER_MS = 5_000;

const OVER: GuessVerdict = { verified: false, refusal: { refused: 'over' } };

export interface TemporalWorkflowsOptions {
  readonly connection: Connection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
}

/** The workflows over a connection that need not be open yet, and that finds back by itself. */
export function createTemporalWorkflows({
  connection,
  namespace,
  dataConverter,
}: TemporalWorkflowsOptions): GameWorkflows {
  const client = new WorkflowClient({ connection, namespace, dataConverter });
  const within = withinReach(connection);

  return {
    async guess(registrationId, guessed, requestId) {
      const handle = client.getHandle(registrationId);
      try {
        return await within(VERDICT_MS, () =>
          handle.executeUpdate(guess, { updateId: requestId, args: [guessed] }),
        );
      } catch (error) {
        if (isOver(error)) return OVER;
        throw translated(error);
      }
    },
    async recall(registrationId, requestId) {
      const handle = client.getHandle(registrationId).getUpdateHandle<GuessVerdict>(requestId);
      try {
        return await within(VERDICT_MS, () => handle.result());
      } catch (error) {
        if (isOver(error) || isNotFound(error)) return null;
        throw translated(error);
      }
    },
    async whitelistConfirmed({ guildId, serverId }, confirmed) {
      try {
        await within(HAND_OVER_MS, () =>
          client.signalWithStart(WHITELIST_WORKFLOW, {
            ...whitelistStart({ guildId, serverId }),
            signal: whitelistConfirmed,
            signalArgs: [confirmed],
          }),
        );
      } catch (error) {
        throw translated(error);
      }
    },
  };
}

/** The workflow has ended, or ended while the guess was on its way (temporal/server: workflow update registry). */
function isOver(error: unknown): boolean {
  if (error instanceof WorkflowNotFoundError) return true;
  if (!(error instanceof WorkflowUpdateFailedError)) return false;
  const { cause } = error;
  return cause instanceof ApplicationFailure && cause.type === 'AcceptedUpdateCompletedWorkflow';
}

function isNotFound(error: unknown): boolean {
  return (
    (isGrpcServiceError(error) && error.code === status.NOT_FOUND) ||
    (error instanceof ServiceError && isNotFound(error.cause))
  );
}
