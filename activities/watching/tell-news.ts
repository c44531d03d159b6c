import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { WatchNews } from '../../src/db/watching';
import type { IncidentNews } from '../../src/domain/watching/incident';
import { searchAttributes, startAttributes } from '../../src/temporal/search-attributes';
import {
  CHANNEL_NAME_WORKFLOW,
  channelNameWorkflowId,
  nameWishSignal,
} from '../../workflows/channel-name/contract';
import {
  INCIDENT_WORKFLOW,
  incidentNewsSignal,
  incidentWorkflowId,
} from '../../workflows/incident/contract';
import { TASK_QUEUE } from '../../workflows/ticket/contract';
import type { Attempt } from '../attempt';
import { atOnce } from './at-once';
import type { WatchingDependencies } from './dependencies';

/** One page of the news; an outage of a whole host has as many as it has servers. */
const PAGE = 500;

/** Signals that are sent at the same time. */
const SENDERS = 8;

type IncidentItem = Extract<WatchNews, { type: 'incident' }>;
type NameItem = Extract<WatchNews, { type: 'name' }>;

/**
 * Hands over what nobody was told yet: all news of one incident in one signal, of a channel the newest wish.
 * Told twice (a worker died before it noted the delivery, or two tell at once) it is known already and changes
 * nothing.
 */
export async function tellNews(deps: WatchingDependencies, attempt: Attempt): Promise<void> {
  for (;;) {
    const page = await deps.records.pendingNews(PAGE);
    if (page.length === 0) return;
    const incidents = grouped(page.filter(isIncident), ({ incidentId }) => incidentId);
    const names = grouped(page.filter(isName), ({ channelId }) => channelId);
    await atOnce([...incidents], SENDERS, (items) => tellIncident(deps, items));
    await atOnce([...names], SENDERS, (items) => tellName(deps, items));
    await deps.records.newsDelivered(page.map(({ id }) => id));
    if (page.length < PAGE) return;
    attempt.signal.throwIfAborted();
  }
}

async function tellIncident(
  { workflows }: WatchingDependencies,
  items: readonly IncidentItem[],
): Promise<void> {
  const [first] = items;
  if (first === undefined) return;
  const { incidentId, guildId, policy, openedAt } = first;
  const news: IncidentNews[] = items.map((item) => item.news);
  try {
    await workflows.signalWithStart(INCIDENT_WORKFLOW, {
      workflowId: incidentWorkflowId(incidentId),
      taskQueue: TASK_QUEUE,
      // An incident that is over does not begin again when old news is repeated.
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [{ incidentId, guildId, policy, openedAt }],
      signal: incidentNewsSignal,
      signalArgs: [news],
      staticSummary: 'Outage of game servers',
      typedSearchAttributes: startAttributes(guildId, 'incident', {
        key: searchAttributes.status,
        value: 'open',
      }),
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

async function tellName(
  { workflows }: WatchingDependencies,
  items: readonly NameItem[],
): Promise<void> {
  const newest = items.at(-1);
  if (newest === undefined) return;
  const { guildId, channelId } = newest;
  // What was urgent in between stays so: the name that is shown is the one before all of them.
  const wish = { ...newest.wish, urgent: items.some((item) => item.wish.urgent) };
  await workflows.signalWithStart(CHANNEL_NAME_WORKFLOW, {
    workflowId: channelNameWorkflowId(channelId),
    taskQueue: TASK_QUEUE,
    args: [{ guildId, channelId }],
    signal: nameWishSignal,
    signalArgs: [wish],
    staticSummary: 'Name of a status channel',
    typedSearchAttributes: startAttributes(guildId, 'channel-name'),
  });
}

function isIncident(news: WatchNews): news is IncidentItem {
  return news.type === 'incident';
}

function isName(news: WatchNews): news is NameItem {
  return news.type === 'name';
}

/** Items with the same key together, in their order. */
function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
