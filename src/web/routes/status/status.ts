import type Router from '@koa/router';
import type { Context } from 'koa';
import { ASSET_PATTERN, createAssets } from '../../assets/assets';
import { prepared, send, type Answer } from '../../cache/answer';
import { Gate } from '../../cache/gate';
import { BADGES } from '../../views/status/badge';
import { csvOf } from '../../status/csv';
import { CHARTS, RANGES, SIZES } from '../../status/charts';
import { UPTIME_WINDOWS } from '../../status/figures';
import type { StatusAnswers } from '../../status/answers';
import type { StatusSource } from '../../status/source';
import { exportRequest, historyOf } from './export';
import { oneOf, wholeNumber } from './parameters';
import { answered, readerOf } from './reader';

/** Pages may be kept this long by browsers and proxies before they ask again. */
const PAGE_CACHE = 'public, max-age=5';
const PICTURE_CACHE = 'public, max-age=60';
const FOR_EVER = 'public, max-age=31536000, immutable';

/** What a page may load: its style sheet, its script and pictures, all from here; it asks only here. */
const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface StatusDependencies {
  readonly answers: StatusAnswers;
  readonly source: Pick<StatusSource, 'history'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The public status pages with their feeds, badges, pictures and exports: contract, section 7. */
export function statusRoutes(router: Router, { answers, source, now }: StatusDependencies): void {
  const assets = createAssets();
  // More exports at once would take the pages' connections to the database.
  const gate = new Gate(2, 20);

  const sendPage = (context: Context, answer: Answer): void => {
    context.set('Content-Security-Policy', PAGE_POLICY);
    context.vary('Accept-Language');
    send(context, answer, PAGE_CACHE);
  };
  /** For websites of others: badges in pages, figures in scripts. They hold nothing that is not public. */
  const sendToAnybody = (context: Context, answer: Answer, cache: string): void => {
    context.set('Cross-Origin-Resource-Policy', 'cross-origin');
    context.set('Access-Control-Allow-Origin', '*');
    send(context, answer, cache);
  };
  const history = async (context: Context, id: string) => {
    const server = await answers.publicServer(word(context, 'slug'), id);
    const wanted = exportRequest(context, now());
    const points = await gate.through(() =>
      source.history({ serverKey: server.key, ...wanted }, now()),
    );
    return historyOf(server, wanted, points);
  };

  router.get(ASSET_PATTERN, async (context) => {
    const asset = await assets(word(context, 'file'));
    if (asset === undefined) return;
    const { v } = context.query;
    // Another version's address may be asked for while several versions run: it must not stay.
    send(context, asset.answer, v === asset.version ? FOR_EVER : 'public, max-age=60');
  });

  router.get('/status/:slug.json', (context) =>
    answered(context, answers, 'problem', async () => {
      sendToAnybody(context, await answers.data(word(context, 'slug')), PAGE_CACHE);
    }),
  );
  router.get('/status/:slug.rss', (context) =>
    answered(context, answers, 'problem', async () => {
      const reader = await readerOf(context, answers);
      context.vary('Accept-Language');
      sendToAnybody(context, await answers.feed(word(context, 'slug'), reader), PICTURE_CACHE);
    }),
  );
  router.get('/status/:slug', (context) =>
    answered(context, answers, 'page', async () => {
      const slug = word(context, 'slug');
      const reader = await readerOf(context, answers);
      const before = wholeNumber(context, 'before', '42');
      sendPage(
        context,
        before === undefined
          ? await answers.overview(slug, reader)
          : await answers.past(slug, before, reader),
      );
    }),
  );
  router.get('/status/:slug/badge/:server.svg', (context) =>
    answered(context, answers, 'badge', async () => {
      const reader = await readerOf(context, answers);
      const kind = oneOf(context, 'show', BADGES, 'state');
      const window = oneOf(context, 'window', UPTIME_WINDOWS, '90d');
      const id = word(context, 'server');
      const badge = await answers.badge(word(context, 'slug'), id, { kind, window }, reader);
      context.vary('Accept-Language');
      sendToAnybody(context, badge, PICTURE_CACHE);
    }),
  );
  router.get('/status/:slug/card.png', (context) =>
    answered(context, answers, 'problem', async () => {
      const slug = word(context, 'slug');
      // Embeds are fetched by services, not by readers: the guild's own language, unless one is named.
      const { language } = await readerOf(context, answers, { ignoreAccepted: true });
      sendToAnybody(context, await answers.card(slug, language), PICTURE_CACHE);
    }),
  );
  router.get('/status/:slug/:server/charts/:chart.svg', (context) =>
    answered(context, answers, 'problem', async () => {
      const slug = word(context, 'slug');
      const chart = CHARTS.find((name) => name === word(context, 'chart'));
      if (chart === undefined) return;
      const { language } = await readerOf(context, answers, { ignoreAccepted: true });
      const range = oneOf(context, 'range', RANGES, '24h');
      const theme = oneOf(context, 'theme', ['light', 'dark'], 'light');
      const size = oneOf(context, 'size', SIZES, 'wide');
      const id = word(context, 'server');
      const picture = await answers.chart(slug, id, { chart, range, theme, size }, language);
      context.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
      sendToAnybody(context, picture, PICTURE_CACHE);
    }),
  );
  router.get('/status/:slug/:server.csv', (context) =>
    answered(context, answers, 'problem', async () => {
      const figures = await history(context, word(context, 'server'));
      const name = `${word(context, 'slug')}-${figures.server.id}-${figures.step}s.csv`;
      context.set('Content-Disposition', `attachment; filename="${name}"`);
      const file = await prepared(csvOf(figures.points), 'text/csv; charset=utf-8; header=present');
      sendToAnybody(context, file, PICTURE_CACHE);
    }),
  );
  router.get('/status/:slug/:server.json', (context) =>
    answered(context, answers, 'problem', async () => {
      const figures = await history(context, word(context, 'server'));
      const file = await prepared(JSON.stringify(figures), 'application/json; charset=utf-8');
      sendToAnybody(context, file, PICTURE_CACHE);
    }),
  );
  router.get('/status/:slug/:server', (context) =>
    answered(context, answers, 'page', async () => {
      const reader = await readerOf(context, answers);
      const range = oneOf(context, 'range', RANGES, '24h');
      const id = word(context, 'server');
      sendPage(context, await answers.server(word(context, 'slug'), id, range, reader));
    }),
  );
}

/** A part of the path. */
function word(context: Context, name: string): string {
  const parameters: unknown = context['params'];
  const value: unknown =
    typeof parameters === 'object' && parameters !== null && Reflect.get(parameters, name);
  return typeof value === 'string' ? value : '';
}
