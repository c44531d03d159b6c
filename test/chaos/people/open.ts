import { DEMO, type OpenModal, type Person } from '../../../sandbox';
import type { Driver } from '../../../sandbox';
import { ticketWorkflowId } from '../../../workflows/ticket/contract';
import type { Meaning } from './answers';
import { beforeAgain, PATIENCE } from './patience';
import type { Asked, PeopleRecord } from './record';

/** A ticket as its opener knows it. */
export interface Ticket {
  readonly caseId: string;
  readonly number: number;
  readonly channelId: string;
}

export type CategoryId = 'support' | 'quick' | 'final';

/** How somebody opens a ticket. */
export interface OpeningWish {
  readonly category: CategoryId;
  readonly way: 'command' | 'panel';
  /** What is written into the form. */
  readonly subject: string;
}

const TITLES: Readonly<Record<CategoryId, string>> = {
  support: 'Support',
  quick: 'Quick question',
  final: 'Final word',
};

/**
 * Opens a ticket as a person does: who is told to try again does, who is told to wait waits, who is
 * left in doubt looks for a while and then tries again.
 *
 * @throws Error when nothing came of it however often it was tried
 */
export async function openTicket(
  driver: Driver,
  record: PeopleRecord,
  person: Person,
  wish: OpeningWish,
): Promise<Ticket> {
  for (let attempt = 0; attempt < PATIENCE.tries; attempt += 1) {
    const asked = await askForTicket(driver, record, person, wish);
    if (asked !== null) {
      let answer = await record.answer(asked, PATIENCE.answer);
      if (answer.kind === 'kept') {
        answer = await record.answer(asked, PATIENCE.promised, ({ kind }) => kind === 'kept');
      } else if (answer.kind === 'uncertain') {
        answer = await record.answer(asked, PATIENCE.doubt, ({ kind }) => kind === 'uncertain');
      }
      if (answer.kind === 'opened') return ticketOf(asked, answer);
    }
    await beforeAgain(attempt);
  }
  throw new Error(`${person.name} could not open a ticket (${wish.category}).`);
}

function ticketOf(asked: Asked, { number, channelId }: Meaning & { kind: 'opened' }): Ticket {
  return { caseId: ticketWorkflowId(asked.handle.id), number, channelId };
}

/** @returns the interaction that asks for the ticket; `null` if it did not come to that */
async function askForTicket(
  driver: Driver,
  record: PeopleRecord,
  person: Person,
  wish: OpeningWish,
): Promise<Asked | null> {
  const begin = async (): Promise<Asked> => {
    if (wish.way === 'command') {
      return record.ask(person, `/ticket open ${wish.category}`, () =>
        person.runCommand('ticket open', { category: wish.category }),
      );
    }
    const panel = await panelMessage(driver);
    return record.ask(person, `panel ${wish.category}`, () =>
      person.click(panel, TITLES[wish.category]),
    );
  };
  const first = await begin();
  if (wish.category !== 'support') return first;
  const form = await formOf(record, first);
  if (form === null) return null;
  return record.ask(person, `form ${wish.category}`, () =>
    person.submitModal(form, { subject: wish.subject }),
  );
}

/** @returns the form that is shown; `null` if the person read something else */
export async function formOf(record: PeopleRecord, asked: Asked): Promise<OpenModal | null> {
  try {
    const form = await asked.handle.modal(PATIENCE.answer);
    asked.told = 'shown';
    return form;
  } catch {
    await record.answer(asked, PATIENCE.answer);
    return null;
  }
}

async function panelMessage(driver: Driver): Promise<{ id: string }> {
  const messages = await driver.messages(DEMO.channels.support);
  const panel = messages.find(({ components }) => components.length > 0);
  if (panel === undefined) throw new Error('No panel was posted.');
  return panel;
}
