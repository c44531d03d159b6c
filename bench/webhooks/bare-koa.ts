import { createHmac, timingSafeEqual } from 'node:crypto';
import Koa from 'koa';

/** The floor: Koa that reads the body, verifies its signature, and answers 202. */

const secret = process.env['WEBHOOK_SECRET'] ?? '';
const app = new Koa();
app.use(async (context) => {
  const parts: Buffer[] = [];
  for await (const part of context.req) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  const expected = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const given = Buffer.from(context.get('x-hub-signature-256'));
  const right = given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
  context.status = right ? 202 : 401;
  context.body = { delivery: context.get('x-github-delivery') };
});
app.listen(Number(process.env['HTTP_PORT']), '127.0.0.1');
