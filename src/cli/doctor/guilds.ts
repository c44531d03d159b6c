import type { DiscordEnvironment, Environment } from '../../config/environment';
import { readGuildConfigurationFile } from '../../config/guild';
import {
  invitation,
  permissionsFor,
  UNKNOWN_USES,
  usesInFile,
} from '../../discord/rights/invitation';
import { NEEDED_EVERYWHERE } from '../../discord/rights/needs';
import { lackingOf, permissionName, type Permission } from '../../discord/rights/permission';
import { connectDiscord } from '../../../worker/discord';
import { readConfigured, usesOf, type Configured } from './configured';
import { ill, reasonOf, well, type Finding } from './finding';
import { examinePlaces, type JoinedGuild } from './places';

/** Of which Discord tells at once; the doctor looks at no more. */
const MOST_GUILDS = 200;

/** Whether the bot may do in its guilds what they are set up for. */
export async function examineGuilds(
  { databaseUrl, configFile }: Environment,
  discord: DiscordEnvironment,
  botId: string,
): Promise<Finding[]> {
  const { api } = connectDiscord(discord);
  let joined;
  try {
    joined = await api.users.getGuilds({ limit: MOST_GUILDS });
  } catch (error) {
    return [well(`The guilds cannot be read here: ${reasonOf(error)}`)];
  }
  if (joined.length === 0) return inNoGuild(botId, configFile);
  const configured = await recordsOf(databaseUrl);
  const ids = new Set(joined.map(({ id }) => id));
  const isIn = (id: string): boolean => ids.has(id) || ids.size === MOST_GUILDS;
  const findings: Finding[] = [];
  // One after the other: each takes three questions to Discord.
  for (const { id, name, permissions } of joined) {
    const has = BigInt(permissions);
    findings.push(...examineGuild({ id, name, has }, configured, botId));
    if ('why' in configured) continue;
    const uses = usesOf(configured, id) ?? UNKNOWN_USES;
    const invite = (more: readonly Permission[]): string =>
      invitation(botId, [...new Set([...permissionsFor(uses), ...more])], id);
    const guild = { id, name };
    findings.push(...(await examinePlaces({ api, botId, guild, isIn, configured, invite })));
  }
  if ('why' in configured) {
    findings.push(
      well(
        `What announcements and mirrors need is known when the records are read: ${configured.why}`,
      ),
    );
  }
  return findings;
}

/** Why it cannot be told what guilds use. */
interface Unread {
  readonly why: string;
}

async function recordsOf(databaseUrl: string | undefined): Promise<Configured | Unread> {
  if (databaseUrl === undefined) return { why: 'DATABASE_URL is not set' };
  try {
    return await readConfigured(databaseUrl);
  } catch (error) {
    return { why: reasonOf(error) };
  }
}

/** The invitation for each guild of the configuration file, as far as there is one that can be read. */
async function inNoGuild(botId: string, configFile: string | undefined): Promise<Finding[]> {
  const file = configFile === undefined ? null : await readGuildConfigurationFile(configFile);
  if (file?.ok !== true) {
    const address = invitation(botId, permissionsFor(UNKNOWN_USES));
    return [ill('The bot is in no guild.', `Invite it: ${address}`)];
  }
  return usesInFile(file.configuration).map(({ guild, uses }) =>
    ill(
      'The bot is in no guild.',
      `Invite it to ${JSON.stringify(guild)}: ${invitation(botId, permissionsFor(uses))}`,
    ),
  );
}

/** What the bot's roles allow it in a guild as a whole. */
function examineGuild(
  { id, name, has }: JoinedGuild & { readonly has: bigint },
  configured: Configured | Unread,
  botId: string,
): Finding[] {
  const known = 'why' in configured ? null : usesOf(configured, id);
  const nicknames: readonly Permission[] = ['ManageNicknames'];
  const needed =
    known?.nicknames === true ? [...NEEDED_EVERYWHERE, ...nicknames] : NEEDED_EVERYWHERE;
  const lacking = lackingOf(has, needed);
  const guild = JSON.stringify(name);
  if (lacking.length > 0) {
    const names = lacking.map((permission) => permissionName(permission)).join(', ');
    const address = invitation(botId, permissionsFor(known ?? UNKNOWN_USES), id);
    return [
      ill(
        `In ${guild} the bot lacks ${names}.`,
        `Give them to its role, or invite it anew: ${address}`,
      ),
    ];
  }
  const enough = `In ${guild} the bot has every permission that it needs`;
  const unsure = known === null && lackingOf(has, nicknames).length > 0;
  return [
    well(
      unsure
        ? `${enough}, but not Manage Nicknames: "nickname: true" in a registration needs it`
        : enough,
    ),
  ];
}
