import type { InteractionHandle, Person } from '../../../sandbox';
import type { PersonCommandType } from '../../../src/domain/cases/commands';
import { meaningOf, type Meaning } from './answers';

/** Somebody asked for something. */
export interface Asked {
  readonly handle: InteractionHandle;
  readonly personId: string;
  /** What it was, for messages of failures. */
  readonly what: string;
  /** What the person was told at last, as far as they waited for it; `silent`: Discord said that nobody answered. */
  told: Meaning['kind'] | 'silent' | 'nothing';
}

/** A command of which a person was told that it was carried out. */
export interface Done {
  readonly caseId: string;
  readonly command: PersonCommandType;
  readonly personId: string;
}

/** A message that somebody wrote into a ticket. */
export interface Written {
  readonly messageId: string;
  readonly channelId: string;
  readonly authorId: string;
  readonly content: string;
}

/** What people did and were told, as they remember it: the measure of what the product did. */
export class PeopleRecord {
  readonly asked: Asked[] = [];
  readonly done: Done[] = [];
  readonly written: Written[] = [];
  /** Channels that a person deleted by hand. */
  readonly deletedByHand = new Set<string>();

  /** Remembers that somebody asked for something. */
  async ask(person: Person, what: string, send: () => Promise<InteractionHandle>): Promise<Asked> {
    const asked: Asked = { handle: await send(), personId: person.id, what, told: 'nothing' };
    this.asked.push(asked);
    return asked;
  }

  /**
   * Waits for the answer as a person does.
   *
   * @param waits whether a meaning is not the last word yet
   * @param patienceMs for how long; after that, what is shown then counts
   */
  async answer(
    asked: Asked,
    patienceMs: number,
    waits: (meaning: Meaning) => boolean = () => false,
  ): Promise<Meaning | { readonly kind: 'silent' | 'nothing' }> {
    const { handle } = asked;
    try {
      const reply = await handle.settled((shown) => !waits(meaningOf(shown)), patienceMs);
      const meaning = meaningOf(reply);
      asked.told = meaning.kind;
      return meaning;
    } catch {
      const { status, reply, loading } = handle.state;
      if (status === 'failed') asked.told = 'silent';
      else if (reply !== null && !loading) asked.told = meaningOf(reply).kind;
      return asked.told === 'silent' || reply === null || loading
        ? { kind: asked.told === 'silent' ? 'silent' : 'nothing' }
        : meaningOf(reply);
    }
  }

  /** Writes a message into a ticket; false if that is not possible (any more). */
  async write(person: Person, channelId: string, content: string): Promise<boolean> {
    try {
      const { id } = await person.write(channelId, content);
      this.written.push({ messageId: id, channelId, authorId: person.id, content });
      return true;
    } catch {
      return false;
    }
  }
}
