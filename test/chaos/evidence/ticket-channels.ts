import { z } from 'zod';
import type { Evidence } from './evidence';

/** A channel that the bot made for a ticket. */
export interface TicketChannel {
  readonly channelId: string;
  readonly caseId: string;
  readonly generation: number;
  /** When the bot's request to delete it arrived, if there was one that took effect. */
  readonly deletedAt: number | null;
  /** Whether the bot deleted it as one too many. */
  readonly stray: boolean;
  readonly byHand: boolean;
}

const form = z.object({ topic: z.string() });

/** Every channel that was ever made for a ticket, from Discord's journal: its topic names the case. */
export function ticketChannels({
  journal,
  people,
}: Pick<Evidence, 'journal' | 'people'>): TicketChannel[] {
  const deletions = new Map<string, { at: number; reason: string }>();
  const channels: TicketChannel[] = [];
  for (const entry of journal) {
    if (entry.kind !== 'rest' || !entry.committed || entry.method !== 'DELETE') continue;
    if (entry.route !== '/channels/:channelId') continue;
    const channelId = entry.path.split('/').at(-1) ?? '';
    if (deletions.has(channelId)) continue;
    deletions.set(channelId, { at: entry.at - entry.ms, reason: entry.reason ?? '' });
  }
  for (const entry of journal) {
    if (entry.kind !== 'rest' || !entry.committed || entry.resultId === null) continue;
    if (entry.method !== 'POST' || entry.route !== '/guilds/:guildId/channels') continue;
    const topic = form.safeParse(entry.requestBody).data?.topic ?? '';
    const [, caseId, generation] = /(ticket-\d+)\.(\d+)/.exec(topic) ?? [];
    if (caseId === undefined) continue;
    const deletion = deletions.get(entry.resultId);
    channels.push({
      channelId: entry.resultId,
      caseId,
      generation: Number(generation),
      deletedAt: deletion?.at ?? null,
      stray: deletion?.reason === 'A second try',
      byHand: people.deletedByHand.has(entry.resultId),
    });
  }
  return channels;
}
