import type { z } from 'zod';
import type { ToldCommit } from './commits';
import { readAs, readJson } from './read';

/** How a service's answers about commits are read. All of it is pure, and nothing throws, whatever an answer holds. */
export interface CommitsApi {
  /** The media type that is asked for. */
  readonly accept: string;
  /**
   * @param address what was asked
   * @returns `null`: it is not what the service's documentation says
   */
  readonly read: (body: Buffer, address: string) => CommitsPage | null;
}

export interface CommitsPage {
  /** The newest first. */
  readonly commits: readonly ToldCommit[];
  /** The address at which there are older ones; `null`: nowhere. */
  readonly next: string | null;
  /** How many there are in all; `null`: the service does not say. */
  readonly total: number | null;
}

/** The most entries that the services put on a page. */
export const PAGE = 100;

/** @returns `null`: the answer is no JSON of this shape */
export function readPage<Schema extends z.ZodType>(
  schema: Schema,
  body: Buffer,
): z.output<Schema> | null {
  const json = readJson(body);
  const told = 'value' in json ? readAs(schema, json.value, {}) : json;
  return 'value' in told ? told.value : null;
}
