import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import type { Castle } from '../castle/castle';
import type { Evidence } from './evidence';
import { ticketChannels } from './ticket-channels';

/**
 * Writes down all that is known of the tickets that the defects name, since nothing of the run is
 * left afterwards.
 *
 * @returns the file, JSON in the system's folder for temporary files
 */
export async function writeDossier(
  castle: Castle,
  evidence: Evidence,
  defects: readonly string[],
): Promise<string> {
  const concerned = evidence.cases.filter(({ caseId, number }) =>
    defects.some((defect) => defect.includes(caseId) || defect.includes(`#${number} `)),
  );
  const tickets = await castle.temporal((client) =>
    Promise.all(
      concerned.map(async (row) => {
        const handle = client.workflow.getHandle(row.caseId);
        const channels = ticketChannels(evidence).filter(({ caseId }) => caseId === row.caseId);
        const names = [row.caseId, ...channels.map(({ channelId }) => channelId)];
        return {
          row,
          events: evidence.events.get(row.caseId),
          conversations: evidence.conversations.filter(({ caseId }) => caseId === row.caseId),
          channels,
          journal: evidence.journal.filter((entry) => {
            const text = JSON.stringify(entry);
            return names.some((name) => text.includes(name));
          }),
          history: await handle
            .fetchHistory()
            .then(historyToJSON, (error: unknown) => String(error)),
        };
      }),
    ),
  );
  const { kills, log } = castle;
  const file = path.join(tmpdir(), `castellan-chaos-dossier-${Date.now()}.json`);
  writeFileSync(file, JSON.stringify({ defects, kills, tickets, log: log.split('\n') }, null, 1));
  return file;
}
