import { assetAddresses } from '../assets/assets';
import { prepared, sizeOf, type Answer } from '../cache/answer';
import { Kept } from '../cache/kept';
import { createFormats, type Formats } from '../language/formats';
import { LANGUAGES, textsOf, type Language } from '../language/languages';
import { badge, unknownBadge, type BadgeKind } from '../views/status/badge';
import { card } from '../views/status/card';
import type { ViewContext } from '../views/status/context';
import { feed } from '../views/status/feed';
import { overviewPage, pastPage } from '../views/status/overview';
import { serverPage } from '../views/status/server-page';
import { drawChart, latencyOfDay, type ChartRequest, type Range } from './charts';
import { statusOf } from './document';
import type {
  GuildFigures,
  HistoryPoint,
  IncidentPage,
  PageIdentity,
  ServerFigures,
  UptimeWindow,
} from './figures';
import { pngOf } from './picture';
import { shownFigures } from './shown-figures';
import type { StatusSource } from './source';

/** How long figures are shown before it is asked whether there are new ones, in milliseconds. */
const FIGURES_FRESH_MS = 5_000;
/** They are read anew at the latest after this, whatever the answer: time itself changes an uptime. */
const UNCHANGED_AT_MOST_MS = 15_000;
/** How long a page is shown before it is made again, unless its figures are the same. */
const PAGE_FRESH_MS = 2_000;
const IDENTITY_FRESH_MS = 15_000;
const PICTURE_FRESH_MS = 60_000;
/** Nobody waits for new ones if the old ones are not older than this, besides. */
const MEANWHILE_MS = 10_000;
/** How many guilds' figures are kept; those of 200 servers are about 2 MiB. */
const MOST_GUILDS = 50;
const MOST_NAMES = 2_000;
/** Pages, feeds and pictures that are ready to be sent, in bytes. */
const MOST_BYTES = 64 * 2 ** 20;
/** How many past incidents a page of them shows, and a server's page. */
const PAST = 20;

/** There is no such page, or no such server on it. */
export class NotThere extends Error {
  readonly code = 'not-there';

  constructor(
    readonly slug: string,
    /** `null`: the page itself is not there. */
    readonly page: PageIdentity | null,
    readonly server?: string,
  ) {
    super('There is no such status page, or no such server on it.');
    this.name = 'NotThere';
  }
}

/** For whom an answer is. */
export interface Reader {
  readonly language: Language;
  /** The language as the address names it, kept in links; `null`: it names none. */
  readonly lang: Language | null;
}

export interface AnswersDependencies {
  readonly source: StatusSource;
  readonly publicUrl: string;
  readonly onError: (error: unknown) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed?: () => number;
}

interface Made {
  readonly answer: Answer;
  /** What it was made from: the same figures need no new page. */
  readonly from: readonly unknown[];
  readonly stale: boolean;
}

/** A guild's figures, and what pages show of them. */
interface Figures {
  readonly figures: GuildFigures;
  /** When they were read, by `elapsed`, and what the records' mark was then. */
  readonly read: { readonly at: number; readonly mark: string };
  readonly shown: string;
}

/** What single pages show besides the guild's figures. */
interface More {
  readonly past: IncidentPage;
  /** Of the last 24 hours. */
  readonly latency: HistoryPoint['latency'];
}

const NO_MORE: More = { past: { incidents: [], next: null }, latency: null };

/**
 * The answers of the public pages, ready to be sent. Any number of visitors cost one query and one rendering
 * every few seconds. Every method throws `NotThere`, and `DatabaseUnavailable` while the records are away
 * and nothing older can be shown.
 */
export class StatusAnswers {
  readonly #identities: Kept<{ readonly page: PageIdentity | null }>;
  readonly #figures: Kept<Figures>;
  readonly #more: Kept<More>;
  readonly #made: Kept<Made>;
  readonly #pictures: Kept<Made>;
  readonly #elapsed: () => number;
  readonly #formats = new Map<Language, Formats>();
  readonly #assets = assetAddresses();

  constructor(private readonly dependencies: AnswersDependencies) {
    const { onError, elapsed = () => performance.now() } = dependencies;
    this.#elapsed = elapsed;
    const common = {
      meanwhileMs: MEANWHILE_MS,
      onError,
      isGone: (error: unknown) => error instanceof NotThere,
      now: elapsed,
    };
    const bySize = { most: MOST_BYTES, sizeOf: ({ answer }: Made) => sizeOf(answer) };
    this.#identities = new Kept({
      ...common,
      freshMs: IDENTITY_FRESH_MS,
      most: MOST_NAMES,
      sizeOf: () => 1,
    });
    this.#figures = new Kept({
      ...common,
      // Pages are handed out meanwhile already; twice would be old figures twice.
      meanwhileMs: 0,
      freshMs: FIGURES_FRESH_MS,
      most: MOST_GUILDS,
      sizeOf: () => 1,
    });
    this.#more = new Kept({
      ...common,
      meanwhileMs: 0,
      freshMs: FIGURES_FRESH_MS,
      most: MOST_NAMES,
      sizeOf: () => 1,
    });
    this.#made = new Kept({ ...common, freshMs: PAGE_FRESH_MS, ...bySize });
    this.#pictures = new Kept({ ...common, freshMs: PICTURE_FRESH_MS, ...bySize });
    for (const language of LANGUAGES) this.#formats.set(language, createFormats(language));
  }

  /** Whose page it is, and in which language it is configured. */
  async identity(slug: string): Promise<PageIdentity> {
    const { value } = await this.#identities.get(slug, async () => ({
      page: await this.dependencies.source.page(slug),
    }));
    if (value.page === null) throw new NotThere(slug, null);
    return value.page;
  }

  overview(slug: string, reader: Reader): Promise<Answer> {
    return this.#page(['overview', slug, reader], HTML, slug, reader, (figures, context) =>
      overviewPage(figures, reader, context),
    );
  }

  /** A page of older incidents. */
  past(slug: string, before: number, reader: Reader): Promise<Answer> {
    const { source } = this.dependencies;
    const more = async ({ page }: GuildFigures): Promise<More> => ({
      past: await source.pastIncidents(page, { before, limit: PAST }),
      latency: null,
    });
    return this.#page(
      ['past', slug, before, reader],
      HTML,
      slug,
      reader,
      (figures, context, { past }) =>
        pastPage(figures, past, { lang: reader.lang, before }, context),
      { key: ['past', slug, before], load: more },
    );
  }

  server(slug: string, id: string, range: Range, reader: Reader): Promise<Answer> {
    const { source, now } = this.dependencies;
    const more = async (figures: GuildFigures): Promise<More> => {
      const server = serverOf(figures, id);
      const query = { before: null, limit: PAST, serverKey: server.key };
      const [past, latency] = await Promise.all([
        source.pastIncidents(figures.page, query),
        latencyOfDay(server, source, now()),
      ]);
      return { past, latency };
    };
    return this.#page(
      ['server', slug, id, range, reader],
      HTML,
      slug,
      reader,
      (figures, context, extra) =>
        serverPage(figures, serverOf(figures, id), { lang: reader.lang, range, ...extra }, context),
      { key: ['server', slug, id], load: more },
    );
  }

  data(slug: string): Promise<Answer> {
    const reader = { language: 'en', lang: null } as const;
    return this.#page(['data', slug], JSON_TYPE, slug, reader, (figures, { stale }) =>
      JSON.stringify(statusOf(figures, stale)),
    );
  }

  feed(slug: string, reader: Reader): Promise<Answer> {
    return this.#page(['feed', slug, reader.language], RSS, slug, reader, feed);
  }

  badge(
    slug: string,
    id: string,
    wanted: { readonly kind: BadgeKind; readonly window: UptimeWindow },
    reader: Reader,
  ): Promise<Answer> {
    const key = ['badge', slug, id, wanted, reader.language];
    return this.#page(key, SVG, slug, reader, (figures, context) =>
      badge(serverOf(figures, id), wanted, context),
    );
  }

  /** In the place of a badge that is not there. */
  unknownBadge(language: Language): Promise<Answer> {
    return prepared(unknownBadge(this.context(language, false)), SVG);
  }

  /** The picture of an embed, as PNG. */
  card(slug: string, language: Language): Promise<Answer> {
    const reader = { language, lang: null };
    return this.#picture(['card', slug, language], slug, reader, async (figures, context) =>
      prepared(await pngOf(card(figures, context)), 'image/png'),
    );
  }

  chart(
    slug: string,
    id: string,
    wanted: Pick<ChartRequest, 'chart' | 'range' | 'theme' | 'size'>,
    language: Language,
  ): Promise<Answer> {
    const { source, now } = this.dependencies;
    const { chart, range } = wanted;
    const reader = { language, lang: null };
    const key = ['chart', slug, id, wanted, language];
    return this.#picture(key, slug, reader, async (figures, { texts }) => {
      const server = serverOf(figures, id);
      const alt = chart === 'players' ? texts.charts.playersAlt : texts.charts.latencyAlt;
      const past = await source.pastIncidents(figures.page, {
        before: null,
        limit: PAST,
        serverKey: server.key,
      });
      const svg = await drawChart(
        {
          ...wanted,
          server,
          description: alt(server.name, texts.windows[range]),
          incidents: [...figures.open, ...past.incidents],
        },
        source,
        now(),
      );
      return prepared(svg, SVG);
    });
  }

  /** The server that an export is about. */
  async publicServer(slug: string, id: string): Promise<ServerFigures> {
    return serverOf((await this.#figuresOf(slug)).value, id);
  }

  async #figuresOf(slug: string): Promise<{ value: GuildFigures; stale: boolean }> {
    const page = await this.identity(slug);
    const { source, now } = this.dependencies;
    const { value, stale } = await this.#figures.get(page.guildId, async (before) => {
      const read = { at: this.#elapsed(), mark: await source.changeMark(page) };
      const unchanged = before?.read.mark === read.mark;
      if (unchanged && read.at - before.read.at < UNCHANGED_AT_MOST_MS) return before;
      const figures = await source.guild(page, now());
      const shown = shownFigures(figures);
      // The same object says to whoever made a page from it that the page is still right.
      return before?.shown === shown ? { ...before, read } : { figures, shown, read };
    });
    return { value: value.figures, stale };
  }

  async #page(
    key: readonly unknown[],
    type: string,
    slug: string,
    { language }: Reader,
    render: (figures: GuildFigures, context: ViewContext, more: More) => string | Promise<string>,
    wanted?: {
      readonly key: readonly unknown[];
      readonly load: (figures: GuildFigures) => Promise<More>;
    },
  ): Promise<Answer> {
    const { value } = await this.#made.get(JSON.stringify(key), async (before) => {
      const { value: figures, stale: old } = await this.#figuresOf(slug);
      const more =
        wanted && (await this.#more.get(JSON.stringify(wanted.key), () => wanted.load(figures)));
      const stale = old || more?.stale === true;
      const from = [figures, more?.value];
      if (before?.stale === stale && before.from.every((part, index) => part === from[index])) {
        return before;
      }
      const content = await render(figures, this.context(language, stale), more?.value ?? NO_MORE);
      return { answer: await prepared(content, type, 5, before?.answer), from, stale };
    });
    return value.answer;
  }

  async #picture(
    key: readonly unknown[],
    slug: string,
    { language }: Reader,
    draw: (figures: GuildFigures, context: ViewContext) => Promise<Answer>,
  ): Promise<Answer> {
    const { value } = await this.#pictures.get(JSON.stringify(key), async () => {
      const { value: figures, stale } = await this.#figuresOf(slug);
      return { answer: await draw(figures, this.context(language, stale)), from: [], stale };
    });
    return value.answer;
  }

  /** What pages are rendered with that are not about figures: those that say that there is nothing. */
  context(language: Language, stale = false): ViewContext {
    const { publicUrl, now } = this.dependencies;
    return {
      language,
      texts: textsOf(language),
      formats: this.#formats.get(language) ?? createFormats(language),
      publicUrl: publicUrl.replace(/\/+$/, ''),
      assets: this.#assets,
      now: now(),
      stale,
    };
  }
}

const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const RSS = 'application/rss+xml; charset=utf-8';
const SVG = 'image/svg+xml; charset=utf-8';

/** @throws NotThere */
function serverOf({ servers, page }: GuildFigures, id: string): ServerFigures {
  const server = servers.find((each) => each.id === id);
  if (server === undefined) throw new NotThere(page.slug, page, id);
  return server;
}
