import { samples } from '../../src/web/sources/samples';
import type { Provider } from '../../src/web/sources/source';
import { isProvider } from '../../src/web/sources/sources';
import { SAMPLE_CHANNEL } from '../../src/web/webhooks/sample-webhooks';
import type { Chance } from '../chaos/chance';

/** A delivery that somebody tampered with. */
export interface Mutated {
  readonly provider: Provider;
  /** What was done to it. */
  readonly how: string;
  /** Whether its signature, or token, is wrong now; otherwise it may be taken. */
  readonly isBad: boolean;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** The headers that prove a delivery genuine. */
const PROOFS: Readonly<Record<Provider, string>> = {
  bitbucket: 'x-hub-signature',
  feed: 'x-hub-signature',
  generic: 'webhook-signature',
  github: 'x-hub-signature-256',
  gitlab: 'webhook-signature',
  twitch: 'twitch-eventsub-message-signature',
  youtube: 'x-hub-signature',
  zapier: 'authorization',
};
/** What is signed beside the body. */
const SIGNED: Readonly<Partial<Record<Provider, readonly string[]>>> = {
  generic: ['webhook-id', 'webhook-timestamp'],
  gitlab: ['webhook-id', 'webhook-timestamp'],
  twitch: ['twitch-eventsub-message-id', 'twitch-eventsub-message-timestamp'],
};
const PROVIDERS = Object.keys(samples).filter(isProvider);

export interface MutationContext {
  readonly secret: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Makes a genuine delivery, and changes something in it. */
export function mutated(chance: Chance, { secret, now }: MutationContext): Mutated {
  const provider = chance.pick(PROVIDERS);
  const service = samples[provider];
  const sample = chance.pick(service.samples);
  const mark = Array.from({ length: 40 }, () => chance.between(0, 15).toString(16)).join('');
  const delivery = sample.delivery({ mark, now, channelId: SAMPLE_CHANNEL });
  const signing = {
    ...{
      id: `m-${mark.slice(0, 12)}`,
      now,
      authentication: { kind: 'standard-webhooks' } as const,
    },
  };
  const headers: Record<string, string> = {
    'content-type': delivery.contentType,
    ...delivery.headers,
    ...service.sign(delivery, { ...signing, secret }),
  };
  const body = Buffer.from(delivery.body);
  const proof = PROOFS[provider];
  const result = (how: string, isBad: boolean, changed: Buffer = body): Mutated => ({
    ...{ provider, how, isBad, headers, body: changed },
  });
  // A token proves nothing of the body.
  const signsBody = provider !== 'zapier';
  switch (chance.between(0, 7)) {
    case 0: {
      const changed = Buffer.from(body);
      const at = chance.between(0, changed.length - 1);
      changed.writeUInt8((changed[at] ?? 0) ^ (1 << chance.between(0, 7)), at);
      return result('a bit of the body', signsBody, changed);
    }
    case 1:
      return result(
        'a body that is cut',
        signsBody,
        body.subarray(0, chance.between(0, body.length - 1)),
      );
    case 2: {
      const more = Buffer.from(
        Array.from({ length: chance.between(1, 64) }, () => chance.between(0, 255)),
      );
      return result('a longer body', signsBody, Buffer.concat([body, more]));
    }
    case 3: {
      const other = `whsec_${Buffer.alloc(32, chance.between(100, 200)).toString('base64')}`;
      Object.assign(headers, service.sign(delivery, { ...signing, secret: other }));
      return result('another secret', true);
    }
    case 4: {
      headers[proof] = tampered(chance, headers[proof] ?? '');
      return result('a letter of the proof', true);
    }
    case 5:
      headers[proof] = chance.pick([
        '',
        'sha256=',
        'sha1=00',
        'v1,',
        'Bearer ',
        '0'.repeat(71),
        '%00',
      ]);
      return result('another form of the proof', true);
    case 6: {
      const signed = SIGNED[provider];
      if (signed === undefined) {
        Reflect.deleteProperty(headers, proof);
        return result('no proof', true);
      }
      const name = chance.pick(signed);
      headers[name] = `${headers[name] ?? ''}1`;
      return result(`another ${name}`, true);
    }
    default: {
      const unsigned = Object.keys(headers).filter(
        (name) => name !== proof && SIGNED[provider]?.includes(name) !== true,
      );
      const name = chance.pick(unsigned);
      headers[name] = chance.pick(['', 'unknown', 'x'.repeat(3_000), '__proto__', '{}', 'push']);
      return result(`another ${name}`, false);
    }
  }
}

/** Another digit in the place of one of the last that count: the form stays right. */
function tampered(chance: Chance, proof: string): string {
  const at = proof.length - chance.between(5, 20);
  const before = proof[at] ?? '';
  const other = chance.pick(
    Array.from('0123456789abcdef').filter((digit) => digit !== before.toLowerCase()),
  );
  return proof.slice(0, at) + other + proof.slice(at + 1);
}
