import { createHash, randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { isNativeError } from 'node:util/types';
import type { Variables } from '../config/environment';
import type { Authentication } from '../domain/announcements/settings';
import { parseSecret, WebhookSecretError } from '../config/webhook-secret';
import { samples, type Sample } from '../web/sources/samples';
import type { Provider } from '../web/sources/source';
import { isProvider } from '../web/sources/sources';
import { exitCodes } from './exit-codes';

/** How long a running system may take to answer, in milliseconds. */
const PATIENCE_MS = 15_000;

const OPTIONS = {
  to: { type: 'string' },
  'secret-env': { type: 'string', default: 'WEBHOOK_SECRET' },
  content: { type: 'string' },
  channel: { type: 'string', default: 'UC0123456789abcdefghijkl' },
  authentication: { type: 'string', default: 'standard-webhooks' },
  header: { type: 'string' },
} as const;

const USAGE = `Delivers a sample of what a service would send, signed as the service signs it.

  castellan sample                     lists what there is
  castellan sample PROVIDER EVENT --to=ADDRESS

  --to=ADDRESS          the source's address, as /announce list shows it
  --secret-env=NAME     the environment variable that holds the source's secret (WEBHOOK_SECRET)
  --content=TEXT        the same text is the same content: delivered twice, it is announced once
  --channel=ID          the YouTube channel that the source follows
  --authentication=WAY  of generic sources: standard-webhooks, bearer or hmac
  --header=NAME         of generic sources: the header of the token, or of the HMAC (x-signature)
`;

/** Where what is said goes. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const STANDARD: Streams = {
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
};

/** The command line or the environment has to be mended first. */
class Misused extends Error {}

/**
 * `castellan sample`: delivers a sample to a running system, or lists what there is.
 *
 * @returns the exit code
 */
export async function sample(
  args: readonly string[],
  variables: Variables,
  streams: Streams = STANDARD,
): Promise<number> {
  try {
    const { values, positionals } = parsed(args);
    const [provider, event, ...more] = positionals;
    if (provider === undefined) {
      streams.out(listed());
      return exitCodes.clean;
    }
    if (more.length > 0) throw new Misused(`“${more.join(' ')}” is not understood here.`);
    return await delivered(foundIn(provider, event), values, variables, streams);
  } catch (error) {
    if (!(error instanceof Misused)) throw error;
    streams.err(`castellan: ${error.message}\n\n${USAGE}`);
    return exitCodes.usage;
  }
}

type Values = ReturnType<typeof parsed>['values'];

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new Misused(isNativeError(error) ? error.message : 'The options are not understood.');
  }
}

interface Found {
  readonly provider: Provider;
  readonly sample: Sample;
}

function foundIn(provider: string, event: string | undefined): Found {
  if (!isProvider(provider)) {
    throw new Misused(`There is no provider “${provider}”: ${Object.keys(samples).join(', ')}.`);
  }
  const all = samples[provider].samples;
  const found = all.find((one) => one.event === event);
  if (found !== undefined) return { provider, sample: found };
  const events = all.map((one) => one.event).join(', ');
  throw new Misused(
    event === undefined
      ? `Say which event of ${provider}: ${events}.`
      : `${provider} has no sample “${event}”: ${events}.`,
  );
}

async function delivered(
  { provider, sample: { event, delivery } }: Found,
  values: Values,
  variables: Variables,
  streams: Streams,
): Promise<number> {
  const address = addressIn(values.to, provider);
  const name = values['secret-env'];
  const secret = variables[name]?.trim() ?? '';
  if (secret === '') {
    throw new Misused(
      `The variable ${name} is not set. Put the source’s secret into it, in .env or before the command: ${name}=… castellan sample ${provider} ${event} --to=…`,
    );
  }
  const { content } = values;
  const mark =
    content === undefined
      ? randomBytes(20).toString('hex')
      : createHash('sha1').update(content).digest('hex');
  const now = Date.now();
  const made = delivery({ mark, now, channelId: values.channel });
  const authentication = authenticationIn(values, name, secret);
  const signing = { secret, id: `sample-${randomBytes(8).toString('hex')}`, now, authentication };
  const signed = samples[provider].sign(made, signing);
  const headers = { 'content-type': made.contentType, ...made.headers, ...signed };
  return answered(address, await send(address, { headers, body: made.body }), name, streams);
}

function addressIn(to: string | undefined, provider: Provider): URL {
  if (to === undefined || !URL.canParse(to)) {
    throw new Misused(
      `Say the source’s address, as /announce list shows it: --to=http://127.0.0.1:3000/webhooks/${provider}/1100000000000000100-plugins`,
    );
  }
  const address = new URL(to);
  const [, kind] = /\/webhooks\/([^/]+)\/[^/]+$/.exec(address.pathname) ?? [];
  if (kind !== provider) {
    throw new Misused(
      kind === undefined
        ? `${to} is no address of a source: it ends with /webhooks/${provider}/ and the source.`
        : `${to} is the address of a source of ${kind}, not of ${provider}.`,
    );
  }
  return address;
}

function authenticationIn(values: Values, variable: string, secret: string): Authentication {
  const header = values.header?.toLowerCase() ?? null;
  switch (values.authentication) {
    case 'bearer':
      return { kind: 'bearer', header };
    case 'hmac':
      return {
        ...{ kind: 'hmac', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=' },
        header: header ?? 'x-signature',
      };
    case 'standard-webhooks':
      if (values.to?.includes('/webhooks/generic/') === true) requireKey(variable, secret);
      return { kind: 'standard-webhooks' };
    default:
      throw new Misused('--authentication is standard-webhooks, bearer or hmac.');
  }
}

function requireKey(variable: string, secret: string): void {
  try {
    parseSecret(secret);
  } catch (error) {
    if (!(error instanceof WebhookSecretError)) throw error;
    throw new Misused(`${variable} is no secret of Standard Webhooks: ${error.message}`);
  }
}

async function send(
  address: URL,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
): Promise<Response | Error> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return await fetch(address, { method: 'POST', redirect: 'error', signal, ...request });
  } catch (error) {
    return isNativeError(error) ? error : new Error(String(error));
  }
}

async function answered(
  address: URL,
  answer: Response | Error,
  variable: string,
  streams: Streams,
): Promise<number> {
  if (isNativeError(answer)) {
    const cause = isNativeError(answer.cause) ? `: ${answer.cause.message}` : '';
    streams.err(
      `castellan: ${address.origin} does not answer${cause}. Is it running? “npm start” prints its address after http=.\n`,
    );
    return exitCodes.failed;
  }
  const text = await answer.text();
  if (answer.ok) {
    streams.out(`${answer.status} ${SAID[answer.status] ?? ''} ${text}\n`);
    return exitCodes.clean;
  }
  const hint = answer.status === 401 ? ` The secret was taken from ${variable}.` : '';
  streams.err(`castellan: it was refused with ${answer.status}.${hint}\n${text}\n`);
  return exitCodes.failed;
}

const SAID: Readonly<Record<number, string>> = {
  200: 'It answered the question:',
  202: 'It is kept, and will be announced; /announce list shows what comes of it.',
  204: 'It was taken, and nothing is announced. A hub is not told when its signature is wrong.',
};

function listed(): string {
  const width = Math.max(
    ...Object.values(samples).flatMap((service) =>
      service.samples.map(({ event }) => event.length),
    ),
  );
  const lines = Object.entries(samples).flatMap(([provider, service]) =>
    service.samples.map(
      ({ event, says }) => `  ${provider.padEnd(10)} ${event.padEnd(width)}  ${says}`,
    ),
  );
  return `${USAGE}\nWhat there is:\n${lines.join('\n')}\n`;
}
