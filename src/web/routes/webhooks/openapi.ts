import { sources } from '../../sources/sources';
import { MIB } from '../../sources/source';

/** The description of the webhook routes, for `/openapi.json`. */

const problem = (description: string): object => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const later = {
  headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds.' } },
};

const inPath = (name: string, description: string, schema: object): object => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});
const askedOnly = Object.values(sources).filter(({ asked }) => asked);
const provider = (names: readonly string[]): object =>
  inPath('provider', 'The kind of service.', { type: 'string', enum: names });
const source = inPath(
  'source',
  'The source as `/announce list` shows it: the guild’s id, a dash, and the source’s own word.',
  { type: 'string', examples: ['100000000000000001-castle-code'] },
);

const types = [...new Set(Object.values(sources).flatMap(({ contentTypes }) => contentTypes))];

const parameterOf = (name: string, description: string): object => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string' },
});

export const WEBHOOK_PATHS: Readonly<Record<string, object>> = {
  '/webhooks/{provider}/{source}': {
    post: {
      operationId: 'delivery',
      summary: 'A service delivers news',
      description:
        'Signed, or with a token, as the service does it; over the body as it came. A delivery that is sent again is answered in the same way and announced once.',
      parameters: [provider(Object.keys(sources).sort()), source],
      requestBody: {
        required: true,
        content: Object.fromEntries(types.map((type) => [type, {}])),
      },
      responses: {
        '200': {
          description: 'The service asked whether this address wants its news: the answer.',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
        '202': {
          description: 'It is kept, and will be announced.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Accepted' } } },
        },
        '204': { description: 'It was taken, and there is nothing to announce in it.' },
        '400': problem('It is not as the service documents it; `parameter` names what is wrong.'),
        '401': problem('The signature or token is missing, wrong or too old.'),
        '404': problem('There is no such source.'),
        '413': problem(
          `The body is longer than ${Math.max(...Object.values(sources).map(({ limit }) => limit)) / MIB} MiB (GitHub), or 1 MiB (all others).`,
        ),
        '415': problem('The body has a type that the service does not send, or is compressed.'),
        '429': { ...problem('The source delivers too much.'), ...later },
        '503': { ...problem('It cannot be taken at the moment. Send it again.'), ...later },
      },
    },
    get: {
      operationId: 'hubQuestion',
      summary: 'A hub asks whether a subscription is wanted: W3C WebSub, section 5.3',
      parameters: [
        provider(askedOnly.map(({ provider: name }) => name).sort()),
        source,
        parameterOf('hub.mode', '`subscribe`, `unsubscribe` or `denied`.'),
        parameterOf('hub.topic', 'The feed.'),
        parameterOf('hub.challenge', 'What is answered.'),
        parameterOf('hub.lease_seconds', 'How long the subscription lasts.'),
        parameterOf('hub.reason', 'Why the hub refuses it.'),
      ],
      responses: {
        '200': {
          description: 'It is wanted: the challenge. After a refusal: nothing.',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
        '400': problem('It is not what a hub sends; `parameter` names what is wrong.'),
        '404': problem('There is no such source, or the subscription is not wanted.'),
        '405': problem('Nobody asks a source of this kind.'),
        '503': { ...problem('It cannot be answered at the moment.'), ...later },
      },
    },
  },
};

export const webhookSchemas: Readonly<Record<string, unknown>> = {
  Accepted: {
    type: 'object',
    required: ['delivery'],
    properties: {
      delivery: { type: 'string', description: 'The delivery as `/announce list` names it.' },
    },
  },
};
