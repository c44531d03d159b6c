import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from '../../../sandbox';
import type { Chance } from '../chance';
import { beforeAgain, PATIENCE } from '../people/patience';
import type { PeopleRecord } from '../people/record';

/** It is as it was wished, by this try or by an earlier one. */
const AS_WISHED =
  /^✅|belonged to <@\d+> already|no such account|not among your accounts|belongs to nobody/u;

export interface ChangeOptions {
  readonly record: PeopleRecord;
  readonly staff: Person;
  readonly person: Person;
  readonly name: string;
}

/** Staff link a name to somebody. */
export function link({ record, staff, person, name }: ChangeOptions): Promise<void> {
  return insist(record, staff, `/account link ${name}`, () =>
    staff.runCommand('account link', { user: person, name, reason: 'Known for years' }),
  );
}

/** Staff take a name from whoever has it. */
export function unlink({ record, staff, name }: Omit<ChangeOptions, 'person'>): Promise<void> {
  return insist(record, staff, `/account unlink ${name}`, () =>
    staff.runCommand('account unlink', { name, reason: 'Asked for it' }),
  );
}

/** Somebody gives a name up. */
export function unregister({ record, person, name }: Omit<ChangeOptions, 'staff'>): Promise<void> {
  return insist(record, person, `/unregister ${name}`, () =>
    person.runCommand('unregister', { name }),
  );
}

/** A name is linked and unlinked again and again. */
export async function linkAndUnlink(
  options: ChangeOptions,
  chance: Chance,
  { changes, longestPauseMs }: { readonly changes: number; readonly longestPauseMs: number },
): Promise<void> {
  for (let change = 0; change < changes; change += 1) {
    await pause(chance.between(50, longestPauseMs));
    if (change % 2 === 0) await link(options);
    else if (chance.happens(0.4)) await unregister(options);
    else await unlink(options);
  }
}

/** @throws Error when nothing came of it however often it was tried */
async function insist(
  record: PeopleRecord,
  by: Person,
  what: string,
  send: Parameters<PeopleRecord['ask']>[2],
): Promise<void> {
  for (let attempt = 0; attempt < PATIENCE.tries; attempt += 1) {
    const asked = await record.ask(by, what, send);
    const waits = ['kept', 'uncertain'];
    await record.answer(asked, PATIENCE.answer, ({ kind }) => waits.includes(kind));
    const { reply, loading } = asked.handle.state;
    if (reply !== null && !loading && AS_WISHED.test(reply.content)) return;
    await beforeAgain(attempt);
  }
  throw new Error(`${by.name} did not get through with ${what}.`);
}
