import { ChannelType, type APIChannel } from 'discord-api-types/v10';
import { z } from 'zod';
import type { MirrorSettings } from '../../src/domain/mirrors/settings';
import { mirrorAskedNotice } from '../../src/discord/views/mirror-asked';
import {
  mirrorSetupAnswer,
  type MirrorSetupOutcome,
} from '../../src/discord/views/mirror-setup-answer';
import type { MirrorSetupInput, MirrorWish } from '../../workflows/mirror-setup/contract';
import type { Attempt } from '../attempt';
import { answer } from '../discord/answer';
import { isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import type { MirrorDependencies } from './dependencies';
import { copyWarnings, mirrorWarnings } from './mirror-warnings';

/** Carries out an administrator's change to the mirrors, and answers. */
export async function changeMirrors(
  deps: MirrorDependencies,
  input: MirrorSetupInput,
  attempt: Attempt,
): Promise<void> {
  await tell(deps, input, await carryOut(deps, input, attempt), attempt);
}

/** Tells the person that the change could not be carried out in time. */
export async function tellMirrorSetupFailed(
  deps: MirrorDependencies,
  input: MirrorSetupInput,
  attempt: Attempt,
): Promise<void> {
  await tell(deps, input, { outcome: 'failed', reference: attempt.workflowId }, attempt);
}

async function tell(
  deps: MirrorDependencies,
  { applicationId, sealedToken }: MirrorSetupInput,
  outcome: MirrorSetupOutcome,
  { signal }: Attempt,
): Promise<void> {
  const interactionToken = deps.seal.open(sealedToken, z.string());
  const answerable = { applicationId, interactionToken };
  await answer(deps.discord, answerable, mirrorSetupAnswer(outcome), signal);
}

async function carryOut(
  deps: MirrorDependencies,
  input: MirrorSetupInput,
  attempt: Attempt,
): Promise<MirrorSetupOutcome> {
  const { guildId, userId, interactionId, change } = input;
  deps.log.info({ guild: guildId, user: userId, change: change.type }, 'mirrors');
  switch (change.type) {
    case 'add':
      return add(deps, input, change.mirror, attempt);
    case 'remove': {
      const { outcome } = await deps.records.removeMirror(guildId, change.id);
      // An earlier try has removed it and died before it could say so.
      const done = outcome === 'removed' || (outcome === 'unknown' && attempt.number > 1);
      return done ? { outcome: 'removed', id: change.id } : { outcome, id: change.id };
    }
    case 'answer': {
      const { fromGuildId, id, agreed } = change;
      const there = await deps.records.answerMirror({
        ...{ guildId: fromGuildId, id, agreed, userId },
        toGuildId: guildId,
        after: interactionId,
      });
      if (!there) return { outcome: 'unknown', id };
      if (!agreed) return { outcome: 'refused', id };
      const mirror = await deps.records.mirror(fromGuildId, id);
      const warnings = mirror === null ? [] : await copyWarnings(deps, mirror.settings, attempt);
      return { outcome: 'agreed', id, warnings };
    }
  }
}

async function add(
  deps: MirrorDependencies,
  { guildId, interactionId }: MirrorSetupInput,
  wish: MirrorWish,
  attempt: Attempt,
): Promise<MirrorSetupOutcome> {
  const [from, to] = await Promise.all([
    channel(deps, wish.fromChannelId, attempt),
    channel(deps, wish.toChannelId, attempt),
  ]);
  if (from?.guildId !== guildId) return { outcome: 'invalid', reason: 'from' };
  if (to === null) return { outcome: 'invalid', reason: 'to' };
  if (wish.fromChannelId === wish.toChannelId) return { outcome: 'loop', names: [wish.id] };
  const settings: MirrorSettings = {
    ...{ id: wish.id, fromChannelId: wish.fromChannelId, style: wish.style, filter: wish.filter },
    to: { guildId: to.guildId, channelId: wish.toChannelId },
    ...{ reactions: wish.reactions, threads: wish.threads, editWindowMs: wish.editWindowMs },
  };
  const agreed = to.guildId === guildId;
  const after = await beginning(deps, wish, interactionId, attempt);
  const put = await deps.records.putMirror(guildId, { settings, agreed }, after);
  if (put.outcome === 'loop') return { outcome: 'loop', names: put.names };
  const exists = put.outcome === 'exists' || (put.outcome === 'unchanged' && attempt.number === 1);
  if (exists) return { outcome: 'exists', id: wish.id };
  const warnings = await mirrorWarnings(deps, guildId, settings, attempt);
  if (agreed) return { outcome: 'added', settings, backfill: wish.backfill, warnings };
  const asked = await ask(deps, guildId, settings, attempt);
  return { outcome: 'asked', settings, told: asked, warnings };
}

const KINDS: readonly ChannelType[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];

/** A channel of text that the bot sees; `null`: it is none. */
async function channel(
  { discord }: MirrorDependencies,
  channelId: string,
  { signal }: Attempt,
): Promise<{ readonly guildId: string } | null> {
  let found: APIChannel;
  try {
    found = await discord.channels.get(channelId, { signal });
  } catch (error) {
    if (isLasting(error)) return null;
    throw error;
  }
  if (!KINDS.includes(found.type)) return null;
  const guildId = 'guild_id' in found ? found.guild_id : undefined;
  return guildId === undefined ? null : { guildId };
}

const PAGE = 100;

/** Behind which message copying begins: the command, or so many messages before it. */
async function beginning(
  { discord }: MirrorDependencies,
  { fromChannelId, backfill }: MirrorWish,
  interactionId: string,
  { signal }: Attempt,
): Promise<string> {
  let oldest = interactionId;
  for (let left = backfill; left > 0; left -= PAGE) {
    const limit = Math.min(left, PAGE);
    const query = { before: oldest, limit };
    const page = await discord.channels.getMessages(fromChannelId, query, { signal });
    for (const { id } of page) if (BigInt(id) < BigInt(oldest)) oldest = id;
    if (page.length < limit) break;
  }
  return oldest === interactionId ? oldest : (BigInt(oldest) - 1n).toString();
}

/** Asks the staff of the guild that is to be copied into. @returns whether they have a channel for that */
async function ask(
  deps: MirrorDependencies,
  guildId: string,
  settings: MirrorSettings,
  attempt: Attempt,
): Promise<boolean> {
  const there = await deps.guilds.get(settings.to.guildId);
  const channelId = there?.deskLogChannelId ?? null;
  if (channelId === null) return false;
  const guildName = (await deps.guilds.get(guildId))?.guildName ?? 'Another server';
  const body = mirrorAskedNotice({ guildId, guildName, settings });
  const message = {
    channelId,
    body,
    key: `${attempt.workflowId}.asked`,
    since: attempt.now - 600_000,
  };
  try {
    await postOnce(deps.discord, await deps.botId(), message, attempt);
    return true;
  } catch (error) {
    if (!isLasting(error)) throw error;
    return false;
  }
}
