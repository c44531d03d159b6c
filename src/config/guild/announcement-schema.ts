import { z } from 'zod';
import { checkTemplate } from '../../domain/announcements/rendering';
import { asPhrase } from './as-phrase';
import { DAY, discordName, duration, line, MINUTE, SECOND, section, word } from './values';
import { isTimeZone } from './zoned-time';

/**
 * Sources of announcements as an administrator writes them; what goes with which provider says
 * announcement-references.ts.
 */

export const PROVIDERS = [
  'bitbucket',
  'feed',
  'generic',
  'github',
  'gitlab',
  'twitch',
  'youtube',
  'zapier',
] as const;
export type ProviderName = (typeof PROVIDERS)[number];

export const AUTHENTICATION_KINDS = ['hmac', 'bearer', 'standard-webhooks'] as const;

/** The beginning of the name keeps a configuration from using our other secrets for a source of its choice. */
const secretVariable = z
  .string()
  .regex(
    /^WEBHOOK_SECRET(?:_[A-Z0-9_]{1,64})?$/,
    'must be the name of an environment variable that begins with WEBHOOK_SECRET, such as WEBHOOK_SECRET_GITHUB',
  );

/** An empty one leaves its place empty. */
const template = z
  .string()
  .trim()
  .superRefine((text, context) => {
    const message = checkTemplate(text);
    if (message !== null) context.addIssue({ code: 'custom', message: asPhrase(message) });
  });

/** Lists of what is wanted; `!` before an entry means what is not. */
const patterns = z
  .array(line(200).refine((text) => text !== '!', 'must name something after !, such as !main'))
  .min(1)
  .max(50);
const texts = z.array(line(200)).min(1).max(50);

const filter = section({
  events: patterns.exactOptional(),
  branches: patterns.exactOptional(),
  paths: patterns.exactOptional(),
  authors: patterns.exactOptional(),
  contains: texts.exactOptional(),
  lacks: texts.exactOptional(),
});

const time = z
  .string()
  .trim()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time from "00:00" to "23:59", such as "22:00"');

const quietHours = section({
  from: time,
  to: time,
  zone: z
    .string()
    .trim()
    .refine(isTimeZone, 'must be a time zone, such as Europe/Berlin or UTC')
    .optional(),
});

const language = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Z]{2})?$/, 'must be a language such as en, de or pt-BR');

const route = section({
  channel: discordName,
  filter: filter.optional(),
  template: section({
    content: template.exactOptional(),
    title: template.exactOptional(),
    description: template.exactOptional(),
    footer: template.exactOptional(),
  }).optional(),
  language: language.optional(),
  ping: section({
    role: discordName,
    every: duration({ least: 0, most: 30 * DAY }).optional(),
  }).optional(),
  thread: z.boolean().optional(),
  /** Discord's limit for a post in a forum. */
  tags: z.array(discordName).min(1).max(5).optional(),
  publish: z.boolean().optional(),
  digest: duration({ least: 10 * SECOND, most: 7 * DAY }).optional(),
  quiet_hours: z.union([z.literal('none'), quietHours]).optional(),
});

export type RouteEntry = z.infer<typeof route>;

const header = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{1,64}$/, 'must be the name of a header, such as X-Signature-256');

const authentication = section({
  kind: z.enum(AUTHENTICATION_KINDS),
  header: header.optional(),
  algorithm: z.enum(['sha256', 'sha512']).optional(),
  encoding: z.enum(['hex', 'base64']).optional(),
  prefix: z.string().max(40).optional(),
});

export type AuthenticationEntry = z.infer<typeof authentication>;

const path = line(300);

const mapping = section({
  items: path.exactOptional(),
  id: path.exactOptional(),
  change: path.exactOptional(),
  event: path.exactOptional(),
  title: path.exactOptional(),
  text: path.exactOptional(),
  url: path.exactOptional(),
  author: path.exactOptional(),
  author_url: path.exactOptional(),
  author_image: path.exactOptional(),
  image: path.exactOptional(),
  at: path.exactOptional(),
  fields: z
    .array(section({ name: line(256), value: path }))
    .max(25)
    .exactOptional(),
});

export type MappingEntry = z.infer<typeof mapping>;

const keepDeliveries = duration({ least: MINUTE, most: 365 * DAY });

const source = section({
  id: word,
  provider: z.enum(PROVIDERS),
  secret_env: secretVariable.optional(),
  second_secret_env: secretVariable.optional(),
  channel: z
    .string()
    .trim()
    .regex(
      /^UC[\w-]{22}$/,
      'must be the id of a YouTube channel: UC and 22 more characters, such as UC_x5XG1OV2P6uZZ5FSM9Ttw',
    )
    .optional(),
  address: z.string().trim().min(1).max(2_000).optional(),
  every: duration({ least: MINUTE, most: DAY }).optional(),
  allow_internal: z.boolean().optional(),
  mapping: z.union([z.enum(['plain', 'youtube', 'twitter']), mapping]).optional(),
  authentication: authentication.optional(),
  staff_channel: discordName.optional(),
  keep_deliveries: keepDeliveries.optional(),
  silent_after: duration({ least: 10 * MINUTE, most: 365 * DAY }).optional(),
  routes: z.array(route).min(1).max(25),
});

export type SourceEntry = z.infer<typeof source>;

export const announcements = section({
  language: language.optional(),
  staff_channel: discordName.optional(),
  keep_deliveries: keepDeliveries.optional(),
  quiet_hours: quietHours.optional(),
  sources: z.array(source).max(100).optional(),
});

export type AnnouncementsEntry = z.infer<typeof announcements>;
