import { ApplicationFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { productVersion } from '../../config/package';
import type { DiscordEnvironment } from '../../config/environment';
import { ill, reasonOf, well, type Examination, type Finding } from './finding';

/** What the bot needs in every guild: to make channels for cases, and to hold talks there. */
const neededPermissions = {
  'View Channels': PermissionFlagsBits.ViewChannel,
  'Manage Channels': PermissionFlagsBits.ManageChannels,
  'Manage Roles': PermissionFlagsBits.ManageRoles,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Manage Messages': PermissionFlagsBits.ManageMessages,
  'Embed Links': PermissionFlagsBits.EmbedLinks,
  'Attach Files': PermissionFlagsBits.AttachFiles,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
  'Add Reactions': PermissionFlagsBits.AddReactions,
  'Mention All Roles': PermissionFlagsBits.MentionEveryone,
} as const;

/** Needed only where registered names become nicknames; the invitation is the same for all guilds, and asks for it. */
const forNicknames = PermissionFlagsBits.ManageNicknames;

const user = z.object({ id: z.string(), username: z.string() });
const application = z.object({ id: z.string(), flags: z.number().optional() });
const guilds = z.array(z.object({ name: z.string(), permissions: z.string() }));

/** Whether Discord is reached, takes the token, and lets the bot do its work. */
export const examineDiscord: Examination = async (environment) => {
  const { discord } = environment;
  if (!discord) {
    return [well('DISCORD_TOKEN is not set: "castellan all" starts the local Discord')];
  }
  const ask = asking(discord, environment.http.publicUrl);
  let me: z.infer<typeof user>;
  try {
    const answer = await ask('users/@me');
    if (answer.status === 401) {
      return [
        ill(
          'Discord refuses the token.',
          'Take a new one in the developer portal (your application, Bot, Reset Token) and set DISCORD_TOKEN.',
        ),
      ];
    }
    me = user.parse(answer.body);
  } catch (error) {
    return [
      ill(
        `Discord is not reached at ${discord.apiUrl}: ${reasonOf(error)}.`,
        'See that this machine may open connections to it, and that DISCORD_API_URL is right.',
      ),
    ];
  }
  return [
    well(`Discord is reached at ${discord.apiUrl}; the bot is ${me.username} (${me.id})`),
    ...(await examineIntents(ask)),
    ...(await examineGuilds(ask, me.id)),
  ];
};

type Ask = (path: string) => Promise<{ readonly status: number; readonly body: unknown }>;

function asking({ apiUrl, token }: DiscordEnvironment, publicUrl: string): Ask {
  return async (path) => {
    const answer = await fetch(`${apiUrl}/v10/${path}`, {
      signal: AbortSignal.timeout(10_000),
      headers: {
        Authorization: `Bot ${token}`,
        'User-Agent': `DiscordBot (${publicUrl}, ${productVersion()})`,
      },
    });
    return { status: answer.status, body: await answer.json() };
  };
}

/** The text of messages comes only with this intent, also over REST: a transcript is empty without. */
async function examineIntents(ask: Ask): Promise<Finding[]> {
  const found = application.safeParse((await ask('applications/@me')).body).data;
  if (found?.flags === undefined) {
    return [well('The intents cannot be read here; the bot says at its start if one is missing')];
  }
  const content =
    ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;
  if ((found.flags & content) !== 0) return [well('The Message Content intent is on')];
  return [
    ill(
      'The Message Content intent is off: transcripts would hold no text.',
      'Switch it on in the developer portal (your application, Bot, Privileged Gateway Intents).',
    ),
  ];
}

async function examineGuilds(ask: Ask, botId: string): Promise<Finding[]> {
  const found = guilds.safeParse((await ask('users/@me/guilds?limit=200')).body).data;
  if (!found) return [well('The guilds cannot be read here')];
  const all = Object.values(neededPermissions).reduce((sum, bit) => sum | bit, forNicknames);
  const invitation = `https://discord.com/oauth2/authorize?client_id=${botId}&scope=bot+applications.commands&permissions=${all}`;
  if (found.length === 0) return [ill('The bot is in no guild.', `Invite it: ${invitation}`)];
  return found.map(({ name, permissions }) => {
    const has = BigInt(permissions);
    const administrator = (has & PermissionFlagsBits.Administrator) !== 0n;
    const lacking = Object.entries(neededPermissions)
      .filter(([, bit]) => !administrator && (has & bit) === 0n)
      .map(([permission]) => permission);
    const guild = JSON.stringify(name);
    if (lacking.length === 0) {
      const enough = `In ${guild} the bot has every permission that it needs`;
      return administrator || (has & forNicknames) !== 0n
        ? well(enough)
        : well(`${enough}, but not Manage Nicknames: "nickname: true" in a registration needs it`);
    }
    return ill(
      `In ${guild} the bot lacks ${lacking.join(', ')}.`,
      `Give them to its role, or invite it anew: ${invitation}`,
    );
  });
}
