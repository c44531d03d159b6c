import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { WatchNews } from '../../src/db/watching';
import type { IncidentNews } from '../../src/domain/watching/incident';
import { searchAttributes } from '../../src/temporal/search-attributes';
import { startOptions } from '../../src/temporal/starting';
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
    const input = { incidentId, guildId, policy, openedAt };
    const work = {
      workflowId: incidentWorkflowId(incidentId),
      kind: 'incident',
      attributes: [{ key: searchAttributes.status, value: 'open' }],
      summary: 'Outage of game servers',
      input,
    };
    await workflows.signalWithStart(INCIDENT_WORKFLOW, {
      // An incident that is over does not begin again when old news is repeated.
      ...startOptions(work, 'REJECT_DUPLICATE'),
      signal: incidentNewsSignal,
      signalArgs: [news],
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
  const work = {
    workflowId: channelNameWorkflowId(channelId),
    kind: 'channel-name',
    summary: 'Name of a status channel',
    input: { guildId, channelId },
  };
  await workflows.signalWithStart(CHANNEL_NAME_WORKFLOW, {
    ...startOptions(work, 'ALLOW_DUPLICATE'),
    signal: nameWishSignal,
    signalArgs: [wish],
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
