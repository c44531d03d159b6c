import { z } from 'zod';
import type { RestEntry } from '../../../sandbox';
import type { Evidence } from './evidence';
import { grouped } from './grouped';
import type { Finding } from './finding';
import { ticketChannels } from './ticket-channels';

const form = z.object({
  nonce: z.union([z.string(), z.number()]).optional(),
  content: z.string().optional(),
});

/** Every ticket's channel has one opening message, and nothing was said twice. */
export function checkMessages(evidence: Evidence): Finding {
  const defects: string[] = [];
  const posted = postedByBot(evidence);

  const openings = grouped(
    posted.filter(({ entry }) => /"custom_id":"1:case:/.test(JSON.stringify(entry.requestBody))),
    ({ channelId }) => channelId,
  );
  for (const { channelId, caseId, generation, stray, byHand } of ticketChannels(evidence)) {
    const count = new Set(openings.get(channelId)?.map(({ messageId }) => messageId)).size;
    if (count === 1 || stray || (count === 0 && byHand)) continue;
    defects.push(`${caseId}.${generation} has ${count} opening messages`);
  }

  const byNonce = grouped(
    posted.filter(({ nonce }) => nonce !== null),
    ({ channelId, nonce }) => `${channelId} ${nonce}`,
  );
  for (const same of byNonce.values()) {
    const ids = new Set(same.map(({ messageId }) => messageId));
    const [first] = same;
    if (ids.size > 1) defects.push(`said ${ids.size} times: ${first?.content ?? ''}`);
  }
  defects.push(...directMessagesOnce(evidence, posted));

  const distinct = new Set(posted.map(({ messageId }) => messageId));
  return {
    figures: [
      ['opening messages', openings.size],
      ['messages of the bot', distinct.size],
      ['of them posted, but reported as failed', spoilt(posted)],
    ],
    defects,
  };
}

interface Posted {
  readonly entry: RestEntry;
  readonly channelId: string;
  readonly messageId: string;
  readonly nonce: string | null;
  readonly content: string;
}

function postedByBot({ journal }: Evidence): Posted[] {
  const posted: Posted[] = [];
  for (const entry of journal) {
    if (entry.kind !== 'rest' || !entry.committed || entry.resultId === null) continue;
    if (entry.method !== 'POST' || entry.route !== '/channels/:channelId/messages') continue;
    const { nonce, content } = form.safeParse(entry.requestBody).data ?? {};
    posted.push({
      entry,
      channelId: entry.path.split('/')[2] ?? '',
      messageId: entry.resultId,
      nonce: nonce === undefined ? null : String(nonce),
      content: content ?? '',
    });
  }
  return posted;
}

/** An opener is told of a closing at most once. */
function directMessagesOnce({ cases, events }: Evidence, posted: readonly Posted[]): string[] {
  const defects: string[] = [];
  for (const { number, caseId } of cases) {
    const told = posted.filter(
      ({ nonce, content }) => nonce === null && content.startsWith(`Your ticket **#${number}** on`),
    );
    const closings = (events.get(caseId) ?? []).filter(({ type }) => type === 'closed').length;
    const count = new Set(told.map(({ messageId }) => messageId)).size;
    if (count > closings) {
      defects.push(`the opener of #${number} was told ${count} times of ${closings} closings`);
    }
  }
  return defects;
}

/** Messages that were posted although the bot was told otherwise, or nothing at all. */
function spoilt(posted: readonly Posted[]): number {
  return posted.filter(({ entry }) => entry.status === null || entry.status >= 400).length;
}
