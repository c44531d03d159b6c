import type { API } from '@discordjs/core';
import { ChannelFlags, ChannelType, RESTJSONErrorCodes } from 'discord-api-types/v10';
import { z } from 'zod';
import { ConfigurationError } from '../src/cli/service';
import {
  configurationHash,
  formatProblems,
  readGuildConfigurationFile,
  resolve,
  type Problem,
} from '../src/config/guild';
import type { GuildRepository } from '../src/db/guilds';
import type { ServerRecorder } from '../src/db/watching';
import { discordCode } from '../activities/discord/codes';
import type { Logger } from '../src/observability/logger';
import type { SourceDefinitions } from './source-definitions';
import { applyMirrors, circlesOf, type MirrorRecords } from './mirror-definitions';

/** A configuration file that cannot be applied: every problem, each with its path. Nothing was changed. */
export class ConfigurationRefused extends ConfigurationError {
  constructor(file: string, problems: readonly Problem[]) {
    super(`The configuration was not applied.\n${formatProblems(problems, file)}`);
    this.name = 'ConfigurationRefused';
  }
}

export interface ConfigurationParts {
  readonly discord: API;
  readonly guilds: GuildRepository;
  readonly records: Pick<ServerRecorder, 'applyServers'>;
  readonly mirrors: MirrorRecords;
  readonly sources: Pick<SourceDefinitions, 'apply'>;
  /** Whether an environment variable with a password is set. */
  readonly hasPassword: (variable: string) => boolean;
  readonly log: Logger;
}

/**
 * Applies a guild configuration file: names become ids, and what changed is recorded. Repeating it changes nothing.
 *
 * @throws ConfigurationRefused when the file is invalid or names what Discord does not have
 * @throws what Discord's and Postgres' outages throw
 */
export async function applyConfiguration(
  file: string,
  { discord, guilds, records, mirrors, sources, hasPassword, log }: ConfigurationParts,
): Promise<void> {
  const read = await readGuildConfigurationFile(file);
  if (!read.ok) throw new ConfigurationRefused(file, read.problems);
  const before = new Map(
    (await guilds.all()).map(({ guildId, shownIn }) => [guildId, shownIn] as const),
  );
  const seen = (await directory(discord)).map((guild) => ({
    ...guild,
    shownIn: before.get(guild.id) ?? {},
  }));
  const resolved = resolve(read.configuration, { guilds: seen }, read.locate);
  if (!resolved.ok) throw new ConfigurationRefused(file, resolved.problems);
  const circles = await circlesOf(resolved.configurations, mirrors);
  if (circles.length > 0) throw new ConfigurationRefused(file, circles);
  for (const configuration of resolved.configurations) {
    const outcome = await guilds.apply(configuration, configurationHash(configuration));
    // Also when the configuration is the same: the process may have died between the two.
    const { guildId, servers } = configuration;
    const changes = await records.applyServers(guildId, 'file', servers, Date.now());
    const announced = await sources.apply(configuration);
    const mirrored = await applyMirrors(configuration, mirrors, Date.now());
    log.info(
      { guild: guildId, outcome, servers: changes, mirrors: mirrored, sources: announced },
      'guild configuration',
    );
    for (const { id, rcon } of servers) {
      if (rcon === null || hasPassword(rcon.passwordVariable)) continue;
      const { passwordVariable: variable } = rcon;
      log.warn({ server: id, variable }, 'the password of RCON is not set: checks will fail');
    }
  }
}

/** The guilds that the bot is in, with the roles and channels that a configuration may name. */
async function directory(discord: API) {
  const memberships = await discord.users.getGuilds();
  const guilds = [];
  for (const { id, name } of memberships) {
    try {
      const [roles, channels] = await Promise.all([
        discord.guilds.getRoles(id),
        discord.guilds.getChannels(id),
      ]);
      guilds.push({
        id,
        name,
        roles: roles.map((role) => ({ id: role.id, name: role.name })),
        channels: channels.map(seen),
      });
    } catch (error) {
      // It was removed from the guild in between.
      if (discordCode(error) !== RESTJSONErrorCodes.UnknownGuild) throw error;
    }
  }
  return guilds;
}

const forum = z.object({
  type: z.literal(ChannelType.GuildForum),
  available_tags: z.array(z.object({ id: z.string(), name: z.string() })),
  flags: z.number().default(0),
});

/** A channel as a configuration names it; the tags of a forum are part of it. */
function seen(channel: {
  readonly id: string;
  readonly name?: string | null;
  readonly type: number;
}) {
  const { id, name = null, type } = channel;
  const read = forum.safeParse(channel);
  if (!read.success) return { id, name, type };
  const { available_tags: tags, flags } = read.data;
  return { id, name, type, tags, needsTag: (flags & ChannelFlags.RequireTag) !== 0 };
}
