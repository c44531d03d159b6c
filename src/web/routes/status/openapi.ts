import { schemaComponents } from '../../schema-components';
import { CHARTS, RANGES, SIZES } from '../../status/charts';
import { schemas } from '../../status/document';
import { UPTIME_WINDOWS } from '../../status/figures';
import { BADGES } from '../../views/status/badge';

/** The description of the public status pages, for `/openapi.json`. */

const problem = (description: string): object => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const inPath = (name: string, description: string): object => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
});
const inQuery = (name: string, description: string, schema: object): object => ({
  name,
  in: 'query',
  description,
  schema,
});
const words = (all: readonly string[], usual?: string): object => ({
  type: 'string',
  enum: all,
  ...(usual !== undefined && { default: usual }),
});

const slug = inPath('slug', "The guild's name in addresses, as configured.");
const server = inPath('server', "The server's id, as configured.");
const lang = inQuery(
  'lang',
  'The language; else `Accept-Language` decides, else the configured one.',
  { type: 'string', examples: ['de'] },
);

const missing = problem('There is no such page, or no such public server on it.');
const away = {
  ...problem('The records cannot be reached, and nothing older can be shown.'),
  headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds.' } },
};
const wrong = problem('A parameter is wrong: `parameter` names it, `example` is a right one.');
const unchanged = { description: 'What `If-None-Match` names is still right.' };

const content = (type: string, schema: object) => ({ content: { [type]: { schema } } });
const text = { type: 'string' };

const operation = (
  operationId: string,
  summary: string,
  parameters: readonly object[],
  ok: object,
  { mayBeWrong = true } = {},
): object => ({
  get: {
    operationId,
    summary,
    parameters,
    responses: {
      '200': ok,
      '304': unchanged,
      ...(mayBeWrong && { '400': wrong }),
      '404': missing,
      '503': away,
    },
  },
});

const exported = [
  inQuery(
    'from',
    'A day or an instant (RFC 3339). Absent: 7 days before `to` by the hour, 90 by the day.',
    { type: 'string', examples: ['2026-11-16', '2026-11-16T00:00:00Z'] },
  ),
  inQuery('to', 'Exclusive. Absent: now.', { type: 'string', examples: ['2026-11-23'] }),
  inQuery(
    'step',
    'By the hour at most 92 days at once (they are kept 90 days), by the day (of UTC) at most 10 years.',
    words(['hour', 'day'], 'hour'),
  ),
];

export const STATUS_PATHS: Readonly<Record<string, object>> = {
  '/status/{slug}': operation(
    'statusPage',
    "A guild's status page",
    [
      slug,
      lang,
      inQuery('before', 'Shows the incidents with smaller numbers instead.', {
        type: 'integer',
        minimum: 1,
      }),
    ],
    { description: 'The page.', ...content('text/html', text) },
  ),
  '/status/{slug}.json': operation(
    'status',
    "A guild's servers, their last 90 days and their incidents",
    [slug],
    {
      description: 'At most some seconds old, unless it says that it is stale.',
      ...content('application/json', { $ref: '#/components/schemas/Status' }),
    },
    { mayBeWrong: false },
  ),
  '/status/{slug}.rss': operation(
    'statusFeed',
    "A guild's incidents as a feed",
    [slug, lang],
    { description: 'RSS 2.0.', ...content('application/rss+xml', text) },
    { mayBeWrong: false },
  ),
  '/status/{slug}/card.png': operation(
    'statusCard',
    'A picture of how the servers are, for embeds',
    [slug, lang],
    { description: '1200 by 630 pixels.', ...content('image/png', {}) },
    { mayBeWrong: false },
  ),
  '/status/{slug}/badge/{server}.svg': operation(
    'statusBadge',
    "A server's state or uptime as a badge",
    [
      slug,
      server,
      lang,
      inQuery('show', 'What it shows.', words(BADGES, 'state')),
      inQuery('window', 'Of which time the uptime is.', words(UPTIME_WINDOWS, '90d')),
    ],
    { description: 'The badge.', ...content('image/svg+xml', text) },
  ),
  '/status/{slug}/{server}': operation(
    'serverPage',
    'The page of one server, with its charts',
    [slug, server, lang, inQuery('range', 'How much time the charts show.', words(RANGES, '24h'))],
    { description: 'The page.', ...content('text/html', text) },
  ),
  '/status/{slug}/{server}/charts/{chart}.svg': operation(
    'serverChart',
    'A chart of one server',
    [
      slug,
      server,
      { ...inPath('chart', 'What it shows.'), schema: words(CHARTS) },
      inQuery('range', 'How much time it shows.', words(RANGES, '24h')),
      inQuery('size', 'For which screen.', words(SIZES, 'wide')),
      inQuery('theme', 'For which background.', words(['light', 'dark'], 'light')),
      lang,
    ],
    { description: 'The chart.', ...content('image/svg+xml', text) },
  ),
  '/status/{slug}/{server}.json': operation(
    'serverHistory',
    "A server's history",
    [slug, server, ...exported],
    {
      description: 'The figures.',
      ...content('application/json', { $ref: '#/components/schemas/ServerHistory' }),
    },
  ),
  '/status/{slug}/{server}.csv': operation(
    'serverHistoryTable',
    "A server's history as a table",
    [slug, server, ...exported],
    {
      description: 'The same figures, with a first line that names the columns (RFC 4180).',
      ...content('text/csv', text),
    },
  ),
  '/assets/{file}': {
    get: {
      operationId: 'asset',
      summary: 'What the pages load: style sheet, script, icon',
      parameters: [
        inPath('file', 'Its name.'),
        inQuery('v', 'The version; with the right one it may be kept for ever.', text),
      ],
      responses: {
        '200': { description: 'The file.' },
        '304': unchanged,
        '404': problem('There is no such file.'),
      },
    },
  },
};

/** The schemas that the paths refer to. */
export const statusSchemas = (): Readonly<Record<string, unknown>> => schemaComponents(schemas);
