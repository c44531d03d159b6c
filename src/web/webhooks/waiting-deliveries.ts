import { z } from 'zod';
import type { Logger } from '../../observability/logger';
import type { ObjectStorage } from '../../storage/storage';
import { nowAndAgain } from '../../timing/now-and-again';
import { sourceKey, type AnnouncementInput } from '../../../workflows/announcement/contract';
import type { Announcements } from './announcements';

export interface WaitingDeliveriesOptions {
  readonly storage: Pick<ObjectStorage, 'put' | 'get' | 'list' | 'delete'>;
  readonly announcements: Pick<Announcements, 'announce'>;
  readonly log: Logger;
}

const PREFIX = 'waiting/';
/** Whoever waits for an answer goes first: these had theirs. */
const AT_ONCE = 8;
const LOOK_EVERY_MS = 5_000;

const input = z.object({
  guildId: z.string(),
  sourceId: z.string(),
  deliveryId: z.string(),
  storageKey: z.string(),
  bytes: z.number(),
  receivedAt: z.number(),
});

/**
 * Genuine deliveries whose workflow could not be started. Their service was asked to deliver again, but GitHub,
 * GitLab and others never do by themselves; so they wait in the storage, in the order in which they came, until
 * Temporal can be reached. What a service delivers again meanwhile is the same piece of work.
 */
export class WaitingDeliveries {
  constructor(private readonly options: WaitingDeliveriesOptions) {}

  /** Once it returns, the delivery is taken up sooner or later. @throws what the storage throws */
  async add(delivery: AnnouncementInput): Promise<void> {
    const { receivedAt, deliveryId } = delivery;
    const key = `${PREFIX}${String(receivedAt).padStart(15, '0')}-${sourceKey(delivery.guildId, delivery.sourceId)}-${deliveryId}`;
    await this.options.storage.put(key, Buffer.from(JSON.stringify(delivery)), {
      contentType: 'application/json',
    });
  }

  /** Takes up what waits, now and again, until the signal is aborted. */
  follow(signal: AbortSignal): void {
    const look = (): Promise<void> =>
      this.takeUp().catch((error: unknown) => {
        this.options.log.debug({ err: error }, 'Deliveries still wait');
      });
    nowAndAgain(LOOK_EVERY_MS, look, signal);
  }

  /** Starts the workflow of each that waits. @throws WorkflowsUnreachable, or what the storage throws; the rest waits on */
  async takeUp(): Promise<void> {
    const { storage, log } = this.options;
    const keys = await storage.list(PREFIX);
    if (keys.length === 0) return;
    let count = 0;
    const waiting = keys.values();
    const takeNext = async (): Promise<void> => {
      for (const key of waiting) {
        await this.#takeUp(key);
        count += 1;
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, takeNext));
    if (count > 0) log.info({ count }, 'Deliveries that waited for Temporal were taken up');
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  async #takeUp(key: string): Promise<void> {
    const { storage, announcements, log } = this.options;
    const bytes = await storage.get(key);
    // Another web server was quicker.
    if (bytes === null) return;
    const delivery = read(bytes);
    if (delivery === null) log.error({ key }, 'What waits there is no delivery; it is removed');
    else await announcements.announce(delivery);
    await storage.delete(key);
  }
}

function read(bytes: Buffer): AnnouncementInput | null {
  try {
    return input.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return null;
  }
}
