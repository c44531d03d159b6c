import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

/** A JSON schema that is not looked into here. */
const schema = z.record(z.string(), z.unknown());

const reference = z.object({ $ref: z.string() });
const content = z.record(z.string(), z.object({ schema: schema.optional() }));
const parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().optional(),
  schema,
});
const response = z.union([reference, z.object({ content: content.optional() })]);
const operation = z.object({
  parameters: z.array(parameter).optional(),
  requestBody: z.object({ content, required: z.boolean().optional() }).optional(),
  responses: z.record(z.string(), response),
});

const description = z.object({
  openapi: z.string().startsWith('3.1'),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({
    schemas: z.record(z.string(), schema),
    responses: z.record(z.string(), z.object({ content: content.optional() })),
  }),
});

/** One method of one path. */
export type Operation = z.infer<typeof operation>;
export type JsonSchema = z.infer<typeof schema>;
export type Content = z.infer<typeof content>;

/** The vendor's description of the HTTP API, as far as the checks read it. */
export type Description = z.infer<typeof description>;

/** Where the description lies beside a checkout, when nothing else is said. */
const BESIDE = '../shared/discord/openapi.json';

/** What to tell a person who does not have the file. */
export const HOW_TO_GET_IT =
  'The checks against the vendor’s description of the Discord API are skipped, as the file is not ' +
  'here. It is specs/openapi.json of https://github.com/discord/discord-api-spec at commit 74fda0f: ' +
  `save it as ${BESIDE} beside the checkout, or set DISCORD_OPENAPI to its path.`;

/**
 * Finds the description: `DISCORD_OPENAPI`, or beside the checkout.
 * @param environment the process's variables
 * @param checkout the root folder of the project
 * @returns its path, or undefined where there is none
 * @throws Error if `DISCORD_OPENAPI` is set to a file that does not exist
 */
export function findDescription(
  environment: Readonly<Record<string, string | undefined>>,
  checkout: string,
): string | undefined {
  const set = environment.DISCORD_OPENAPI;
  if (set !== undefined && set !== '') {
    const path = resolve(checkout, set);
    if (existsSync(path)) return path;
    throw new Error(
      `DISCORD_OPENAPI is set to ${set}, but there is no such file. Set it to the path of ` +
        'Discord’s openapi.json, for example /home/me/openapi.json, or unset it.',
    );
  }
  const beside = resolve(checkout, BESIDE);
  return existsSync(beside) ? beside : undefined;
}

/**
 * Reads the description from its file.
 * @throws ZodError if the file is something else
 */
export function readDescription(path: string): Description {
  return description.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** The method of a path, or undefined where the path has no such method. */
export function readOperation(
  pathItem: Record<string, unknown>,
  method: string,
): Operation | undefined {
  const found = pathItem[method.toLowerCase()];
  return found === undefined ? undefined : operation.parse(found);
}
