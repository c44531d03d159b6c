import { parseSecret } from '../../../config/webhook-secret';
import { sign } from '../../standard-webhooks/sign';
import { hmac } from './hmac';
import { postSample, type SampleService } from './sample';

/** What the source's mapping finds in it is up to the mapping. */
export const generic: SampleService = {
  sign: ({ body }, { secret, id, now, authentication }) => {
    switch (authentication.kind) {
      case 'standard-webhooks':
        return { ...sign([parseSecret(secret)], { id, at: now, body }) };
      case 'bearer':
        return authentication.header === null
          ? { authorization: `Bearer ${secret}` }
          : { [authentication.header]: secret };
      case 'hmac': {
        const { algorithm, encoding, prefix, header } = authentication;
        const bytes = Buffer.from(hmac(algorithm, secret, body), 'hex');
        return { [header]: prefix + bytes.toString(encoding) };
      }
    }
  },
  samples: [
    {
      event: 'post',
      says: 'JSON with id, title, text, url, author and at',
      delivery: postSample,
    },
  ],
};
