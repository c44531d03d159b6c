import { z } from 'zod';
import { sourceKey } from '../../../workflows/announcement/contract';
import type { AnnouncementReader, MadeSecret, SourceRecord } from '../../db/announcements';
import type { Logger } from '../../observability/logger';
import { SealError, type Seal } from '../../temporal/seal';
import { once } from '../../timing/once';
import { readBriefly } from '../cache/briefly';
import { boundSource, type BoundSource } from '../sources/bound';

/** For how long the sources are taken as they were read, in milliseconds. */
const KEPT_MS = 5_000;
/** The same for one that is not among them: it may have been added a moment ago. */
const MISSED_MS = 250;

/** A source that may deliver. */
export interface ConfiguredSource {
  readonly source: BoundSource;
  readonly record: SourceRecord;
  /** Those that are valid at an instant, the newest first; milliseconds since the epoch. */
  readonly secrets: (now: number) => readonly string[];
}

/** The sources of all guilds. */
export interface ConfiguredSources {
  /**
   * @param key as it stands in the address: `sourceKey`
   * @returns `null` where there is none
   * @throws DatabaseUnavailable
   */
  find(key: string): Promise<ConfiguredSource | null>;
}

export interface ConfiguredSourcesOptions {
  readonly reader: Pick<AnnouncementReader, 'sources'>;
  /** Secrets by the names of their environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Opens the secrets that we made. */
  readonly seal: Pick<Seal, 'open'>;
  readonly log: Logger;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The sources on record, with their secrets from the environment or the records. */
export function createConfiguredSources({
  reader,
  variables,
  seal,
  log,
  now,
}: ConfiguredSourcesOptions): ConfiguredSources {
  const open = ({ sealed }: MadeSecret): readonly string[] => {
    try {
      return [seal.open(sealed, z.string())];
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      log.error(
        { err: error },
        'The secret of a source cannot be opened; what it delivers is refused',
      );
      return [];
    }
  };
  const configured = (record: SourceRecord): ConfiguredSource => {
    const { settings, guildId } = record;
    const given = settings.secretVariables.flatMap((name) => variables[name] ?? []);
    const made = record.secrets.map((secret) => ({ ...secret, opened: once(() => open(secret)) }));
    return {
      source: boundSource(guildId, settings),
      record,
      secrets: (at) => [
        ...given,
        ...made
          .filter(({ validUntil }) => validUntil === null || at < validUntil)
          .flatMap(({ opened }) => opened()),
      ],
    };
  };
  const all = readBriefly(async () => {
    const records = await reader.sources();
    return new Map(
      records.map((record) => [
        sourceKey(record.guildId, record.settings.id),
        once(() => configured(record)),
      ]),
    );
  }, now);
  return {
    async find(key) {
      const found = (await all.get(KEPT_MS)).get(key) ?? (await all.get(MISSED_MS)).get(key);
      return found?.() ?? null;
    },
  };
}
