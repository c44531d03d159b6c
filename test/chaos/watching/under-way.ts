import { z } from 'zod';
import { CHANNEL_NAME_WORKFLOW } from '../../../workflows/channel-name/contract';
import { INCIDENT_WORKFLOW } from '../../../workflows/incident/contract';
import type { Castle } from '../castle/castle';

const row = z.object({ what: z.string() });

/**
 * What is not finished yet, in words. Rounds come all the time, and are no part of it.
 *
 * @param namesToo whether a channel that waits for Discord's limit counts
 */
export async function underWay(castle: Castle, namesToo: boolean): Promise<string[]> {
  const rows = await castle.query(`
    select format('incident %s is %s', number, status) as what from incidents
      where status <> 'recovered'
    union all select format('server %s is down', server_key) from incident_servers
      where ended_at is null
    union all select format('server %s is %s', server_key, status) from server_states
      where status <> 'up'
    union all select format('%s news', count(*)) from watch_news having count(*) > 0`);
  const busy = z
    .array(row)
    .parse(rows)
    .map(({ what }) => what);
  await castle.temporal(async (client) => {
    const running = client.workflow.list({ query: "ExecutionStatus = 'Running'" });
    for await (const { workflowId, type } of running) {
      if (type === INCIDENT_WORKFLOW) busy.push(`${workflowId} runs`);
      if (type !== CHANNEL_NAME_WORKFLOW) continue;
      const { raw } = await client.workflow.getHandle(workflowId).describe();
      const works = (raw.pendingActivities ?? []).length > 0;
      if (namesToo || works) busy.push(`${workflowId} runs`);
    }
  });
  return busy;
}
