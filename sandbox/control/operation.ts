import type { z } from 'zod';
import type { LocalServer } from '../server/local-server';

/** The driver's connection, over which it is told of what it watches. */
export interface Link {
  /** From now on, every change of this interaction is told. */
  watchInteraction(id: string): void;
  /** From now on (or no longer), every journal entry is told. */
  watchJournal(on: boolean): void;
}

/** Something that the driver can ask for: the form of what it sends, and what is then done. */
export interface Operation<Form extends z.ZodType, Output> {
  form: Form;
  run: (server: LocalServer, input: z.output<Form>, link: Link) => Output;
}

/** Puts an operation's form and its deed together. */
export function operation<Form extends z.ZodType, Output>(
  form: Form,
  run: (server: LocalServer, input: z.output<Form>, link: Link) => Output,
): Operation<Form, Output> {
  return { form, run };
}
