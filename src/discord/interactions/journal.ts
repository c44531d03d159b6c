import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { APIInteraction } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Logger } from '../../observability/logger';
import type { Seal } from '../../temporal/seal';
import { createdAt } from '../snowflake';

/**
 * The interactions that are being answered, in a file that outlives the process. Discord replays what a
 * process that died had not finished, but only of the session that goes on: of one that it has given up
 * meanwhile nobody but this file knows who still looks at a "thinking …".
 */
export interface InteractionJournal {
  /** Whether it was answered to the end, by whatever process; known for as long as it can be told again. */
  answered(interactionId: string): boolean;
  /** Notes an interaction before anything is said about it. @returns to be called once it was answered */
  begin(interaction: APIInteraction): () => void;
  /** What earlier processes left unanswered and has not been begun again since; each is given out once. */
  takeLeftovers(): APIInteraction[];
  close(): void;
}

/** An interaction's token is of no use after 15 minutes; a minute is kept for the answer itself. */
const USABLE_MS = 14 * 60_000;
/** The file is emptied when nothing is under way and it has grown to this size. */
const MOST_BYTES = 256 * 1_024;

const line = z.union([
  z.object({ begun: z.string(), sealed: z.string() }),
  z.object({ done: z.string() }),
]);

/**
 * The file `interactions.ndjson` in the data directory. Interactions are sealed in it: they hold people's words
 * and the tokens with which they are answered. Writing goes to the system at once, which a process that is
 * killed survives; that the machine itself dies is left to Discord's replay.
 */
export function openInteractionJournal(options: {
  readonly dataDir: string;
  readonly seal: Seal;
  readonly now: () => number;
  readonly log: Logger;
}): InteractionJournal {
  const { dataDir, seal, now, log } = options;
  const path = join(dataDir, 'interactions.ndjson');
  let file: number | undefined;
  let text = '';
  try {
    mkdirSync(dataDir, { recursive: true });
    file = openSync(path, 'a+', 0o600);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    log.warn({ err: error, path }, 'interactions cannot be noted; they are answered all the same');
  }
  const { leftovers, answered } = read(text, seal, log);
  const underWay = new Set<string>();
  let bytes = Buffer.byteLength(text);

  const write = (entry: z.infer<typeof line>): void => {
    if (file === undefined) return;
    try {
      bytes += writeSync(file, `${JSON.stringify(entry)}\n`);
    } catch (error) {
      log.warn(
        { err: error, path },
        'an interaction could not be noted; it is answered all the same',
      );
    }
  };
  const compact = (): void => {
    if (file === undefined || bytes < MOST_BYTES) return;
    if (underWay.size > 0 || leftovers.size > 0) return;
    ftruncateSync(file);
    bytes = 0;
    const oldest = now() - USABLE_MS;
    for (const id of answered) {
      if (createdAt(id) < oldest) answered.delete(id);
      else write({ done: id });
    }
  };

  return {
    answered: (id) => answered.has(id),
    begin(interaction) {
      const { id } = interaction;
      leftovers.delete(id);
      underWay.add(id);
      write({ begun: id, sealed: seal.seal(interaction) });
      return () => {
        if (!underWay.delete(id)) return;
        answered.add(id);
        write({ done: id });
        compact();
      };
    },
    takeLeftovers() {
      const oldest = now() - USABLE_MS;
      const left = [...leftovers.values()];
      leftovers.clear();
      for (const { id } of left) if (createdAt(id) < oldest) write({ done: id });
      return left.filter(({ id }) => createdAt(id) >= oldest);
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

/**
 * The same dispatch, with each interaction in the journal for as long as answering it takes. One that comes
 * again after it was answered is passed over: what was said must stay true.
 */
export function noted(
  journal: Pick<InteractionJournal, 'answered' | 'begin'>,
  dispatch: (interaction: APIInteraction) => Promise<void>,
): (interaction: APIInteraction) => Promise<void> {
  return async (asked) => {
    if (journal.answered(asked.id)) return;
    const done = journal.begin(asked);
    await dispatch(asked);
    done();
  };
}

interface Noted {
  /** Begun and not finished. */
  readonly leftovers: Map<string, APIInteraction>;
  readonly answered: Set<string>;
}

/** A line that was cut off by a kill says nothing. */
function read(text: string, seal: Seal, log: Logger): Noted {
  const begun = new Map<string, string>();
  const answered = new Set<string>();
  for (const written of text.split('\n')) {
    const entry = line.safeParse(parsed(written));
    if (!entry.success) continue;
    if ('done' in entry.data) {
      answered.add(entry.data.done);
      begun.delete(entry.data.done);
    } else begun.set(entry.data.begun, entry.data.sealed);
  }
  const leftovers = new Map<string, APIInteraction>();
  for (const [id, sealed] of begun) {
    try {
      leftovers.set(id, seal.open(sealed, interaction));
    } catch (error) {
      log.debug({ err: error }, 'a noted interaction cannot be read; another key sealed it');
    }
  }
  return { leftovers, answered };
}

/** It was Discord's when it was sealed; only what would make us fail early is looked at. */
const interaction = z.custom<APIInteraction>(
  (value) =>
    z.object({ id: z.string(), token: z.string(), type: z.number() }).safeParse(value).success,
);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
