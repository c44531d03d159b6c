import { LRUCache } from 'lru-cache';
import type { PendingRegistration, RegistrationsReader } from '../../db/registration';
import { EDITIONS, type Edition } from '../../domain/registration/account';
import { nameKey } from '../../domain/registration/name';

/** So many names of one edition are told to a guild's servers at most. */
const MOST_NAMES = 2_000;
const PAGE = 500;
const MOST_GUILDS = 500;

/** A name that somebody registers. */
export interface PendingName {
  readonly edition: Edition;
  readonly name: string;
  /** When its newest code is worth nothing any more; milliseconds since the epoch. */
  readonly endsAt: number;
}

/** The names that a guild's servers watch for. */
export interface PendingNames {
  /** Another one as soon as anything changed. */
  readonly version: string;
  readonly names: readonly PendingName[];
}

type Reader = Pick<RegistrationsReader, 'pending' | 'pendingVersions'>;

/**
 * Reads the names that a guild's servers watch for. As long as nothing changed, that is one small question
 * to the database.
 *
 * @returns a function of the guild's id, which throws DatabaseUnavailable
 */
export function pendingNames(reader: Reader): (guildId: string) => Promise<PendingNames> {
  const read = new LRUCache<string, PendingNames>({ max: MOST_GUILDS });
  return async (guildId) => {
    const versions = await reader.pendingVersions(
      EDITIONS.map((edition) => ({ guildId, edition })),
    );
    const known = read.get(guildId);
    if (known?.version === versionOf(versions)) return known;
    const lists = await Promise.all(EDITIONS.map((edition) => namesOf(reader, guildId, edition)));
    const fresh = {
      version: versionOf(lists.map(({ version }) => version)),
      names: lists.flatMap(({ names }) => names),
    };
    read.set(guildId, fresh);
    return fresh;
  };
}

const versionOf = (versions: readonly number[]): string => versions.join('.');

async function namesOf(
  reader: Reader,
  guildId: string,
  edition: Edition,
): Promise<{ readonly version: number; readonly names: readonly PendingName[] }> {
  const names = new Map<string, PendingName>();
  let after: PendingRegistration | undefined;
  let version: number | undefined;
  for (;;) {
    const page = await reader.pending({ guildId, edition, limit: PAGE, ...(after && { after }) });
    // That of the first page: what changes while the others are read makes another one.
    version ??= page.version;
    for (const registration of page.registrations) add(names, registration);
    after = page.registrations.at(-1);
    if (!page.more || after === undefined || names.size >= MOST_NAMES) break;
  }
  return { version, names: [...names.values()].slice(0, MOST_NAMES) };
}

/** That several users register the same name is nothing that a server needs to know. */
function add(
  names: Map<string, PendingName>,
  { edition, name, endsAt }: PendingRegistration,
): void {
  const key = nameKey(edition, name);
  const other = names.get(key);
  if (other === undefined || other.endsAt < endsAt) names.set(key, { edition, name, endsAt });
}
