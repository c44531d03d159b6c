import { z } from 'zod';
import { DriverError, type InteractionHandle, type Person } from '../../../sandbox';
import type { PersonCommandType } from '../../../src/domain/cases/commands';
import { formOf, type Ticket } from './open';
import { beforeAgain, PATIENCE } from './patience';
import type { Asked, PeopleRecord } from './record';

const LABELS: Readonly<Record<PersonCommandType, string>> = {
  claim: 'Claim',
  release: 'Release',
  raise: 'Raise',
  resolve: 'Resolve',
  close: 'Close',
  reopen: 'Reopen',
};

/** Discord's code. Whoever is to be let into a channel, but is not yet, gets another one (50001). */
const UNKNOWN_CHANNEL = 10_003;

/** How often somebody looks for a button that is not there. */
const LOOKS = 8;

/** What came of something that somebody wanted: it was carried out, it cannot be, or the channel is gone. */
export type Outcome = 'done' | 'refused' | 'gone';

/** Where somebody gives a command: on the card in the ticket's channel, or in the view of the case. */
export type Place = 'channel' | 'staff view' | 'own view' | 'own command';

export interface Wish {
  readonly command: PersonCommandType;
  readonly place: Place;
  /** What is written into the form, where there is one. */
  readonly note: string;
}

/**
 * Gives a command as a person does, again and again while the answer asks for that.
 *
 * @throws Error when nothing came of it however often it was tried
 */
export async function giveCommand(
  record: PeopleRecord,
  person: Person,
  ticket: Ticket,
  wish: Wish,
): Promise<Outcome> {
  let doubted = false;
  let absent = 0;
  const met: string[] = [];
  const { command } = wish;
  for (let attempt = 0; attempt < PATIENCE.tries; attempt += 1) {
    const asked = await ask(record, person, ticket, wish);
    if (asked === 'gone') return doubted ? 'refused' : 'gone';
    if (typeof asked === 'object') {
      const answer = await answerOrNoChannel(record, person, ticket, wish, asked);
      if (answer === 'gone') return 'gone';
      if (answer.kind === 'done') {
        record.done.push({
          caseId: ticket.caseId,
          command,
          personId: person.id,
        });
        return 'done';
      }
      if (answer.kind === 'refused') return 'refused';
      doubted ||= answer.kind === 'uncertain';
      met.push(answer.kind);
    } else {
      met.push(asked);
      if (asked === 'no button') absent += 1;
      // The ticket shows that something else happened, or that an earlier try did it after all.
      if (absent > LOOKS && command !== 'close') return 'refused';
    }
    await beforeAgain(attempt);
  }
  throw new Error(
    `${person.name} could not ${command} #${ticket.number} (${wish.place}): ${met.join(', ')}.`,
  );
}

/** Waits for the answer; what was asked for in a channel that goes away is answered by that. */
async function answerOrNoChannel(
  record: PeopleRecord,
  person: Person,
  ticket: Ticket,
  { place }: Wish,
  asked: Asked,
): Promise<Awaited<ReturnType<PeopleRecord['answer']>> | 'gone'> {
  if (place !== 'channel') return record.answer(asked, PATIENCE.answer);
  const until = performance.now() + PATIENCE.answer;
  for (;;) {
    const answer = await record.answer(asked, PATIENCE.glance);
    if (answer.kind !== 'nothing' || performance.now() > until) return answer;
    if (await isGone(person, ticket)) return 'gone';
  }
}

async function isGone(person: Person, { channelId }: Ticket): Promise<boolean> {
  return person.see(channelId, { limit: 1 }).then(
    () => false,
    (error: unknown) => error instanceof DriverError && error.code === UNKNOWN_CHANNEL,
  );
}

/** @returns what was in the way, where nothing could be asked for */
async function ask(
  record: PeopleRecord,
  person: Person,
  ticket: Ticket,
  { command, place, note }: Wish,
): Promise<Asked | 'gone' | 'no button' | 'no answer' | `Discord's ${string}`> {
  const what = `${command} #${ticket.number} (${place})`;
  const send = (begin: () => Promise<InteractionHandle>): Promise<Asked> =>
    record.ask(person, what, begin);
  try {
    if (place === 'own command') {
      return await send(() =>
        person.runCommand('ticket close', { number: ticket.number, reason: note }),
      );
    }
    const shown = await messageWithButton(record, person, ticket, place, LABELS[command]);
    if (typeof shown === 'string') return shown;
    const pressed = await send(() => person.click(shown, LABELS[command]));
    if (command !== 'resolve' && command !== 'close') return pressed;
    const form = await formOf(record, pressed);
    return form === null ? 'no answer' : await send(() => person.submitModal(form, { note }));
  } catch (error) {
    if (!(error instanceof DriverError)) throw error;
    return error.code === UNKNOWN_CHANNEL ? 'gone' : `Discord's ${String(error.code)}`;
  }
}

async function messageWithButton(
  record: PeopleRecord,
  person: Person,
  ticket: Ticket,
  place: Exclude<Place, 'own command'>,
  label: string,
): Promise<{ id: string } | 'no button' | 'no answer'> {
  if (place === 'channel') {
    const messages = await person.see(ticket.channelId, { limit: 100 });
    return messages.find((message) => hasButton(message.components, label)) ?? 'no button';
  }
  const command = place === 'staff view' ? 'staff case' : 'ticket view';
  const asked = await record.ask(person, `/${command} ${ticket.number}`, () =>
    person.runCommand(command, { number: ticket.number }),
  );
  const answer = await record.answer(asked, PATIENCE.answer);
  const { reply } = asked.handle.state;
  if (answer.kind !== 'shown' || reply === null) return 'no answer';
  return hasButton(reply.components, label) ? reply : 'no button';
}

const rows = z.array(
  z.object({
    components: z
      .array(z.object({ label: z.string().optional(), disabled: z.boolean().optional() }))
      .default([]),
  }),
);

function hasButton(components: unknown, label: string): boolean {
  const found = rows.safeParse(components ?? []);
  return (
    found.success &&
    found.data.some((row) =>
      row.components.some((one) => one.label === label && one.disabled !== true),
    )
  );
}
