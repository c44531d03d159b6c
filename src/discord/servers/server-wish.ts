import { parseDuration } from '../../config/duration';
import type { ServerWish } from '../../domain/watching/server';
import type { CommandInput } from '../interactions/options';

/**
 * Reads the options of `/server add` and `/server edit`; what was left out is `null`.
 *
 * @param id the server's, as it was typed or found
 */
export function readServerWish(input: CommandInput, id: string): ServerWish {
  return {
    id: id.trim(),
    name: trimmed(input.text('name')),
    probe: input.text('probe'),
    address: trimmed(input.text('address')),
    intervalMs: parseDuration(input.text('interval') ?? '') ?? null,
    channelId: input.text('channel'),
    template: trimmed(input.text('template')),
    isPublic: input.flag('public'),
  };
}

function trimmed(text: string | null): string | null {
  const words = text?.trim() ?? '';
  return words === '' ? null : words;
}

/** Whether it changes anything of a server that is there. */
export function saysNothing(wish: ServerWish): boolean {
  return Object.entries(wish).every(([part, value]) => part === 'id' || value === null);
}
