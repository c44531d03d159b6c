import { z } from 'zod';
import { WATCH_SERVERS_WORKFLOW } from '../../../workflows/watch-servers/contract';
import type { Castle } from '../castle/castle';

const rows = z.array(z.object({ what: z.string() }));

/** What is not finished yet, in words. Rounds of checks come all the time, and are no part of it. */
export async function underWay(castle: Castle): Promise<string[]> {
  const found = await castle.query(`
    select format('%s is %s', id, status) as what from registrations where ended_at is null
    union all select format('%s is to be told of %s', server_key, name) from whitelist_entries
      where applied_version < version
    union all select format('incident %s is %s', number, status) from incidents
      where status <> 'recovered'`);
  const busy = rows.parse(found).map(({ what }) => what);
  await castle.temporal(async (client) => {
    const running = client.workflow.list({ query: "ExecutionStatus = 'Running'" });
    for await (const { workflowId, type } of running) {
      if (type !== WATCH_SERVERS_WORKFLOW) busy.push(`${workflowId} runs`);
    }
  });
  return busy;
}
