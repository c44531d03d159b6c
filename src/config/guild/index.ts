/** A guild's configuration: from YAML, checked, to what the program uses. */
export { settingsFromCommand, type CommandSettings } from './command-server';
export type { Directory, DirectoryGuild } from './directory';
export type { GuildConfigurationFile } from './file-schema';
export { configurationHash } from './hash';
export {
  parseGuildConfiguration,
  readGuildConfigurationFile,
  type GuildConfigurationReading,
} from './parse';
export { formatProblems, type Locate, type Problem } from './problem';
export { resolve, type Resolution } from './resolve';
export type { GameAdapter } from './game-schema';
export {
  guildConfigurationSchema,
  type CaseCategory,
  type FormField,
  type GuildConfiguration,
  type Inactivity,
  type OpenerLimits,
  type Panel,
  type Team,
} from './resolved';
export {
  gameSettingsSchema,
  registrationSchema,
  type GameSettings,
  type RegistrationSettings,
} from './resolved-registration';
export {
  maintenanceWindowSchema,
  serverSettingsSchema,
  WATCHING_DEFAULTS,
  type WatchingSettings,
} from './resolved-servers';
