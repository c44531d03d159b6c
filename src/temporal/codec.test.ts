import { describe, expect, it } from '@jest/globals';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { dataConverter, EncryptionCodec, PayloadDecryptionError } from './codec';

const old = { id: 'old', key: Buffer.alloc(32, 1) };
const current = { id: 'current', key: Buffer.alloc(32, 2) };

function payload(value: unknown): Payload {
  return defaultPayloadConverter.toPayload(value);
}

async function encrypted(value: unknown, keys = [current]): Promise<Payload> {
  const [result] = await new EncryptionCodec(keys).encode([payload(value)]);
  if (!result) throw new Error('The codec returned nothing.');
  return result;
}

async function decrypted(sealed: Payload, keys = [current]): Promise<unknown> {
  const [result] = await new EncryptionCodec(keys).decode([sealed]);
  if (!result) throw new Error('The codec returned nothing.');
  return defaultPayloadConverter.fromPayload(result);
}

describe('EncryptionCodec', () => {
  it('gives back what it encrypted', async () => {
    const value = { name: 'Zoë 🏰', list: [1, null, true] };
    expect(await decrypted(await encrypted(value))).toEqual(value);
  });

  it('hides the value and names only the key', async () => {
    const { metadata, data } = await encrypted('top secret');
    expect(Buffer.from(data ?? []).toString('latin1')).not.toContain('secret');
    expect(Buffer.from(metadata?.['encoding'] ?? []).toString()).toBe('binary/encrypted');
    expect(Buffer.from(metadata?.['encryption-key-id'] ?? []).toString()).toBe('current');
  });

  it('never encrypts the same value to the same bytes', async () => {
    expect((await encrypted('a')).data).not.toEqual((await encrypted('a')).data);
  });

  it('encrypts with the first key and decrypts with all', async () => {
    const before = await encrypted('a', [old]);
    expect(await decrypted(before, [current, old])).toBe('a');
    const after = await encrypted('b', [current, old]);
    expect(await decrypted(after, [current])).toBe('b');
  });

  it('lets payloads pass that were stored before there were keys', async () => {
    expect(await decrypted(payload('plain'))).toBe('plain');
  });

  it('says which key is missing', async () => {
    await expect(decrypted(await encrypted('a', [old]))).rejects.toThrow(
      /the key "old", which is not in ENCRYPTION_KEYS/,
    );
  });

  it('refuses what was changed', async () => {
    const sealed = await encrypted('a');
    const data = Buffer.from(sealed.data ?? []);
    data.writeUInt8(data.readUInt8(20) ^ 1, 20);
    await expect(decrypted({ ...sealed, data })).rejects.toThrow(PayloadDecryptionError);
    await expect(decrypted({ ...sealed, data: data.subarray(0, 20) })).rejects.toThrow(/too short/);
  });

  it('needs a key', () => {
    expect(() => new EncryptionCodec([])).toThrow(RangeError);
  });
});

describe('dataConverter', () => {
  it('encrypts only when there are keys', () => {
    expect(dataConverter({ encryptionKeys: [] })).toEqual({});
    expect(dataConverter({ encryptionKeys: [current] }).payloadCodecs).toHaveLength(1);
  });
});
