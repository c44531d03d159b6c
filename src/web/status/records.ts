import type { GuildConfiguration } from '../../config/guild/resolved';
import type { WatchReader } from '../../db/watching';
import { label } from '../../domain/text';
import { createDaysReader } from './days';
import { withDays } from './history';
import { createIncidentReader } from './incident-figures';
import { upcoming } from './maintenance';
import { inPortions } from './portions';
import { serverFigures } from './server-figures';
import { createShownText } from './shown-text';
import type { StatusSource } from './source';

/** So many servers' uptimes are read at once. */
const AT_ONCE = 50;
/** How many past incidents a page shows. */
const PAST = 20;
/** More incidents at once than anybody reads. */
const MOST_OPEN = 50;

/** What the figures are read from. */
export interface Records {
  readonly reader: WatchReader;
  readonly configuration: (guildId: string) => Promise<GuildConfiguration | null>;
}

/** Reads the page's figures from the records. */
export function createStatusSource(records: Records): StatusSource {
  const { reader, configuration } = records;
  const incidents = createIncidentReader(reader);
  const readDays = createDaysReader(reader);
  const shownText = createShownText();
  return {
    page: async (slug) => {
      const guild = await reader.guildBySlug(slug);
      if (guild === null) return null;
      const configured = await configuration(guild.guildId);
      return {
        slug: guild.slug,
        guildId: guild.guildId,
        name: label(guild.name, { max: 100, empty: guild.slug }),
        language: configured?.watching.language ?? null,
      };
    },
    changeMark: (page) => reader.changeMark(page.guildId),
    guild: async (page, now) => {
      const overviews = (await reader.servers(page.guildId, now)).filter(
        ({ server }) => server.isPublic,
      );
      const keys = overviews.map(({ server }) => server.key);
      const [uptimes, days, open, past] = await Promise.all([
        inPortions(keys, AT_ONCE, (some) => reader.uptime(some, now)),
        readDays(page.guildId, keys, now),
        incidents.open(page.guildId, MOST_OPEN),
        incidents.past(page.guildId, { before: null, limit: PAST }),
      ]);
      const uptimeOf = new Map(uptimes.map((row) => [row.serverKey, row]));
      return {
        page,
        readAt: now,
        servers: overviews.map((overview) =>
          serverFigures(
            overview,
            uptimeOf.get(overview.server.key),
            days.get(overview.server.key) ?? [],
            shownText,
          ),
        ),
        open,
        past,
        maintenance: upcoming(
          overviews.map(({ server }) => server),
          now,
        ),
      };
    },
    pastIncidents: (page, query) => incidents.past(page.guildId, query),
    history: async ({ serverKey, from, to, step }, now) => {
      const series = await reader.series({ serverKeys: [serverKey], from, to, step });
      const days = step === 'day' ? await reader.days([serverKey], { from, to }, now) : [];
      return withDays(series, days);
    },
  };
}
