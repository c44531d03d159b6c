import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Attachment, AttachmentRow } from '../world/model';
import type { World } from '../world/world';

/** How long a signed address is good for, in milliseconds (Discord: about a day). */
const URL_LIFETIME = 24 * 3_600_000;

/** Keeps uploaded files and hands out signed, expiring addresses for them. */
export class FileShelf {
  private readonly held = new Map<string, Buffer>();
  private readonly key: Buffer;

  /**
   * @param folder where files are kept; null: in memory
   * @param address the server's own address, known once it listens
   */
  constructor(
    private readonly world: World,
    private readonly folder: string | null,
    private readonly address: () => string,
  ) {
    this.key = this.ownKey();
  }

  /** Stores a file's bytes under the attachment's id. */
  put(row: AttachmentRow, data: Buffer): void {
    this.world.attachments.set(row.id, row);
    if (this.folder === null) this.held.set(row.id, data);
    else writeFileSync(join(this.folder, row.id), data);
  }

  /** The bytes, or undefined if they are gone. */
  read(id: string): Buffer | undefined {
    if (this.folder === null) return this.held.get(id);
    const path = join(this.folder, id);
    return existsSync(path) ? readFileSync(path) : undefined;
  }

  /** Forgets the files of deleted messages' attachments. */
  drop(ids: Iterable<string>): void {
    for (const id of ids) {
      this.held.delete(id);
      if (this.folder !== null) rmSync(join(this.folder, id), { force: true });
      this.world.attachments.delete(id);
    }
  }

  /** The attachment with an address that is good from now on. */
  signed(attachment: Attachment): Attachment {
    const row = this.world.attachments.get(attachment.id);
    if (row === undefined) return attachment;
    const url = this.urlOf(row);
    return { ...attachment, url, proxy_url: url };
  }

  /** A signed address of a stored file. */
  urlOf(row: AttachmentRow): string {
    const now = this.world.now();
    const expires = Math.floor((now + URL_LIFETIME) / 1000).toString(16);
    const issued = Math.floor(now / 1000).toString(16);
    const path = `/attachments/${row.channelId}/${row.id}/${encodeURIComponent(row.filename)}`;
    const signature = this.sign(row.id, expires, issued);
    return `${this.address()}${path}?ex=${expires}&is=${issued}&hm=${signature}&`;
  }

  /** Whether the address was handed out by us and has not expired. */
  accepts(id: string, query: URLSearchParams): boolean {
    const expires = query.get('ex') ?? '';
    const signature = query.get('hm') ?? '';
    if (signature !== this.sign(id, expires, query.get('is') ?? '')) return false;
    return Number.parseInt(expires, 16) * 1000 > this.world.now();
  }

  private sign(id: string, expires: string, issued: string): string {
    return createHmac('sha256', this.key).update(`${id}.${expires}.${issued}`).digest('hex');
  }

  /** The signing key is kept with the files, so that addresses outlive a restart. */
  private ownKey(): Buffer {
    if (this.folder === null) return randomBytes(32);
    mkdirSync(this.folder, { recursive: true });
    const path = join(this.folder, 'signing-key');
    if (!existsSync(path)) writeFileSync(path, randomBytes(32));
    return readFileSync(path);
  }
}
