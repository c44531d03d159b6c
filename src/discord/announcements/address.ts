import { sourceKey } from '../../../workflows/announcement/contract';
import type { SourceSettings } from '../../domain/announcements/settings';

/**
 * Where a source's service sends its news to.
 *
 * @param publicUrl where the web server is reached from outside
 */
export function sourceAddress(
  publicUrl: string,
  guildId: string,
  { id, origin }: Pick<SourceSettings, 'id' | 'origin'>,
): string {
  const base = publicUrl.replace(/\/+$/, '');
  return `${base}/webhooks/${origin.provider}/${sourceKey(guildId, id)}`;
}

/** Whether only this machine, or its own network, can reach it: then no service does. */
export function isLocal(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const host = new URL(address).hostname.replace(/^\[|\]$/g, '');
  return (
    /^(?:localhost|.+\.(?:localhost|local|internal))$/.test(host) ||
    /^(?:127|10|0)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\./.test(host) ||
    /^(?:::1?|f[cd][0-9a-f]{2}:.*|fe80:.*)$/.test(host)
  );
}
