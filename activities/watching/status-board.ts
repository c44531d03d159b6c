import type { RawFile } from '@discordjs/rest';
import { chartPng, type ChartPoint } from '../../src/charts';
import type { GuildConfiguration } from '../../src/config/guild/resolved';
import type { ServerOverview } from '../../src/db/watching';
import { statusMessage } from '../../src/discord/views/server-messages';
import type { Attempt } from '../attempt';
import { isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import type { WatchingDependencies } from './dependencies';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A message is edited at most so often. */
const LEAST_PAUSE_MS = MINUTE;
/** It says when it was checked, and draws the last hours: so it is edited now and then also if nothing changed. */
const REFRESH_MS = 5 * MINUTE;

const CHART_FILE = 'players.png';
const CHART_MS = 24 * HOUR;
const STEP_MS = 10 * MINUTE;

/** What this process showed last in a guild; what it does not remember is shown again. */
interface Shown {
  readonly lines: string;
  readonly editedAt: number;
}

/** The live messages that show how a guild's public servers are. */
export class StatusBoard {
  private readonly shown = new Map<string, Shown>();
  private readonly looked = new Map<string, number>();

  constructor(private readonly deps: WatchingDependencies) {}

  /** Whether some guild's message is to be looked at again. */
  async isDue(now: number): Promise<boolean> {
    return (await this.due(now)).length > 0;
  }

  /** Brings the messages that are due up to date. One guild's trouble does not hold up the others. */
  async show(attempt: Attempt): Promise<void> {
    const now = this.deps.clock();
    for (const guild of await this.due(now)) {
      // Also when it fails: it is tried again in a minute, not in every round.
      this.looked.set(guild.guildId, now);
      try {
        await this.showGuild(guild, now, attempt);
      } catch (error) {
        this.deps.log.warn(
          { guild: guild.guildId, failure: error instanceof Error ? error.name : 'unknown' },
          'the live status message cannot be shown',
        );
      }
    }
  }

  private async due(now: number): Promise<GuildConfiguration[]> {
    const guilds = await this.deps.guilds.all();
    return guilds.filter(({ guildId, watching }) => {
      const last = this.looked.get(guildId) ?? 0;
      return watching.statusChannelId !== null && now - last >= LEAST_PAUSE_MS;
    });
  }

  private async showGuild(
    { guildId, guildName, watching }: GuildConfiguration,
    now: number,
    attempt: Attempt,
  ): Promise<void> {
    const channelId = watching.statusChannelId;
    if (channelId === null) return;
    const { records } = this.deps;
    const all = await records.servers(guildId, now);
    const servers = all.filter(({ server }) => server.isPublic);
    const known = await records.statusMessage(guildId, channelId);
    // Another worker may have been faster.
    if (known !== null && now - known.editedAt < LEAST_PAUSE_MS) return;
    const lines = JSON.stringify(servers.map(changing));
    const last = this.shown.get(guildId);
    const same = last?.lines === lines && now - last.editedAt < REFRESH_MS;
    if (known !== null && same) return;
    const body = await this.message(guildName, servers, now);
    const messageId = await this.put(channelId, known?.messageId ?? null, body, attempt);
    if (messageId === null) return;
    await records.setStatusMessage(guildId, channelId, messageId, now);
    this.shown.set(guildId, { lines, editedAt: now });
  }

  /** @returns the message's id; `null`: we may not write there */
  private async put(
    channelId: string,
    messageId: string | null,
    body: ReturnType<typeof statusMessage> & { files: RawFile[] },
    attempt: Attempt,
  ): Promise<string | null> {
    const { discord, botId, log } = this.deps;
    const attachments = body.files.map(({ name }, id) => ({ id, filename: name }));
    const whole = { ...body, attachments };
    try {
      if (messageId !== null) {
        try {
          const { signal } = attempt;
          await discord.channels.editMessage(channelId, messageId, whole, { signal });
          return messageId;
        } catch (error) {
          // Somebody deleted it: it is posted anew.
          if (!isLasting(error) || error.code !== 10_008) throw error;
        }
      }
      const key = `status-${channelId}-${messageId ?? 'first'}`;
      const since = attempt.now - HOUR;
      return (
        await postOnce(discord, await botId(), { channelId, body: whole, key, since }, attempt)
      ).id;
    } catch (error) {
      if (!isLasting(error)) throw error;
      log.warn(
        { channel: channelId, reason: error.code },
        'the live status message is not allowed',
      );
      return null;
    }
  }

  private async message(title: string, servers: readonly ServerOverview[], now: number) {
    const points = await this.players(servers, now);
    const drawn = points.some(({ players }) => players !== null);
    const view = statusMessage({
      title,
      servers: servers.map(lineOf),
      chart: drawn ? CHART_FILE : null,
    });
    if (!drawn) return { ...view, files: [] };
    const data = await chartPng({
      panels: ['players'],
      from: now - CHART_MS,
      until: now,
      stepMs: STEP_MS,
      points,
      shades: [],
      theme: 'dark',
      width: 760,
      height: 220,
      description: 'Players on all servers: the last 24 hours',
      idPrefix: 'status',
    });
    return { ...view, files: [{ name: CHART_FILE, data, contentType: 'image/png' }] };
  }

  /** How many played on all servers together. */
  private async players(servers: readonly ServerOverview[], now: number): Promise<ChartPoint[]> {
    const serverKeys = servers.map(({ server }) => server.key);
    if (serverKeys.length === 0) return [];
    const from = now - CHART_MS - STEP_MS;
    const points = await this.deps.records.playersTogether({
      serverKeys,
      from,
      to: now,
      step: STEP_MS,
    });
    return points.map(({ at, players }) => ({ at, players, latency: null }));
  }
}

function lineOf({ server, status, since, state, checkedAt }: ServerOverview) {
  const answer = state.lastAnswer;
  return {
    name: server.name,
    status,
    since,
    players: answer?.players ?? null,
    maxPlayers: answer?.maxPlayers ?? null,
    latencyMs: answer?.latencyMs ?? null,
    checkedAt,
  };
}

/** What of a line is a change worth an edit. */
function changing(overview: ServerOverview) {
  const { name, status, players, maxPlayers } = lineOf(overview);
  return { name, status, players, maxPlayers };
}
