import type { AnnouncementInput } from '../../../workflows/announcement/contract';
import type { HubQuestion } from '../../../workflows/subscription/contract';
import type { Refusal } from '../sources/source';

/** A source as workflows name it. */
export interface SourcePlace {
  readonly guildId: string;
  readonly sourceId: string;
}

/** What was refused at a source's address since the last time it was told. */
export interface Refused {
  readonly reason: Refusal | 'malformed';
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The webhook routes' way to the workflows. */
export interface Announcements {
  /**
   * Starts what becomes of a delivery.
   *
   * @returns `repeated`: it was accepted before, and nothing is started
   * @throws WorkflowsUnreachable also when too many are about to start
   */
  announce(input: AnnouncementInput): Promise<'accepted' | 'repeated'>;
  /** Tells the source's keeper. @throws WorkflowsUnreachable */
  refused(source: SourcePlace, refused: Refused): Promise<void>;
  /** The service will send nothing more. @throws WorkflowsUnreachable */
  revoked(
    source: SourcePlace,
    revocation: { readonly reason: string; readonly at: number },
  ): Promise<void>;
  /** A hub asked, and was answered as it was expected. @throws WorkflowsUnreachable */
  hubAsked(source: SourcePlace, question: HubQuestion): Promise<void>;
}
