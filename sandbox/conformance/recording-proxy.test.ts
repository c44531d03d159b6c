import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkExchange } from './check-exchange';
import { Conformance } from './conformance';
import { RecordingProxy } from './recording-proxy';

const target = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(201, { 'content-type': 'application/json', 'x-answer': 'yes' });
    response.end('{"id":5}');
  });
});
let proxy: RecordingProxy;

beforeAll(async () => {
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  const { port } = target.address() as AddressInfo;
  proxy = await RecordingProxy.start(`http://127.0.0.1:${port}`);
});

afterAll(async () => {
  await proxy.stop();
  target.closeAllConnections();
  await new Promise((resolve) => target.close(resolve));
});

describe('RecordingProxy', () => {
  it('passes an exchange on unchanged and writes it down', async () => {
    const form = new FormData();
    form.set('payload_json', '{"name":"x"}');
    form.set('files[0]', new Blob(['data']), 'a.txt');
    const answer = await fetch(`${proxy.origin}/api/v10/things?a=1`, {
      method: 'POST',
      body: form,
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-answer')).toBe('yes');
    await expect(answer.json()).resolves.toEqual({ id: 5 });
    expect(proxy.exchanges).toHaveLength(1);
    expect(proxy.exchanges[0]).toMatchObject({
      method: 'POST',
      url: '/api/v10/things?a=1',
      status: 201,
    });
  });

  it('lets what was written down be checked, the JSON of a multipart form included', async () => {
    const schema = { type: 'object', properties: { name: { type: 'integer' } } };
    const content = { 'application/json': { schema } };
    const conformance = new Conformance({
      openapi: '3.1.0',
      paths: {
        '/things': {
          post: {
            parameters: [{ name: 'a', in: 'query', schema: { type: 'integer' } }],
            requestBody: { content },
            responses: { 201: { content } },
          },
        },
      },
      components: { schemas: {}, responses: {} },
    });
    const [exchange] = proxy.exchanges;
    const checked = exchange && (await checkExchange(conformance, exchange));
    expect(checked?.route).toBe('POST /things');
    expect(checked?.mismatches).toMatchObject([{ where: 'request', instancePath: '/name' }]);
  });
});
