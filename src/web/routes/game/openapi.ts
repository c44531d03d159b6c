import { schemaComponents } from '../../schema-components';
import { schemas } from './schemas';

/** The description of the Game API, for `/openapi.json`. */

const problem = (description: string): object => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const later = {
  headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds.' } },
};
const refused = (description: string): object => ({
  description,
  content: {
    'application/problem+json': { schema: { $ref: '#/components/schemas/RefusedVerification' } },
  },
});
const ref = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } });
const json = (name: string): object => ({ 'application/json': ref(name) });

const inHeader = (name: string, description: string): object => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});
/** Standard Webhooks 1.0.0. */
const signed = [
  inHeader(
    'webhook-id',
    'Visible ASCII without full stops, at most 128 characters. The same when the same request is sent again: it then gets the first answer.',
  ),
  inHeader('webhook-timestamp', 'Seconds since the epoch, at most 5 minutes from our clock.'),
  inHeader(
    'webhook-signature',
    '`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body` with the server’s secret; several with spaces between them while secrets are exchanged. Without a body, nothing follows the second full stop.',
  ),
];
const server = {
  name: 'server',
  in: 'query',
  required: true,
  description:
    "The server's id as configured; or the guild's id or its name in addresses, a slash, and the server's id. Its secret is the one to sign with.",
  schema: { type: 'string', examples: ['survival', 'kestrel-keep/survival'] },
};
const wait = {
  name: 'wait',
  in: 'query',
  description: 'How long the answer may wait for news, at most 30 seconds. Absent: not at all.',
  schema: { type: 'string', examples: ['25s'] },
};

const always = {
  '400': problem('It is not understood; `parameter` names what is wrong.'),
  '401': problem(
    'The signature is missing, wrong, or too old, or there is no such server with a plugin.',
  ),
  '429': { ...problem('The server asks too often.'), ...later },
  '503': { ...problem('It cannot be answered at the moment. Send it again.'), ...later },
};
const withBody = {
  '413': problem('The body is longer than 16 KiB.'),
  '415': problem('The body is not JSON, or compressed.'),
};

export const GAME_PATHS: Readonly<Record<string, object>> = {
  '/v1/game/registrations': {
    get: {
      operationId: 'pendingRegistrations',
      summary: 'The names that are being registered: whose players are to be asked for their code',
      parameters: [
        server,
        wait,
        {
          name: 'known',
          in: 'query',
          description:
            'The `version` of the answer before: this one waits until there is another. Absent: it waits until there is a name.',
          schema: { type: 'string' },
        },
        ...signed,
      ],
      responses: {
        '200': {
          description: 'All of them. The same ones as before, where nothing happened in time.',
          content: json('PendingRegistrations'),
        },
        ...always,
      },
    },
  },
  '/v1/game/verifications': {
    post: {
      operationId: 'verification',
      summary: 'A player typed a code',
      description:
        'Every answer has a `message` to show to the player. A request whose answer did not arrive is sent again with the same `webhook-id` and a new timestamp: it is no second attempt.',
      parameters: signed,
      requestBody: { required: true, content: json('VerificationRequest') },
      responses: {
        '200': { description: 'The account is linked.', content: json('Verified') },
        '404': refused('Nobody registers the player’s name.'),
        '409': refused('The account is somebody else’s, or the user has as many as allowed.'),
        '410': refused('The code came too late.'),
        '422': refused('The code is wrong; `attemptsLeft` says how many attempts are left.'),
        '423': {
          ...refused('There were too many wrong codes; `lockedUntil` says how long it lasts.'),
          ...later,
        },
        ...always,
        '400': refused('It is not understood; `detail` says what is wrong.'),
        '401': refused(
          'The signature is missing, wrong, or too old, or there is no such server with a plugin.',
        ),
        '413': refused('The body is longer than 16 KiB.'),
        '415': refused('The body is not JSON, or compressed.'),
        '429': { ...refused('The server asks too often, or the player types too fast.'), ...later },
        '503': { ...refused('It cannot be decided at the moment. Send it again.'), ...later },
      },
    },
  },
  '/v1/game/whitelist': {
    get: {
      operationId: 'whitelistChanges',
      summary: 'What is to be changed in the server’s whitelist',
      description:
        'Changes come again until they are confirmed; to make one again changes nothing. Of two changes for one player the later one holds.',
      parameters: [
        server,
        wait,
        {
          name: 'after',
          in: 'query',
          description:
            'The `sequence` of the last change that was made: only later ones are given, and waited for. Absent: all that are not confirmed, as after a start.',
          schema: { type: 'integer', minimum: 0, default: 0 },
        },
        ...signed,
      ],
      responses: {
        '200': {
          description: 'At most 200, in order. None, where nothing happened in time.',
          content: json('WhitelistChanges'),
        },
        ...always,
      },
    },
  },
  '/v1/game/whitelist/applied': {
    post: {
      operationId: 'whitelistApplied',
      summary: 'Changes of the server’s whitelist that were made',
      description: 'To confirm a change twice does no harm.',
      parameters: signed,
      requestBody: { required: true, content: json('WhitelistApplied') },
      responses: {
        '204': { description: 'It will be recorded.' },
        ...always,
        ...withBody,
      },
    },
  },
};

/** The schemas that the paths refer to. */
export const gameSchemas = (): Readonly<Record<string, unknown>> => schemaComponents(schemas);
