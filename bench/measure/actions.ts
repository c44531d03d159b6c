import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowService } from '@temporalio/client';

/** Temporal Actions of one namespace by their type, counted since the server started. */
export type ActionCounts = ReadonlyMap<string, number>;

/** A Temporal server that tells what it counts. */
export interface CountingServer {
  /** Its Prometheus text. */
  readonly metricsUrl: string;
  readonly workflowService: WorkflowService;
  readonly namespace: string;
}

/** A call that nothing else makes, and that is no Action itself. */
const MARK = 'CountWorkflowExecutions';
const ASK_AGAIN_MS = 50;

/**
 * How many Actions a server has counted up to now: its own counter `action`, which stands for what
 * Temporal Cloud bills (https://docs.temporal.io/cloud/actions).
 *
 * Its metrics show what happened only every second. So calls that are counted as well are made, and
 * waited for, twice: the first may appear while the figures are being put together.
 *
 * @throws Error when the server does not give its metrics
 */
export async function readActions(server: CountingServer): Promise<ActionCounts> {
  let text = await read(server.metricsUrl);
  for (let times = 0; times < 2; times += 1) {
    const before = countOfMarks(text, server.namespace);
    await server.workflowService.countWorkflowExecutions({ namespace: server.namespace });
    do {
      await pause(ASK_AGAIN_MS);
      text = await read(server.metricsUrl);
    } while (countOfMarks(text, server.namespace) === before);
  }
  return parseActions(text, server.namespace);
}

/** The counter `action` in Prometheus text, for one namespace. */
export function parseActions(text: string, namespace: string): ActionCounts {
  const counts = new Map<string, number>();
  for (const { labels, value } of samples(text, 'action', namespace)) {
    const type = labels.get('action_type') ?? '';
    counts.set(type, (counts.get(type) ?? 0) + value);
  }
  return counts;
}

/** What was added between two readings, without the types of which nothing was. */
export function addedActions(before: ActionCounts, after: ActionCounts): ActionCounts {
  const added = [...after].map(([type, count]) => [type, count - (before.get(type) ?? 0)] as const);
  return new Map(added.filter(([, count]) => count !== 0));
}

/** All types together. */
export function totalActions(counts: ActionCounts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

async function read(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return response.text();
}

function countOfMarks(text: string, namespace: string): number {
  return samples(text, 'service_requests', namespace)
    .filter(({ labels }) => labels.get('operation') === MARK)
    .reduce((sum, { value }) => sum + value, 0);
}

/** A metric's samples that belong to a namespace, whose name stands there with `_` for `-`. */
function samples(
  text: string,
  metric: string,
  namespace: string,
): { readonly labels: ReadonlyMap<string, string>; readonly value: number }[] {
  const lines = text.matchAll(new RegExp(`^${metric}\\{([^}]*)\\} (\\S+)$`, 'gm'));
  return [...lines]
    .map(([, labels = '', value = '']) => ({
      labels: new Map(
        [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', given = '']) => [name, given]),
      ),
      value: Number(value),
    }))
    .filter(({ labels }) => labels.get('namespace') === namespace.replaceAll('-', '_'));
}
