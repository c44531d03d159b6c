import { describe, expect, it } from '@jest/globals';
import { Conformance, describeMismatch } from './conformance';
import type { Description } from './description';

const description: Description = {
  openapi: '3.1.0',
  paths: {
    '/things/{thing_id}': {
      get: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', maximum: 10 } }],
        responses: {
          200: { content: { 'application/json': { schema: ref('Thing') } } },
          '4XX': { $ref: '#/components/responses/Failure' },
        },
      },
      put: {
        requestBody: { required: true, content: { 'application/json': { schema: ref('Thing') } } },
        responses: { 204: {} },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        properties: { id: { type: 'string', format: 'snowflake' }, allow: { type: 'integer' } },
        required: ['id'],
      },
      Failure: { type: 'object', properties: { code: { type: 'integer' } }, required: ['code'] },
    },
    responses: { Failure: { content: { 'application/json': { schema: ref('Failure') } } } },
  },
};
const ID = '123456789012345678';

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

describe('Conformance', () => {
  const conformance = new Conformance(description);

  it('finds nothing wrong where all agrees', () => {
    expect(conformance.request('GET', '/things/1?limit=10', undefined)).toEqual([]);
    expect(conformance.request('PUT', '/things/1', { id: ID, allow: '1024' })).toEqual([]);
    expect(conformance.response('GET', '/things/1', 200, { id: ID, more: true })).toEqual([]);
    expect(conformance.response('GET', '/things/1', 404, { code: 1 })).toEqual([]);
    expect(conformance.response('PUT', '/things/1', 204, undefined)).toEqual([]);
    expect(conformance.route('get', '/things/1')).toBe('GET /things/{thing_id}');
  });

  it('names where, path, status, place and message', () => {
    const [mismatch] = conformance.response('GET', '/things/1', 200, { id: 'short' });
    expect(mismatch).toMatchObject({
      where: 'response',
      method: 'GET',
      path: '/things/{thing_id}',
      status: 200,
      instancePath: '/id',
    });
    expect(mismatch && describeMismatch(mismatch)).toBe(
      'response GET /things/{thing_id} 200 /id: must match format "snowflake" {"format":"snowflake"}',
    );
  });

  it('reports a body that is missing or too much', () => {
    const messages = (mismatches: { message: string }[]) => mismatches.map((one) => one.message);
    expect(conformance.request('PUT', '/things/1', undefined)).toMatchObject([
      { message: expect.stringContaining("must have required property 'id'") },
    ]);
    expect(messages(conformance.response('GET', '/things/1', 200, undefined))).toEqual([
      'the body is missing',
    ]);
    expect(messages(conformance.response('PUT', '/things/1', 204, {}))).toEqual([
      'the body should be empty',
    ]);
  });

  it('reports unknown routes, statuses and query parameters', () => {
    expect(conformance.request('GET', '/others', undefined)).toHaveLength(1);
    expect(conformance.request('DELETE', '/things/1', undefined)).toHaveLength(1);
    expect(conformance.response('PUT', '/things/1', 200, {})).toHaveLength(1);
    expect(conformance.request('GET', '/things/1?limit=11', undefined)).toHaveLength(1);
    expect(conformance.request('GET', '/things/1?offset=1', undefined)).toHaveLength(1);
  });

  it('checks a value against a schema by its name', () => {
    expect(conformance.value('Thing', { id: ID })).toEqual([]);
    expect(conformance.value('Thing', {})).toEqual([": must have required property 'id'"]);
  });
});
