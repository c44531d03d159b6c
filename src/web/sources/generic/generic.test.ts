import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { compileMapping, MappingError } from '../../../domain/announcements/mapping';
import type { Authentication, Mapping } from '../../../domain/announcements/settings';
import { posted } from '../requests';
import { generic } from '.';

const BEARER: Authentication = { kind: 'bearer', header: null };
const settingsOf = (mapping: Mapping, authentication: Authentication = BEARER) => ({
  authentication,
  mapping: compileMapping(mapping),
  scope: 'guild/source',
});
const read = (mapping: Mapping, body: unknown) => generic.parse(posted(body), settingsOf(mapping));

describe('a mapping', () => {
  it('makes a post of what its paths find', () => {
    const mapping: Mapping = {
      id: '$.deploy.id',
      event: 'deploy',
      title: "$['deploy']['title']",
      text: '$.deploy.notes[-1]',
      author: '$.by[*].name',
      fields: [
        { name: 'Zone', value: '$.zone' },
        { name: 'Absent', value: '$.absent' },
      ],
    };
    const body = {
      deploy: { id: 3, title: 'Gate', notes: ['a', 'b'] },
      by: [{ name: 'Ada' }, { name: 'Bo' }],
      zone: 1,
    };
    expect(read(mapping, body)).toMatchObject({
      items: [
        {
          kind: 'post',
          identity: 'post:guild/source:3',
          event: 'deploy',
          title: 'Gate',
          text: 'b',
          author: { name: 'Ada' },
          fields: [{ name: 'Zone', value: '1' }],
          change: 'present',
        },
      ],
    });
  });

  it.each(['$.list', '$.list[*]'])('makes as many posts as there are entries: %s', (items) => {
    const list = Array.from({ length: 60 }, (_, index) => ({ name: `n${index}` }));
    const delivery = read({ items, title: '$.name' }, { list });
    expect(delivery).toMatchObject({ result: 'items' });
    expect(delivery.result === 'items' ? delivery.items : []).toHaveLength(50);
    expect(read({ items, title: '$.name' }, { list: [] })).toMatchObject({ result: 'ignored' });
  });

  it('that finds nothing to show says so', () => {
    expect(read({ title: '$.a' }, { b: 1 })).toMatchObject({ result: 'malformed', field: 'body' });
    expect(read({ title: '$.a' }, '{')).toMatchObject({ result: 'malformed', field: 'body' });
    expect(read({ title: '$.__proto__', text: '$.constructor' }, {})).toMatchObject({
      result: 'malformed',
    });
  });

  it.each([
    ['$..title'],
    ['$.a[?@.b == 1]'],
    ["$.a[?search(@.b, '(a+)+$')]"],
    ['$.a[0,0]'],
    ['$.a[0:9]'],
    ['$.a.'],
    ['$a'],
    [`$${'.a'.repeat(21)}`],
    [`$.${'a'.repeat(300)}`],
  ])('takes no path that could cost much, and none that is none: %s', (title) => {
    expect(() => compileMapping({ title })).toThrow(MappingError);
    expect(() => compileMapping({ fields: [{ name: 'a', value: title }] })).toThrow(
      expect.objectContaining({ key: 'fields.0.value' }),
    );
  });
});

describe('a sender', () => {
  const now = Date.now();
  const verdictOf = (
    authentication: Authentication,
    headers: Record<string, string>,
    secrets: readonly string[] = ['old', 'right'],
  ) => {
    const settings = settingsOf({}, authentication);
    const verdict = generic.verify(posted('{}', headers), { secrets, settings, now });
    return 'reason' in verdict ? verdict.reason : verdict.verdict;
  };

  it.each(['hex', 'base64'] as const)('signs by HMAC, in %s', (encoding) => {
    const way: Authentication = {
      kind: 'hmac',
      header: 'x-signature',
      algorithm: 'sha256',
      encoding,
      prefix: 'v0=',
    };
    const sign = (key: string, body = '{}') =>
      createHmac('sha256', key).update(body).digest(encoding);
    expect(verdictOf(way, { 'x-signature': `v0=${sign('right')}` })).toBe('verified');
    expect(verdictOf(way, { 'x-signature': `v0=${sign('old')}` })).toBe('verified');
    expect(verdictOf(way, { 'x-signature': `v0=${sign('wrong')}` })).toBe('wrong-signature');
    expect(verdictOf(way, { 'x-signature': `v0=${sign('right', '{ }')}` })).toBe('wrong-signature');
    for (const text of [sign('right'), 'v0=', 'v0=ä', `v0= ${sign('right')}`]) {
      expect(verdictOf(way, { 'x-signature': text })).toBe('unsigned');
    }
    expect(verdictOf(way, {})).toBe('unsigned');
  });

  it('gives a token', () => {
    const custom: Authentication = { kind: 'bearer', header: 'x-token' };
    expect(verdictOf(BEARER, { authorization: 'Bearer right' })).toBe('verified');
    expect(verdictOf(BEARER, { 'x-token': 'right' })).toBe('unsigned');
    expect(verdictOf(custom, { 'x-token': 'right' })).toBe('verified');
    expect(verdictOf(custom, { 'x-token': 'wrong' })).toBe('wrong-signature');
  });

  it('signs by Standard Webhooks', () => {
    const key = `whsec_${Buffer.alloc(24, 3).toString('base64')}`;
    const headers = (at: number) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at / 1_000)),
      'webhook-signature': new Webhook(key).sign('msg_1', new Date(at), '{}'),
    });
    const way: Authentication = { kind: 'standard-webhooks' };
    expect(verdictOf(way, headers(now), ['whsec_none', key])).toBe('verified');
    expect(verdictOf(way, headers(now), ['right'])).toBe('wrong-signature');
    expect(verdictOf(way, headers(now + 400_000), [key])).toBe('too-new');
    expect(verdictOf(way, {}, [key])).toBe('unsigned');
    expect(generic.deliveryId(posted('{}', headers(now)))).toBe('msg_1');
  });
});
