import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { formatSecret, parseSecret, WebhookSecretError } from '../../config/webhook-secret';
import { sign, type WebhookHeaders } from './sign';
import { TOLERANCE_S, verify } from './verify';

/** The example of the specification's own libraries, with a signature that two of them agree on. */
const VECTOR = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  at: 1_614_265_330_000,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

const KEY = parseSecret(VECTOR.secret);
const OTHER = randomBytes(32);

const given = (headers: WebhookHeaders | object, body: string | Buffer = VECTOR.body) => ({
  headers: { ...headers },
  body: Buffer.from(body),
});
const signedVector = (more: Partial<WebhookHeaders> = {}): WebhookHeaders => ({
  ...sign([KEY], VECTOR),
  ...more,
});
const refusal = (
  headers: object,
  { body = VECTOR.body, keys = [KEY], now = VECTOR.at }: Partial<Parameters> = {},
) => verify(given(headers, body), keys, now);
interface Parameters {
  readonly body: string;
  readonly keys: readonly Buffer[];
  readonly now: number;
}

const message = fc.record({
  id: fc.stringMatching(/^[!-\-/-~]{1,128}$/),
  at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  body: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
});
const key = fc.uint8Array({ minLength: 24, maxLength: 64 }).map((bytes) => Buffer.from(bytes));

describe('a signature', () => {
  it('is the one of the published vector', () => {
    expect(sign([KEY], VECTOR)).toEqual({
      'webhook-id': VECTOR.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': VECTOR.signature,
    });
    expect(refusal(signedVector())).toEqual({ verified: true, id: VECTOR.id });
  });

  it('is as the reference library makes it, whatever is signed', () => {
    fc.assert(
      fc.property(message, key, (signedMessage, bytes) => {
        // The library signs text, so the body is made one that both sign the same.
        const body = signedMessage.body.toString('base64');
        const theirs = new Webhook(formatSecret(bytes)).sign(
          signedMessage.id,
          new Date(signedMessage.at),
          body,
        );
        const headers = sign([bytes], { ...signedMessage, body });
        expect(headers['webhook-signature']).toBe(theirs);
      }),
    );
  });

  it('is taken by the reference library, and refused by it where we refuse it', () => {
    const theirs = new Webhook(VECTOR.secret);
    const now = Date.now();
    const ours = sign([OTHER, KEY], { ...VECTOR, at: now });
    expect(theirs.verify(VECTOR.body, { ...ours })).toEqual({ test: 2_432_232_314 });
    const wrong: readonly (readonly [string, object])[] = [
      [`${VECTOR.body} `, ours],
      [VECTOR.body, sign([OTHER], { ...VECTOR, at: now })],
      [VECTOR.body, sign([KEY], { ...VECTOR, at: now - (TOLERANCE_S + 5) * 1_000 })],
      [VECTOR.body, sign([KEY], { ...VECTOR, at: now + (TOLERANCE_S + 5) * 1_000 })],
      [VECTOR.body, { ...ours, 'webhook-id': 'msg_other' }],
    ];
    for (const [body, headers] of wrong) {
      expect(() => theirs.verify(body, { ...headers })).toThrow(WebhookVerificationError);
      expect(verify(given(headers, body), [KEY], now).verified).toBe(false);
    }
  });

  it('verifies with its own key, and with no other', () => {
    fc.assert(
      fc.property(message, key, key, (signedMessage, right, wrong) => {
        fc.pre(!right.equals(wrong));
        const headers = sign([right], signedMessage);
        const received = given(headers, signedMessage.body);
        expect(verify(received, [right], signedMessage.at).verified).toBe(true);
        expect(verify(received, [wrong], signedMessage.at)).toEqual({
          verified: false,
          reason: 'wrong-signature',
        });
      }),
    );
  });

  it('holds for bytes that are no text', () => {
    const body = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    const headers = sign([KEY], { ...VECTOR, body });
    expect(verify({ headers: { ...headers }, body }, [KEY], VECTOR.at).verified).toBe(true);
    const asText = Buffer.from(body.toString('utf8'));
    expect(verify({ headers: { ...headers }, body: asText }, [KEY], VECTOR.at).verified).toBe(
      false,
    );
  });

  it('is worth nothing once a single bit of anything is another', () => {
    fc.assert(
      fc.property(
        message.filter(({ body }) => body.length > 0),
        key,
        fc.nat(),
        fc.nat({ max: 7 }),
        (signedMessage, bytes, place, bit) => {
          const body = Buffer.from(signedMessage.body);
          const at = place % body.length;
          body.writeUInt8(body.readUInt8(at) ^ (1 << bit), at);
          const headers = sign([bytes], signedMessage);
          expect(verify(given(headers, body), [bytes], signedMessage.at).verified).toBe(false);
          const later = {
            ...headers,
            'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1),
          };
          expect(verify(given(later, signedMessage.body), [bytes], signedMessage.at).verified).toBe(
            false,
          );
        },
      ),
    );
  });
});

describe('several signatures', () => {
  it('are taken when one is right, wherever it stands', () => {
    const right = VECTOR.signature;
    const wrong = `v1,${Buffer.alloc(32, 7).toString('base64')}`;
    for (const list of [
      [wrong, right],
      [right, wrong],
      [wrong, wrong, right, wrong],
    ]) {
      const headers = signedVector({ 'webhook-signature': list.join(' ') });
      expect(refusal(headers).verified).toBe(true);
    }
    const none = signedVector({ 'webhook-signature': [wrong, wrong].join(' ') });
    expect(refusal(none)).toEqual({ verified: false, reason: 'wrong-signature' });
  });

  it('of other versions are passed over, also with the right bytes', () => {
    const bytes = VECTOR.signature.slice('v1,'.length);
    for (const version of ['v1a', 'v2', 'V1', 'v0', 'v1,v1', '', 'v11']) {
      const alone = signedVector({ 'webhook-signature': `${version},${bytes}` });
      expect(refusal(alone).verified).toBe(false);
      const beside = signedVector({
        'webhook-signature': `${version},${bytes} ${VECTOR.signature}`,
      });
      expect(refusal(beside).verified).toBe(true);
    }
  });

  it.each(['', ' ', ',', 'v1', 'v1,', 'v1,=', `v1, ${VECTOR.signature.slice(3)}`, 'v1,ä'])(
    'that are none are refused: %j',
    (text) => {
      const verdict = refusal(signedVector({ 'webhook-signature': text }));
      expect(verdict).toEqual({ verified: false, reason: 'wrong-signature' });
    },
  );

  it('are taken in the one form that base64 has', () => {
    // Four padding bits of the last character mean nothing, and other characters decode to the same.
    const loose = VECTOR.signature.replace(/E=$/, 'F=');
    expect(Buffer.from(loose.slice(3), 'base64')).toEqual(
      Buffer.from(VECTOR.signature.slice(3), 'base64'),
    );
    expect(refusal(signedVector({ 'webhook-signature': loose })).verified).toBe(false);
    const unpadded = VECTOR.signature.replace(/=$/, '');
    expect(refusal(signedVector({ 'webhook-signature': unpadded })).verified).toBe(false);
  });
});

describe('two secrets', () => {
  it('are valid at once while they are exchanged, and the old one then no more', () => {
    const before = sign([KEY], VECTOR);
    const meanwhile = sign([KEY, OTHER], VECTOR);
    const after = sign([OTHER], VECTOR);
    for (const headers of [before, meanwhile, after]) {
      expect(refusal(headers, { keys: [OTHER, KEY] }).verified).toBe(true);
    }
    expect(refusal(before, { keys: [OTHER] }).verified).toBe(false);
    expect(refusal(meanwhile, { keys: [OTHER] }).verified).toBe(true);
  });

  it('may be none: then nothing is right', () => {
    expect(refusal(signedVector(), { keys: [] })).toEqual({
      verified: false,
      reason: 'wrong-signature',
    });
  });
});

describe('clocks', () => {
  it.each([
    [0, true],
    [TOLERANCE_S, true],
    [-TOLERANCE_S, true],
    [TOLERANCE_S + 1, 'too-old'],
    [-TOLERANCE_S - 1, 'too-new'],
    [-1_000_000_000, 'too-new'],
  ])('may differ by 5 minutes: %d s', (age, expected) => {
    const verdict = refusal(signedVector(), { now: VECTOR.at + age * 1_000 });
    expect(verdict.verified ? true : verdict.reason).toBe(expected);
  });

  it('are spoken of only to whoever knows the secret', () => {
    const headers = sign([OTHER], { ...VECTOR, at: 0 });
    expect(refusal(headers)).toEqual({ verified: false, reason: 'wrong-signature' });
  });
});

describe('headers', () => {
  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const)(
    'are all needed: %s',
    (name) => {
      const headers: Record<string, unknown> = { ...signedVector() };
      Reflect.deleteProperty(headers, name);
      expect(refusal(headers)).toEqual({ verified: false, reason: 'no-headers' });
    },
  );

  it.each([
    { 'webhook-id': '' },
    { 'webhook-id': 'a b' },
    { 'webhook-id': 'ä' },
    { 'webhook-id': 'x'.repeat(129) },
    { 'webhook-timestamp': '' },
    { 'webhook-timestamp': '1614265330.5' },
    { 'webhook-timestamp': ' 1614265330' },
    { 'webhook-timestamp': '01614265330' },
    { 'webhook-timestamp': '+1614265330' },
    { 'webhook-timestamp': '1e9' },
    { 'webhook-timestamp': '9'.repeat(30) },
    { 'webhook-timestamp': ['1614265330', '1614265330'] },
  ])('are refused when they are malformed: %j', (more) => {
    expect(refusal({ ...signedVector(), ...more })).toEqual({
      verified: false,
      reason: 'malformed-headers',
    });
  });

  it('hold no full stop, with which the same bytes could be split another way', () => {
    const headers = sign([KEY], { id: 'a', at: 1_000, body: '2.x' });
    expect(
      refusal(
        { ...headers, 'webhook-id': 'a.1', 'webhook-timestamp': '2' },
        { body: 'x', now: 1_000 },
      ),
    ).toEqual({ verified: false, reason: 'malformed-headers' });
    expect(() => sign([KEY], { id: 'a.1', at: 1_000, body: '' })).toThrow(RangeError);
  });
});

describe('a secret', () => {
  it('is 24 to 64 bytes in base64 behind whsec_', () => {
    fc.assert(
      fc.property(key, (bytes) => {
        expect(parseSecret(` ${formatSecret(bytes)}\n`)).toEqual(bytes);
        expect(parseSecret(formatSecret(bytes).replace(/=+$/, ''))).toEqual(bytes);
      }),
    );
  });

  it.each([
    '',
    'whsec_',
    'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'whsec_not base64 at all, whatever it is',
    formatSecret(Buffer.alloc(23, 1)),
    formatSecret(Buffer.alloc(65, 1)),
  ])('is nothing else, and is not shown: %j', (text) => {
    expect(() => parseSecret(text)).toThrow(WebhookSecretError);
    const [, secret = 'no secret'] = /^whsec_(.{8,})/.exec(text) ?? [];
    expect(() => parseSecret(text)).not.toThrow(secret);
  });
});
