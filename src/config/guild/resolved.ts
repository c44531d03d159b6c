import { z } from 'zod';
import { sourceSettingsSchema } from './resolved-announcements';
import { gameSettingsSchema, registrationSchema } from './resolved-registration';
import { mirrorDefinitionSchema } from './resolved-mirrors';
import { serverSettingsSchema, WATCHING_DEFAULTS, watchingSchema } from './resolved-servers';

/**
 * A guild's configuration as the program uses it: Discord things by id, durations in milliseconds,
 * defaults filled in. It is stored as jsonb and parsed with this schema when it is read.
 */

const id = z.string().min(1);
const milliseconds = z.number().int().nonnegative();
const count = z.number().int().positive();

/** A question of a category's form, with Discord's limits for text inputs. */
export const formFieldSchema = z.object({
  /** Unique within the form; names the answer in the case's record. */
  id,
  label: z.string(),
  /** Small print under the label. */
  description: z.string().nullable(),
  style: z.enum(['short', 'paragraph']),
  required: z.boolean(),
  placeholder: z.string().nullable(),
  minLength: z.number().int().nonnegative().nullable(),
  maxLength: count.nullable(),
});

/** What one user may open; null is no limit. */
export const openerLimitsSchema = z.object({
  /** Cases open at the same time. */
  mostOpen: count.nullable(),
  /** Between two openings. */
  cooldownMs: milliseconds.nullable(),
  /** Openings within 24 hours. */
  mostPerDay: count.nullable(),
});

/** Both counted from the last activity of anybody; warn < close. */
export const inactivitySchema = z.object({
  warnAfterMs: milliseconds,
  closeAfterMs: milliseconds,
});

export const teamSchema = z.object({
  id,
  name: z.string(),
  memberRoleIds: z.array(id),
  /** The team that a case is raised to; the chain has no cycle. */
  seniorTeamId: id.nullable(),
});

export const caseCategorySchema = z.object({
  id,
  title: z.string(),
  /** A Unicode emoji, or a custom one as `<:name:id>` or `<a:name:id>`. */
  emoji: z.string().nullable(),
  description: z.string(),
  kind: z.literal('ticket'),
  teamId: id,
  /** Discord's category that new channels go under; null is the top of the channel list. */
  parentChannelId: id.nullable(),
  form: z.array(formFieldSchema),
  /** Counted over the opener's cases of this category, besides the guild's; never looser than those. */
  limits: openerLimitsSchema,
  /** Null: nothing happens to a silent ticket. */
  inactivity: inactivitySchema.nullable(),
  /** How long after closing a case can be reopened; 0 is not at all. */
  reopenWindowMs: milliseconds,
});

export const panelSchema = z.object({
  id,
  title: z.string(),
  description: z.string(),
  categoryIds: z.array(id),
  style: z.enum(['buttons', 'menu']),
});

export const guildConfigurationSchema = z.object({
  guildId: id,
  guildName: z.string(),
  adminRoleIds: z.array(id),
  /** By team id. */
  teams: z.record(z.string(), teamSchema),
  categories: z.array(caseCategorySchema),
  /** Counted over all of the opener's cases in the guild. */
  limits: openerLimitsSchema,
  /** Where staff are told of new and raised cases. */
  deskLogChannelId: id.nullable(),
  panels: z.array(panelSchema),
  /** As the file says; servers that were added by commands are in the records alone. */
  servers: z.array(serverSettingsSchema).default([]),
  watching: watchingSchema.default(WATCHING_DEFAULTS),
  /** Null: nobody can register an account, which is also how it was before there were registrations. */
  registration: registrationSchema.nullable().default(null),
  /** The servers that take part in registrations. */
  games: z.array(gameSettingsSchema).default([]),
  /** Sources of announcements as the file says; those of commands are in the records alone. */
  sources: z.array(sourceSettingsSchema).default([]),
  /** As the file says; mirrors that were added by commands are in the records alone. Absent: none. */
  mirrors: z.array(mirrorDefinitionSchema).optional(),
  /** The channels that show servers, by what the file calls them: their names in Discord change. */
  shownIn: z.record(z.string(), id).default({}),
});

export type FormField = z.infer<typeof formFieldSchema>;
export type OpenerLimits = z.infer<typeof openerLimitsSchema>;
export type Inactivity = z.infer<typeof inactivitySchema>;
export type Team = z.infer<typeof teamSchema>;
export type CaseCategory = z.infer<typeof caseCategorySchema>;
export type Panel = z.infer<typeof panelSchema>;
export type GuildConfiguration = z.infer<typeof guildConfigurationSchema>;
