import { DEMO, type Person } from '../../../sandbox';
import type { CaseStatus } from '../../../src/domain/cases/case';
import { untilTrue } from '../../integration/castellan-process';
import { giveCommand } from '../people/manage';
import { openTicket, type Ticket } from '../people/open';
import type { Trial } from '../trial';

/** How long something may take that a killed process was in the middle of, in milliseconds. */
const RECOVERED_MS = 120_000;

/** A ticket with its opener and at least one message. */
export interface Scene {
  readonly opener: Person;
  readonly ticket: Ticket;
}

/** Somebody opens a ticket and writes in it. */
export async function openScene(trial: Trial, name: string): Promise<Scene> {
  const opener = trial.driver.person(name);
  const ticket = await openTicket(trial.driver, trial.people, opener, {
    category: 'quick',
    way: 'command',
    subject: '',
  });
  await trial.people.write(opener, ticket.channelId, `${name} has a question`);
  return { opener, ticket };
}

/** The opener closes the ticket; resolves when that was said to be under way. */
export async function close(trial: Trial, { opener, ticket }: Scene): Promise<void> {
  const wish = { command: 'close', place: 'own command', note: '' } as const;
  const outcome = await giveCommand(trial.people, opener, ticket, wish);
  if (outcome !== 'done') throw new Error(`#${ticket.number} could not be closed: ${outcome}`);
}

/** Waits until the records say that the ticket is closed. */
export function untilClosed(trial: Trial, scene: Scene): Promise<void> {
  return untilStatus(trial, scene, 'closed');
}

/** Waits until the records say how the ticket stands. */
export async function untilStatus(
  trial: Trial,
  { ticket }: Scene,
  status: CaseStatus,
): Promise<void> {
  await untilTrue(
    `#${ticket.number} to be ${status}`,
    async () => (await statusOf(trial, ticket)) === status,
    RECOVERED_MS,
  );
}

/** The status in the records; undefined while Postgres does not answer. */
export async function statusOf(trial: Trial, ticket: Ticket): Promise<string | undefined> {
  const rows = await trial.castle
    .query<{ status: string }>('select status from cases where id = $1', [ticket.caseId])
    .catch(() => []);
  return rows[0]?.status;
}

export async function hasChannel(trial: Trial, { channelId }: Ticket): Promise<boolean> {
  const { channels } = await trial.driver.guild();
  return channels.some(({ id }) => id === channelId);
}

/** Waits until the staff's log says something about the ticket. */
export async function untilStaffKnow(trial: Trial, ticket: Ticket, words: RegExp): Promise<void> {
  await trial.driver.waitFor(
    async (driver) =>
      (await driver.messages(DEMO.channels.deskLog)).some(
        ({ content }) => content.includes(`**#${ticket.number}**`) && words.test(content),
      ),
    RECOVERED_MS,
    `staff to be told of #${ticket.number}`,
  );
}

/** Deletes the ticket's channel by hand, as an administrator can. */
export async function deleteByHand(trial: Trial, { channelId }: Ticket): Promise<void> {
  trial.people.deletedByHand.add(channelId);
  await trial.driver.person('ada').deleteChannel(channelId);
}
