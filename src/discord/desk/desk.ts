import {
  isGrpcServiceError,
  ServiceError,
  WorkflowClient,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Connection,
  type DataConverter,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import {
  acknowledgeIncident,
  incidentWorkflowId,
  noteIncident,
  type IncidentVerdict,
} from '../../../workflows/incident/contract';
import {
  PANEL_WORKFLOW,
  panelWorkflowId,
  type PanelInput,
} from '../../../workflows/panel/contract';
import {
  SERVER_SETUP_WORKFLOW,
  serverSetupWorkflowId,
  type ServerSetupInput,
} from '../../../workflows/server-setup/contract';
import {
  channelGoneSignal,
  commandUpdates,
  messagesSignal,
  TICKET_WORKFLOW,
  ticketWorkflowId,
  type MessagesSeen,
  type PersonRequest,
  type TicketInput,
  type Verdict,
} from '../../../workflows/ticket/contract';
import type { PersonCommandType } from '../../domain/cases/commands';
import { searchAttributes } from '../../temporal/search-attributes';
import { startOptions } from '../../temporal/starting';
import { withinTime } from '../../timing/within-time';
import { CaseOver, DeskSilent, DeskUnreachable } from './errors';
import { createMirrorDesk, type MirrorDesk } from './mirror-desk';
import { createRegistrationDesk, type RegistrationDesk } from './registration-desk';
import { createSourceDesk, type SourceDesk } from './source-desk';
import type { Start } from './start';

/**
 * The bot's way to the workflows. Everything carries a deterministic id, so that the same click
 * handed over twice is one piece of work.
 */
export interface Desk extends RegistrationDesk, MirrorDesk, SourceDesk {
  /**
   * Starts a ticket; the worker answers the interaction. A repeated click does nothing.
   *
   * @param summary what the ticket is about, without anything personal
   * @param expectedNumber the number that it will most likely get; where that comes true, the search
   *   attributes are right from the start and the workflow saves an Action
   * @throws DeskUnreachable, DeskSilent
   */
  openTicket(
    interactionId: string,
    input: TicketInput,
    summary: string,
    expectedNumber: number | null,
  ): Promise<void>;
  /**
   * Gives a command to a case and waits for the verdict.
   *
   * @param updateId the interaction's id
   * @throws DeskUnreachable, DeskSilent, CaseOver
   */
  command(
    caseId: string,
    command: PersonCommandType,
    request: PersonRequest,
    updateId: string,
  ): Promise<Verdict>;
  /** Starts the posting of a panel. @throws DeskUnreachable, DeskSilent */
  postPanel(interactionId: string, input: PanelInput): Promise<void>;
  /** Starts a change to the watched servers; the worker answers the interaction. @throws DeskUnreachable, DeskSilent */
  changeServers(interactionId: string, input: ServerSetupInput): Promise<void>;
  /**
   * Acknowledges an outage, or notes something on it, and waits for the verdict.
   *
   * @param note sealed
   * @param updateId the interaction's id
   * @throws DeskUnreachable, DeskSilent, CaseOver
   */
  acknowledgeIncident(
    incidentId: string,
    request: { readonly userId: string },
    updateId: string,
  ): Promise<IncidentVerdict>;
  noteIncident(
    incidentId: string,
    request: { readonly userId: string; readonly note: string },
    updateId: string,
  ): Promise<IncidentVerdict>;
  /** @throws DeskUnreachable, DeskSilent, CaseOver */
  messagesSeen(caseId: string, seen: MessagesSeen): Promise<void>;
  /** @throws DeskUnreachable, DeskSilent, CaseOver */
  channelGone(caseId: string, channelId: string): Promise<void>;
}

/** How long Temporal may take to be reached, and then to take what it is given (milliseconds). */
const REACH_MS = 2_500;
const START_MS = 2_500;
/** A verdict needs a worker. One that was just killed is missed for some seconds; the person waits, told so by Discord. */
const VERDICT_MS = 25_000;
/** For how long an answer of Temporal's proves that it is there. */
const TRUST_MS = 1_000;

/** What each change is, for whoever reads the workflow; without anything personal. */
const SUMMARIES: Readonly<Record<ServerSetupInput['change']['type'], string>> = {
  add: 'Add a watched server',
  edit: 'Change a watched server',
  remove: 'Remove a watched server',
  maintenance: 'Plan maintenance of a server',
  'end-maintenance': 'End maintenance of a server',
  subscribe: 'Tell a member when a server is back',
};

export interface DeskOptions {
  readonly connection: Connection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
}

/** A desk over a connection that need not be open yet, and that finds back by itself. */
export function createDesk({ connection, namespace, dataConverter }: DeskOptions): Desk {
  const client = new WorkflowClient({ connection, namespace, dataConverter });
  const reach = createReach(connection);

  const call = async <T>(within: number, operation: () => Promise<T>): Promise<T> => {
    await reach.check();
    try {
      const result = await timed(connection, within, operation);
      reach.confirm();
      return result;
    } catch (error) {
      throw translated(error);
    }
  };

  const start: Start = async (type, work) => {
    try {
      await call(START_MS, () => client.start(type, startOptions(work, 'REJECT_DUPLICATE')));
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  };

  return {
    ...createMirrorDesk({ client, call, start, startMs: START_MS }),
    ...createRegistrationDesk({ client, call, start, startMs: START_MS, verdictMs: VERDICT_MS }),
    ...createSourceDesk(start),
    openTicket: (interactionId, input, summary, expectedNumber) =>
      start(TICKET_WORKFLOW, {
        workflowId: ticketWorkflowId(interactionId),
        ...{ kind: 'ticket', summary, input },
        attributes: [
          { key: searchAttributes.status, value: 'open' },
          { key: searchAttributes.category, value: input.categoryId },
          ...(expectedNumber === null
            ? []
            : [{ key: searchAttributes.number, value: expectedNumber }]),
        ],
      }),
    postPanel: (interactionId, input) =>
      start(PANEL_WORKFLOW, {
        workflowId: panelWorkflowId(interactionId),
        ...{ kind: 'panel', summary: `Post the panel ${input.panelId}`, input },
      }),
    changeServers: (interactionId, input) =>
      start(SERVER_SETUP_WORKFLOW, {
        workflowId: serverSetupWorkflowId(interactionId),
        ...{ kind: 'server-setup', summary: SUMMARIES[input.change.type], input },
      }),
    acknowledgeIncident: (incidentId, request, updateId) =>
      call(VERDICT_MS, () =>
        client
          .getHandle(incidentWorkflowId(incidentId))
          .executeUpdate(acknowledgeIncident, { updateId, args: [request] }),
      ),
    noteIncident: (incidentId, request, updateId) =>
      call(VERDICT_MS, () =>
        client
          .getHandle(incidentWorkflowId(incidentId))
          .executeUpdate(noteIncident, { updateId, args: [request] }),
      ),
    command: (caseId, command, request, updateId) =>
      call(VERDICT_MS, () =>
        client
          .getHandle(caseId)
          .executeUpdate(commandUpdates[command], { updateId, args: [request] }),
      ),
    messagesSeen: (caseId, seen) =>
      call(START_MS, () => client.getHandle(caseId).signal(messagesSignal, seen)),
    channelGone: (caseId, channelId) =>
      call(START_MS, () => client.getHandle(caseId).signal(channelGoneSignal, { channelId })),
  };
}

/**
 * Asks whether Temporal is there before something is handed over: only so is it certain, when it is
 * not, that nothing was begun. Calls at the same time share one question.
 */
function createReach(connection: Connection) {
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;

  const confirm = (): void => {
    confirmedAt = performance.now();
  };
  const ask = async (): Promise<void> => {
    try {
      await timed(connection, REACH_MS, () => connection.workflowService.getSystemInfo({}));
      confirm();
    } catch (cause) {
      throw new DeskUnreachable({ cause });
    } finally {
      asking = undefined;
    }
  };
  return {
    confirm,
    check: async (): Promise<void> => {
      if (performance.now() - confirmedAt < TRUST_MS) return;
      asking ??= ask();
      await asking;
    },
  };
}

/** The client may notice late that the time is over, between two calls of its own: so we look ourselves, too. */
function timed<T>(connection: Connection, within: number, operation: () => Promise<T>): Promise<T> {
  const result = connection.withDeadline(Date.now() + within, operation);
  return withinTime(within + 100, result, () => new DeskSilent());
}

/** What the SDK's errors mean for whoever asked. Others, such as a wrong argument, stay as they are. */
function translated(error: unknown): unknown {
  if (error instanceof WorkflowNotFoundError) return new CaseOver({ cause: error });
  if (error instanceof WorkflowUpdateFailedError) {
    // The workflow ended while the command was on its way (temporal/server: workflow update registry).
    const { cause } = error;
    const overtaken =
      cause instanceof ApplicationFailure && cause.type === 'AcceptedUpdateCompletedWorkflow';
    return overtaken ? new CaseOver({ cause: error }) : error;
  }
  if (
    error instanceof ServiceError ||
    error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
    isGrpcServiceError(error)
  ) {
    return new DeskSilent({ cause: error });
  }
  return error;
}
