/** What starts an announcement. The web server, the other workflows and the tests import this file and nothing else of the workflow. */

export const ANNOUNCEMENT_WORKFLOW = 'announcementWorkflow';

/** A source as it stands in addresses and in the ids of workflows; both parts are without personal text. */
export const sourceKey = (guildId: string, sourceId: string): string => `${guildId}-${sourceId}`;

/** @returns the parts; `null` where it is none */
export function readSourceKey(
  key: string,
): { readonly guildId: string; readonly sourceId: string } | null {
  const [, guildId, sourceId] = /^(\d{1,20})-([a-z0-9][a-z0-9_-]{0,31})$/.exec(key) ?? [];
  return guildId === undefined || sourceId === undefined ? null : { guildId, sourceId };
}

/**
 * The same delivery is one piece of work, however often it comes. Start it with the reuse policy
 * REJECT_DUPLICATE: "already started" means that it was accepted before.
 */
export function announcementWorkflowId(input: AnnouncementInput): string {
  const id = `announcement-${sourceKey(input.guildId, input.sourceId)}-${input.deliveryId}`;
  return input.again === undefined ? id : `${id}-again-${input.again}`;
}

/** A reference: what was delivered is in the storage, not in the history. Search attributes at the start: guild, kind `announcement`. */
export interface AnnouncementInput {
  readonly guildId: string;
  readonly sourceId: string;
  /** As `Source.deliveryId` gives it. */
  readonly deliveryId: string;
  /** Where the delivery is kept as it came. */
  readonly storageKey: string;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** The interaction by which an administrator delivers it again; absent: it came from outside. */
  readonly again?: string;
}
