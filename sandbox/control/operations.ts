import type { z } from 'zod';
import type { LocalServer } from '../server/local-server';
import type { Link } from './operation';
import { peopleOperations } from './people-operations';
import { worldOperations } from './world-operations';

/** Everything that the driver can ask for, by its name. */
const operations = { ...peopleOperations, ...worldOperations };

type Operations = typeof operations;
export type OperationName = keyof Operations;

/** What an operation takes. */
export type InputOf<Name extends OperationName> = z.input<Operations[Name]['form']>;
/** What an operation gives. */
export type OutputOf<Name extends OperationName> = ReturnType<Operations[Name]['run']>;

type Runner = (server: LocalServer, input: unknown, link: Link) => unknown;

const runners = new Map<string, Runner>(
  Object.entries(operations).map(([name, { form, run }]) => {
    // The compiler cannot see that a form and its deed belong together; `operation` has checked it.
    const deed = run as (server: LocalServer, input: unknown, link: Link) => unknown;
    return [name, (server, input, link) => deed(server, form.parse(input ?? {}), link)];
  }),
);

/** Parses the input and runs the operation of that name; undefined if there is none. */
export function runnerOf(name: string): Runner | undefined {
  return runners.get(name);
}
