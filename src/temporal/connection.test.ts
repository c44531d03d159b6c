import { describe, expect, it } from '@jest/globals';
import { connectionOptions } from './connection';

const plain = { address: 'temporal:7233', namespace: 'default' };

describe('connectionOptions', () => {
  it('does not encrypt unless something asks for it', () => {
    expect(connectionOptions(plain)).toEqual({ address: 'temporal:7233' });
  });

  it('encrypts with an API key', () => {
    expect(connectionOptions({ ...plain, apiKey: 'key' })).toEqual({
      address: 'temporal:7233',
      apiKey: 'key',
      tls: true,
    });
  });

  it('passes on certificates', () => {
    const [cert, key, ca] = ['cert', 'key', 'ca'].map((text) => Buffer.from(text));
    expect(
      connectionOptions({
        ...plain,
        tls: { ...(cert && { cert }), ...(key && { key }), ...(ca && { ca }) },
      }).tls,
    ).toEqual({ serverRootCACertificate: ca, clientCertPair: { crt: cert, key } });
  });
});
