import { GAME_PATHS, gameSchemas } from './routes/game/openapi';
import { WEBHOOK_PATHS, webhookSchemas } from './routes/webhooks/openapi';
import { STATUS_PATHS, statusSchemas } from './routes/status/openapi';

const problem = {
  description: 'What went wrong, as RFC 9457 problem details.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const json = (schema: object): object => ({ 'application/json': { schema } });

/**
 * The description of every route that exists, as an OpenAPI 3.1 document.
 *
 * @param publicUrl where the server is reached from outside
 * @param version the product's version
 * @param parts whether there are the routes for game servers, and those of webhooks
 */
export function openApiDocument(
  publicUrl: string,
  version: string,
  { game, webhooks }: { readonly game: boolean; readonly webhooks: boolean },
): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Castellan',
      version,
      description: "Runs a Minecraft community's operations on Discord.",
    },
    servers: [{ url: publicUrl }],
    paths: {
      '/healthz': {
        get: {
          operationId: 'health',
          summary: 'Whether the server lives',
          responses: {
            '200': {
              description: 'It does.',
              content: json({
                type: 'object',
                required: ['status'],
                properties: { status: { const: 'ok' } },
              }),
            },
          },
        },
      },
      '/readyz': {
        get: {
          operationId: 'readiness',
          summary: 'Whether every dependency is reached',
          responses: {
            '200': {
              description: 'All of them are.',
              content: json({
                type: 'object',
                required: ['status', 'reached'],
                properties: {
                  status: { const: 'ready' },
                  reached: { type: 'array', items: { type: 'string' } },
                },
              }),
            },
            '503': {
              ...problem,
              description: 'Some are not; `unreachable` names them.',
              headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds.' } },
            },
          },
        },
      },
      '/metrics': {
        get: {
          operationId: 'metrics',
          summary: "The server's figures",
          responses: {
            '200': {
              description: "Prometheus's text format.",
              content: { 'text/plain': { schema: { type: 'string' } } },
            },
          },
        },
      },
      '/openapi.json': {
        get: {
          operationId: 'description',
          summary: 'This description',
          responses: {
            '200': { description: 'OpenAPI 3.1.', content: json({ type: 'object' }) },
          },
        },
      },
      ...STATUS_PATHS,
      ...(game && GAME_PATHS),
      ...(webhooks && WEBHOOK_PATHS),
    },
    components: {
      schemas: {
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status'],
          properties: {
            type: { type: 'string', format: 'uri-reference' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            reference: { type: 'string', description: 'What operators look up in the log.' },
            unreachable: { type: 'array', items: { type: 'string' } },
            parameter: { type: 'string', description: 'Which one was wrong.' },
            example: { type: 'string', description: 'A right value for it.' },
          },
        },
        ...statusSchemas(),
        ...(game && gameSchemas()),
        ...(webhooks && webhookSchemas),
      },
    },
  };
}
