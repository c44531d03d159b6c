import { z } from 'zod';
import type { API } from '@discordjs/core';
import { DiscordSnowflake } from '@sapphire/snowflake';
import type { GuildConfiguration } from '../src/config/guild/resolved';
import { panelMessage } from '../src/discord/views/panel';
import { panelPosted } from '../src/discord/views/panel-posted';
import type { Logger } from '../src/observability/logger';
import type { Seal } from '../src/temporal/seal';
import type { PanelActivities } from '../workflows/panel/activities';
import type { SealedAnswer } from '../workflows/panel/contract';
import { attempt } from './attempt';
import { answer } from './discord/answer';
import { isLasting } from './discord/codes';
import { postOnce } from './discord/post-once';

const sealedAnswer = z.object({
  applicationId: z.string(),
  interactionToken: z.string(),
}) satisfies z.ZodType<SealedAnswer>;

export interface PanelDependencies {
  readonly discord: API;
  readonly botId: () => Promise<string>;
  readonly guilds: { get(guildId: string): Promise<GuildConfiguration | null> };
  readonly seal: Seal;
  readonly log: Logger;
}

/** The activity that posts panels. */
export function createPanelActivities(deps: PanelDependencies): PanelActivities {
  return {
    postPanel: (input) =>
      attempt(deps.log, async (run) => {
        const answerable = deps.seal.open(input.sealed, sealedAnswer);
        const tell = (outcome: Parameters<typeof panelPosted>[0]): Promise<boolean> =>
          answer(deps.discord, answerable, panelPosted(outcome), run.signal);
        const guild = await deps.guilds.get(input.guildId);
        const panel = guild?.panels.find(({ id }) => id === input.panelId);
        if (guild === null || panel === undefined) {
          await tell({ outcome: 'failed', code: 'panel-gone', reference: run.workflowId });
          return;
        }
        const categories = panel.categoryIds.flatMap((id) =>
          guild.categories.filter((category) => category.id === id),
        );
        const { channelId } = input;
        const since = DiscordSnowflake.timestampFrom(run.workflowId.replace(/^panel-/, ''));
        try {
          const body = panelMessage({ ...panel, categories });
          await postOnce(
            deps.discord,
            await deps.botId(),
            { channelId, body, key: run.workflowId, since },
            run,
          );
        } catch (error) {
          if (!isLasting(error)) throw error;
          await tell({ outcome: 'failed', code: String(error.code), reference: run.workflowId });
          return;
        }
        await tell({ outcome: 'posted', channelId });
      }),
  };
}
