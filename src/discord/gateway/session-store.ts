import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Logger } from '../../observability/logger';

/** What is needed to resume a gateway session where the events were last handled. */
export interface StoredSession {
  readonly applicationId: string;
  readonly sessionId: string;
  readonly resumeUrl: string;
  /** Every event up to this one was handled. */
  readonly sequence: number;
}

/** Keeps the session in a file, so that it outlives the process. */
export interface SessionStore {
  /** @returns the session that an earlier process left behind; `null` if none fits */
  load(): Promise<StoredSession | null>;
  /** Writes soon; of many calls only the newest counts. `null`: there is no session any more. */
  save(session: StoredSession | null): void;
  /** Resolves when everything that was saved is in the file. */
  flush(): Promise<void>;
}

const schema = z.object({
  bot: z.string(),
  session: z
    .object({
      applicationId: z.string(),
      sessionId: z.string(),
      resumeUrl: z.url({ protocol: /^wss?$/ }),
      sequence: z.int().nonnegative(),
    })
    .nullable(),
});

export interface SessionStoreOptions {
  readonly dataDir: string;
  /** Whose session it is: another bot, or another Discord, must not resume it. */
  readonly token: string;
  readonly apiUrl: string;
  readonly log: Logger;
  /** How long writes may be gathered, in milliseconds. */
  readonly delayMs?: number;
}

/** The file `gateway-session.json` in the data directory. It holds no token. */
export function createSessionStore(options: SessionStoreOptions): SessionStore {
  const { dataDir, log, delayMs = 50 } = options;
  const path = join(dataDir, 'gateway-session.json');
  const bot = createHash('sha256')
    .update(`${options.apiUrl}\n${options.token}`)
    .digest('base64url')
    .slice(0, 22);

  let unwritten: { readonly session: StoredSession | null } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(async () => {
      if (unwritten === undefined) return;
      const { session } = unwritten;
      unwritten = undefined;
      try {
        await mkdir(dirname(path), { recursive: true });
        // Whoever reads sees the old text or the new one, never a part.
        await writeFile(`${path}.new`, JSON.stringify({ bot, session }), { mode: 0o600 });
        await rename(`${path}.new`, path);
      } catch (error) {
        log.warn({ err: error, path }, 'the place in the gateway session could not be written');
      }
    });
    return writing;
  };

  return {
    async load() {
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        log.warn({ err: error, path }, 'the place in the gateway session could not be read');
        return null;
      }
      const stored = parse(text);
      return stored?.bot === bot ? stored.session : null;
    },
    save(session) {
      unwritten = { session };
      timer ??= setTimeout(() => void write(), delayMs);
    },
    async flush() {
      await write();
    },
  };
}

/** A file that says nothing useful is the same as none: Discord then begins a new session. */
function parse(text: string): z.infer<typeof schema> | null {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
