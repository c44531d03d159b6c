import { ApplicationFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { productVersion } from '../../config/package';
import type { DiscordEnvironment } from '../../config/environment';
import { ill, reasonOf, well, type Examination, type Finding } from './finding';
import { examineGuilds } from './guilds';

const user = z.object({ id: z.string(), username: z.string() });
const application = z.object({ id: z.string(), flags: z.number().optional() });

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
    ...(await examineGuilds(environment, discord, me.id)),
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
