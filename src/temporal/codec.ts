import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';

/** One of ENCRYPTION_KEYS: a name and 32 bytes. */
export interface EncryptionKey {
  readonly id: string;
  readonly key: Buffer;
}

/** A payload cannot be read: its key is not among ours, or it was changed on the way. */
export class PayloadDecryptionError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'PayloadDecryptionError';
  }
}

const encoding = 'binary/encrypted';
const cipher = 'AES-256-GCM';
/** NIST SP 800-38D: a 96-bit nonce, unique for each message under one key, and a 128-bit tag. */
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts payloads with AES-256-GCM: the first key encrypts, all of them decrypt, so that keys can
 * be rotated. What is stored is nonce, ciphertext and tag; the metadata names the key.
 * Payloads that are not encrypted pass through `decode`, so that encryption can be switched on while
 * workflows run.
 *
 * @param keys at least one, each of 32 bytes
 */
export class EncryptionCodec implements PayloadCodec {
  readonly #current: EncryptionKey;
  readonly #byId: ReadonlyMap<string, Buffer>;

  constructor(keys: readonly EncryptionKey[]) {
    const current = keys[0];
    if (!current) throw new RangeError('The codec needs at least one encryption key.');
    this.#current = current;
    this.#byId = new Map(keys.map(({ id, key }) => [id, key]));
  }

  encode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(payloads.map((payload) => this.#encrypt(payload)));
  }

  /** @throws PayloadDecryptionError */
  decode(payloads: Payload[]): Promise<Payload[]> {
    return new Promise((resolve) => {
      resolve(payloads.map((payload) => this.#decrypt(payload)));
    });
  }

  #encrypt(payload: Payload): Payload {
    const { id, key } = this.#current;
    const nonce = randomBytes(nonceBytes);
    const aes = createCipheriv('aes-256-gcm', key, nonce);
    aes.setAAD(Buffer.from(id));
    const plain = temporal.api.common.v1.Payload.encode(payload).finish();
    const data = Buffer.concat([nonce, aes.update(plain), aes.final(), aes.getAuthTag()]);
    return {
      metadata: {
        encoding: Buffer.from(encoding),
        'encryption-cipher': Buffer.from(cipher),
        'encryption-key-id': Buffer.from(id),
      },
      data,
    };
  }

  #decrypt(payload: Payload): Payload {
    if (textOf(payload.metadata?.['encoding']) !== encoding) return payload;
    const id = textOf(payload.metadata?.['encryption-key-id']);
    const key = this.#byId.get(id);
    if (!key) {
      throw new PayloadDecryptionError(
        `A payload was encrypted with the key "${id}", which is not in ENCRYPTION_KEYS. Add that key at the end of the list: it decrypts what is old, the first key encrypts what is new.`,
      );
    }
    const data = Buffer.from(payload.data ?? []);
    if (data.length < nonceBytes + tagBytes) {
      throw new PayloadDecryptionError('An encrypted payload is too short to be whole.');
    }
    const aes = createDecipheriv('aes-256-gcm', key, data.subarray(0, nonceBytes));
    aes.setAAD(Buffer.from(id));
    aes.setAuthTag(data.subarray(-tagBytes));
    try {
      const plain = Buffer.concat([aes.update(data.subarray(nonceBytes, -tagBytes)), aes.final()]);
      return temporal.api.common.v1.Payload.decode(plain);
    } catch (cause) {
      throw new PayloadDecryptionError(
        `A payload cannot be decrypted with the key "${id}": it was changed, or another key has that id.`,
        { cause },
      );
    }
  }
}

/** How payloads are stored: encrypted when there are keys, otherwise as they are. */
export function dataConverter(environment: {
  readonly encryptionKeys: readonly EncryptionKey[];
}): DataConverter {
  if (environment.encryptionKeys.length === 0) return {};
  return { payloadCodecs: [new EncryptionCodec(environment.encryptionKeys)] };
}

function textOf(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}
