import { ChannelType, RESTJSONErrorCodes } from 'discord-api-types/v10';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import { channelName } from '../../src/domain/text';
import type { Attempt } from '../attempt';
import { discordCode, isLasting, unlessGone } from '../discord/codes';
import type { TicketDependencies } from './dependencies';
import { overwrites } from './overwrites';

/** What a ticket's channel is made from. */
export interface ChannelPlan {
  readonly caseId: string;
  readonly number: number;
  readonly generation: number;
  readonly guild: GuildConfiguration;
  readonly categoryId: string;
  readonly openerId: string;
  readonly teamIds: readonly string[];
}

/**
 * Creates the ticket's channel, or finds the one that an earlier try made: its topic names the case.
 * Only later tries look, so that the usual opening costs no extra request.
 *
 * @returns the channel's id
 * @throws DiscordAPIError when Discord refuses for good (no permission, no room)
 */
export async function ensureChannel(
  deps: TicketDependencies,
  plan: ChannelPlan,
  attempt: Attempt,
): Promise<string> {
  if (attempt.number > 1) {
    const earlier = await adoptEarlier(deps, plan, attempt);
    if (earlier !== undefined) return earlier;
  }
  const category = plan.guild.categories.find(({ id }) => id === plan.categoryId);
  const parentId = category?.parentChannelId ?? null;
  try {
    return await createChannel(deps, plan, parentId, attempt);
  } catch (error) {
    if (parentId === null || !isParentProblem(error)) throw error;
    // A Discord category holds 50 channels: one more ticket goes outside of it rather than nowhere.
    return createChannel(deps, plan, null, attempt);
  }
}

/** Deletes every channel that was made for the case, the known one included. */
export async function deleteChannels(
  deps: TicketDependencies,
  guildId: string,
  caseId: string,
  known: string | null,
  number: number,
  attempt: Attempt,
): Promise<void> {
  const options = { signal: attempt.signal, reason: `Ticket #${number} was closed` };
  if (known !== null) await unlessGone(deps.discord.channels.delete(known, options));
  if (attempt.number === 1) return;
  for (const { id } of await channelsOf(deps, guildId, caseId, attempt.signal)) {
    if (id !== known) await unlessGone(deps.discord.channels.delete(id, options));
  }
}

/** Deletes a channel that was just made for a case that cannot open in it. */
export async function abandonChannel(
  deps: TicketDependencies,
  channelId: string,
  { signal, workflowId }: Attempt,
): Promise<void> {
  try {
    await unlessGone(deps.discord.channels.delete(channelId, { signal }));
  } catch (error) {
    if (!isLasting(error)) throw error;
    deps.log.error(
      { case: workflowId, channel: channelId, code: error.code },
      'a channel is left over',
    );
  }
}

/** The roles that see a channel of these teams. */
export function staffRoles(guild: GuildConfiguration, teamIds: readonly string[]): string[] {
  return [...guild.adminRoleIds, ...teamIds.flatMap((id) => guild.teams[id]?.memberRoleIds ?? [])];
}

async function adoptEarlier(
  deps: TicketDependencies,
  plan: ChannelPlan,
  { signal }: Attempt,
): Promise<string | undefined> {
  const mine = (await channelsOf(deps, plan.guild.guildId, plan.caseId, signal)).filter(
    ({ topic }) => topic.endsWith(marker(plan.caseId, plan.generation)),
  );
  const [first, ...strays] = mine;
  // Two tries can both have succeeded when an answer came later than our patience.
  for (const stray of strays) {
    await unlessGone(deps.discord.channels.delete(stray.id, { signal, reason: 'A second try' }));
  }
  return first?.id;
}

/** The channels whose topic names the case, oldest first. */
async function channelsOf(
  deps: TicketDependencies,
  guildId: string,
  caseId: string,
  signal: AbortSignal,
): Promise<{ readonly id: string; readonly topic: string }[]> {
  const channels = await deps.discord.guilds.getChannels(guildId, { signal });
  return channels
    .map((channel) => ({ id: channel.id, topic: topicOf(channel) }))
    .filter(({ topic }) => topic.includes(`${caseId}.`))
    .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

function topicOf(channel: object): string {
  return 'topic' in channel && typeof channel.topic === 'string' ? channel.topic : '';
}

function marker(caseId: string, generation: number): string {
  return `${caseId}.${generation}`;
}

async function createChannel(
  deps: TicketDependencies,
  plan: ChannelPlan,
  parentId: string | null,
  { signal }: Attempt,
): Promise<string> {
  const { guild, number } = plan;
  const { id } = await deps.discord.guilds.createChannel(
    guild.guildId,
    {
      name: channelName(`${plan.categoryId}-${String(number).padStart(4, '0')}`),
      type: ChannelType.GuildText,
      topic: `Ticket #${number} · ${marker(plan.caseId, plan.generation)}`,
      permission_overwrites: overwrites({
        guildId: guild.guildId,
        botId: await deps.botId(),
        openerId: plan.openerId,
        staffRoleIds: staffRoles(guild, plan.teamIds),
        locked: false,
      }),
      ...(parentId !== null && { parent_id: parentId }),
    },
    { signal, reason: `Ticket #${number}` },
  );
  return id;
}

/** The category is full, or was deleted: Discord says both as an invalid form body. */
function isParentProblem(error: unknown): boolean {
  return discordCode(error) === RESTJSONErrorCodes.InvalidFormBodyOrContentType;
}
