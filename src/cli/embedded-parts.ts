import { defaultDiscordApiUrl, requireDatabase, type Environment } from '../config/environment';
import { ensureSecretKey } from '../config/secret-key';
import { embeddedDiscord, type EmbeddedDiscordProgram } from './embedded/local-discord';
import { embeddedPostgres } from './embedded/postgres';
import { embeddedTemporal } from './embedded/temporal';
import type { RunRecord } from './supervision/run-record';
import type { ProcessPlan } from './supervision/supervisor';

/** The stand-ins for what the environment does not name, and how everything is reached. */
export interface EmbeddedParts {
  readonly plans: readonly ProcessPlan[];
  /** What the product's processes are told, secrets included. Known once the plans are ready. */
  variables(): Record<string, string>;
  /** How the stand-ins are reached, for the run's record: no secret but those of the stand-ins. */
  addresses(): Record<string, string>;
  /** What a person wants to open. */
  shownAddresses(): Record<string, string>;
  databaseUrl(): string;
}

/** Plans a stand-in for each of PostgreSQL, Temporal and Discord that the environment lacks. */
export function embeddedParts(dependencies: {
  readonly environment: Environment;
  readonly record: RunRecord;
  readonly takenPorts: Set<number>;
  readonly discordProgram: EmbeddedDiscordProgram;
  readonly onDiscordChange: () => void;
}): EmbeddedParts {
  const { environment, record, takenPorts, discordProgram, onDiscordChange } = dependencies;
  const { dataDir } = environment;
  const postgres =
    environment.databaseUrl === undefined
      ? embeddedPostgres({ dataDir, record, takenPorts })
      : undefined;
  const temporal = environment.temporal
    ? undefined
    : embeddedTemporal({ environment, record, takenPorts });
  const discord = environment.discord
    ? undefined
    : embeddedDiscord({
        program: discordProgram.program,
        dataDir,
        record,
        takenPorts,
        onChange: onDiscordChange,
      });
  const secretKey = ensureSecretKey(environment).toString('base64');
  const configFile = environment.configFile ?? (discord && discordProgram.configFile);
  const uiUrl = (): string | undefined => environment.temporalUiUrl ?? temporal?.uiUrl();

  const addresses = (): Record<string, string> => ({
    ...(postgres && { DATABASE_URL: postgres.url() }),
    ...(temporal && {
      TEMPORAL_ADDRESS: temporal.address(),
      TEMPORAL_NAMESPACE: environment.temporalNamespace,
      TEMPORAL_METRICS_URL: temporal.metricsUrl(),
    }),
    ...(discord && {
      DISCORD_API_URL: discord.address().api,
      DISCORD_TOKEN: discord.address().token,
      DISCORD_URL: discord.address().url,
    }),
    ...optional('TEMPORAL_UI_URL', uiUrl()),
  });
  return {
    plans: [postgres, temporal, discord].flatMap((part) => (part ? [part.plan] : [])),
    addresses,
    variables: () => ({
      ...addresses(),
      ...optional('CASTELLAN_CONFIG', configFile),
      CASTELLAN_DATA_DIR: dataDir,
      SECRET_KEY: secretKey,
    }),
    shownAddresses: () => ({
      discord: discord?.address().url ?? environment.discord?.apiUrl ?? defaultDiscordApiUrl,
      ...optional('temporal-ui', uiUrl()),
    }),
    databaseUrl: () => postgres?.url() ?? requireDatabase(environment),
  };
}

function optional(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: value };
}
