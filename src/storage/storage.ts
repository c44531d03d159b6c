/** Where bytes are kept outside of Discord and Postgres, such as conversations. Keys look like `cases/12/1.json`. */
export interface ObjectStorage {
  /** Once it returns, the bytes are stored for good. An object with the same key is replaced as a whole. */
  put(key: string, bytes: Uint8Array, options: PutOptions): Promise<void>;
  /** @returns the bytes, or `null` if there is no such object */
  get(key: string): Promise<Buffer | null>;
  /**
   * @param prefix what the keys begin with; empty: all
   * @returns keys in ascending order
   */
  list(prefix: string): Promise<string[]>;
  /** An object that is not there is fine. */
  delete(key: string): Promise<void>;
}

export interface PutOptions {
  /** For storages that serve their objects, such as `application/json`. */
  readonly contentType: string;
}

/** A key that no storage accepts: it would lead elsewhere, or mean different things in different storages. */
export class InvalidKey extends Error {
  readonly code = 'invalid-key';

  constructor(readonly key: string) {
    super(
      `${JSON.stringify(key)} is not a key: parts of letters, digits, dots, dashes and underscores, ` +
        'divided by single slashes; no part begins with a dot.',
    );
    this.name = 'InvalidKey';
  }
}

const KEY = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/u;
/** S3 allows 1,024 bytes with its prefix; file systems 255 a part. */
const LONGEST_KEY = 512;
const LONGEST_PART = 200;

/** @throws InvalidKey */
export function checkKey(key: string): void {
  const fits =
    key.length <= LONGEST_KEY && key.split('/').every((part) => part.length <= LONGEST_PART);
  if (!fits || !KEY.test(key)) throw new InvalidKey(key);
}
