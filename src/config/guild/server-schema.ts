import { z } from 'zod';
import { PROBE_KINDS } from '../../domain/watching/check';
import { templateProblem } from '../../domain/watching/channel-name';
import { recurrenceProblem } from '../../domain/watching/recurrence';
import { asPhrase } from './as-phrase';
import { game, passwordVariable } from './game-schema';
import { isTimeZone } from './zoned-time';
import { count, DAY, discordName, duration, line, MINUTE, SECOND, section, word } from './values';

/** A watched game server as an administrator writes it; what its values must be like together says server-references.ts. */

/** What the domain finds wrong, as it says it. */
function problemFree(schema: z.ZodString, problemOf: (text: string) => string | null) {
  return schema.superRefine((text, context) => {
    const message = problemOf(text);
    if (message !== null) context.addIssue({ code: 'custom', message: asPhrase(message) });
  });
}

const template = problemFree(line(100), templateProblem);

const channel = section({
  channel: discordName,
  template: template.optional(),
  on_manual_rename: z.enum(['respect', 'restore']).optional(),
});

const maintenance = section({
  title: line(100),
  starts: z
    .string()
    .regex(
      /^\s*\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}\s*$/,
      'must be a date and a time, such as 2026-01-06 04:00',
    ),
  duration: duration({ least: MINUTE, most: 30 * DAY }),
  repeat: problemFree(z.string().trim(), recurrenceProblem).optional(),
  time_zone: z
    .string()
    .trim()
    .refine(isTimeZone, 'must be a time zone, such as Europe/Berlin or UTC')
    .optional(),
});

const thresholds = section({
  down_after: z.number().int().min(2).max(20).optional(),
  up_after: count(20).optional(),
  flapping: section({
    changes: z.number().int().min(2).max(100),
    within: duration({ least: MINUTE, most: DAY }),
  }).optional(),
});

const rcon = section({
  command: line(200),
  password_env: passwordVariable,
});

export const server = section({
  id: word,
  name: line(80).optional(),
  probe: z.enum(PROBE_KINDS).optional(),
  address: z.string().trim().min(1).max(500),
  interval: duration({ least: 10 * SECOND, most: DAY }).optional(),
  timeout: duration({ least: SECOND, most: 10 * SECOND }).optional(),
  thresholds: thresholds.optional(),
  allow_internal: z.boolean().optional(),
  host: line(100).optional(),
  public: z.boolean().optional(),
  channels: z.array(channel).max(5).optional(),
  maintenance: z.array(maintenance).max(20).optional(),
  expect_status: z.number().int().min(100).max(599).optional(),
  rcon: rcon.optional(),
  game: game.optional(),
});

export type ServerEntry = z.infer<typeof server>;
