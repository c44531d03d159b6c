import { z } from 'zod';
import type {
  Authentication,
  Mapping,
  Origin,
  QuietHours,
  Route,
  SourceSettings,
  Template,
} from '../../domain/announcements/settings';
import type { Filter } from '../../domain/announcements/filter';

/** Sources of announcements as the program uses them: part of a guild's stored configuration, and of the records. */

const id = z.string().min(1);
const milliseconds = z.number().int().nonnegative();
const text = z.string();
const texts = z.array(text).exactOptional();
const minute = z.number().int().min(0).max(1_439);

const filterSchema: z.ZodType<Filter> = z.object({
  events: texts,
  branches: texts,
  paths: texts,
  authors: texts,
  contains: texts,
  lacks: texts,
});

const templateSchema: z.ZodType<Template> = z.object({
  content: text.exactOptional(),
  title: text.exactOptional(),
  description: text.exactOptional(),
  footer: text.exactOptional(),
});

export const quietHoursSchema: z.ZodType<QuietHours> = z.object({
  fromMinute: minute,
  toMinute: minute,
  timeZone: text,
});

const authenticationSchema: z.ZodType<Authentication> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hmac'),
    header: id,
    algorithm: z.enum(['sha256', 'sha512']),
    encoding: z.enum(['hex', 'base64']),
    prefix: text,
  }),
  z.object({ kind: z.literal('bearer'), header: id.nullable() }),
  z.object({ kind: z.literal('standard-webhooks') }),
]);

const path = text.exactOptional();

const mappingSchema: z.ZodType<Mapping> = z.object({
  items: path,
  id: path,
  change: path,
  event: path,
  title: path,
  text: path,
  url: path,
  author: path,
  authorUrl: path,
  authorImage: path,
  image: path,
  at: path,
  fields: z.array(z.object({ name: text, value: text })).exactOptional(),
});

const originSchema: z.ZodType<Origin> = z.discriminatedUnion('provider', [
  z.object({ provider: z.enum(['bitbucket', 'twitch']) }),
  z.object({
    provider: z.enum(['github', 'gitlab']),
    allowInternal: z.boolean().exactOptional(),
  }),
  z.object({ provider: z.literal('youtube'), channelId: id }),
  z.object({
    provider: z.literal('feed'),
    address: id,
    everyMs: milliseconds,
    allowInternal: z.boolean(),
  }),
  z.object({ provider: z.literal('zapier'), mapping: z.enum(['plain', 'youtube', 'twitter']) }),
  z.object({
    provider: z.literal('generic'),
    authentication: authenticationSchema,
    mapping: mappingSchema,
  }),
]);

export const routeSchema: z.ZodType<Route> = z.object({
  channelId: id,
  channelKind: z.enum(['text', 'announcement', 'forum']),
  filter: filterSchema,
  template: templateSchema,
  language: id,
  ping: z.object({ roleId: id, everyMs: milliseconds }).nullable(),
  thread: z.boolean(),
  tagIds: z.array(id),
  publish: z.boolean(),
  digestMs: milliseconds,
  quietHours: quietHoursSchema.nullable(),
});

export const sourceSettingsSchema: z.ZodType<SourceSettings> = z.object({
  id,
  origin: originSchema,
  secretVariables: z.array(id),
  routes: z.array(routeSchema),
  staffChannelId: id.nullable(),
  silentAfterMs: milliseconds.nullable(),
  keepDeliveriesMs: milliseconds,
});
