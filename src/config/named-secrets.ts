import type { VariableProblem } from './environment-error';
import { parseSecret, SECRET_PREFIX, WebhookSecretError } from './webhook-secret';

/** Secrets of which any number may be set, under names that the guilds' configurations choose. */

type Given = Readonly<Record<string, string>>;

export function rconPasswords(given: Given): Readonly<Record<string, string>> {
  return Object.fromEntries(named(given, 'RCON_PASSWORD'));
}

/** The keys with which game servers sign. */
export function gameKeys(given: Given): {
  readonly keys: Readonly<Record<string, Buffer>>;
  readonly problems: readonly VariableProblem[];
} {
  const keys: Record<string, Buffer> = {};
  const problems: VariableProblem[] = [];
  for (const [variable, secret] of named(given, 'GAME_SECRET')) {
    const problem = standardProblem(secret);
    if (problem === null) keys[variable] = parseSecret(secret);
    else problems.push({ variable, problem, example: STANDARD_EXAMPLE });
  }
  return { keys, problems };
}

/** In characters. What is shorter is guessed, or was not meant to be a secret. */
const SHORTEST_WEBHOOK_SECRET = 16;

/** The secrets of sources of announcements. They are what a service knows: any text, or one of Standard Webhooks. */
export function webhookSecrets(given: Given): {
  readonly secrets: Readonly<Record<string, string>>;
  readonly problems: readonly VariableProblem[];
} {
  const secrets = named(given, 'WEBHOOK_SECRET');
  const problems = secrets.flatMap(([variable, secret]): VariableProblem[] => {
    if (secret.startsWith(SECRET_PREFIX)) {
      const problem = standardProblem(secret);
      return problem === null ? [] : [{ variable, problem, example: STANDARD_EXAMPLE }];
    }
    if (secret.length >= SHORTEST_WEBHOOK_SECRET) return [];
    return [
      {
        variable,
        problem: `it is too short: a secret has at least ${SHORTEST_WEBHOOK_SECRET} characters.`,
        example: '<32 random bytes: openssl rand -hex 32>',
      },
    ];
  });
  return { secrets: Object.fromEntries(secrets), problems };
}

const STANDARD_EXAMPLE = 'whsec_<base64 of 32 random bytes: openssl rand -base64 32>';

/** Why it is no secret of Standard Webhooks; `null`: it is one. */
function standardProblem(secret: string): string | null {
  try {
    parseSecret(secret);
    return null;
  } catch (error) {
    if (!(error instanceof WebhookSecretError)) throw error;
    return error.message;
  }
}

/** Those that have the name, or begin with it and an underscore. */
function named(given: Given, name: string): readonly (readonly [string, string])[] {
  return Object.entries(given).filter(
    ([variable]) => variable === name || variable.startsWith(`${name}_`),
  );
}
