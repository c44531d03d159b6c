import {
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { parseDuration } from '../../config/duration';
import type { MirrorWish } from '../../../workflows/mirror-setup/contract';
import { label } from '../../domain/text';
import { adminOnly } from '../interactions/admin-only';
import { configurationOf, type Call } from '../interactions/call';
import { bySubcommand, type Command } from '../interactions/command';
import type { CommandInput } from '../interactions/options';
import { requestChange } from '../mirrors/change';
import { NOT_ADMIN } from '../mirrors/rights';
import { showMirrors } from '../mirrors/show';
import { isAdmin } from '../servers/rights';
import { NOT_SET_UP } from '../tickets/choose';
import { answer, type Answer } from '../views/answer';
import { mirrorSetupAnswer } from '../views/mirror-setup-answer';
import { SUBCOMMANDS } from './mirror-options';

/** What administrators do with mirrors. */
export const mirror = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'mirror',
    description: 'Copy messages of one channel into another',
    contexts: [InteractionContextType.Guild],
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: SUBCOMMANDS,
  },
  execute: bySubcommand({
    add: adminOnly(NOT_ADMIN, add),
    list: adminOnly(NOT_ADMIN, (call) => showMirrors(call, 0)),
    remove: adminOnly(NOT_ADMIN, remove),
  }),
  async autocomplete(call, { focused }) {
    if (!(await isAdmin(call))) return [];
    const typed = (focused?.value ?? '').trim().toLowerCase();
    const mirrors = await call.parts.mirrors.mirrorsOf(call.guildId);
    return mirrors
      .filter(({ guildId, settings }) => guildId === call.guildId && settings.id.includes(typed))
      .slice(0, 25)
      .map(({ settings }) => ({ name: label(settings.id, { max: 100 }), value: settings.id }));
  },
} satisfies Command;

const WORD = /^[a-z0-9][a-z0-9_-]{0,31}$/;
const DEFAULT_WINDOW_MS = 86_400_000;

async function add(call: Call, input: CommandInput): Promise<Answer | null> {
  if ((await configurationOf(call)) === null) return NOT_SET_UP;
  const wish = readWish(input);
  if (!WORD.test(wish.id)) return mirrorSetupAnswer({ outcome: 'invalid', reason: 'id' });
  const given = ['to', 'elsewhere'].filter((option) => input.text(option) !== null);
  if (given.length !== 1) {
    return answer(
      'Say where to copy into: either `to`, a channel of this server, or `elsewhere`, the id of a channel of another server.',
    );
  }
  if (!/^\d{16,20}$/.test(wish.toChannelId)) {
    return mirrorSetupAnswer({ outcome: 'invalid', reason: 'to' });
  }
  await requestChange(call, { type: 'add', mirror: wish });
  return null;
}

async function remove(call: Call, input: CommandInput): Promise<Answer | null> {
  const id = (input.text('mirror') ?? '').trim().toLowerCase();
  const known = await call.parts.mirrors.mirror(call.guildId, id);
  if (known === null) return mirrorSetupAnswer({ outcome: 'unknown', id });
  if (known.origin === 'file') return mirrorSetupAnswer({ outcome: 'in-file', id });
  await requestChange(call, { type: 'remove', id });
  return null;
}

function readWish(input: CommandInput): MirrorWish {
  const author = input.text('author');
  return {
    id: (input.text('id') ?? '').trim(),
    fromChannelId: input.text('from') ?? '',
    toChannelId: input.text('to') ?? (input.text('elsewhere') ?? '').trim(),
    style: input.text('style') === 'plain' ? 'plain' : 'webhook',
    filter: {
      authors: author === null ? [] : [author],
      bots: input.flag('bots') ?? false,
      contains: wordsIn(input.text('contains')),
      lacks: wordsIn(input.text('lacks')),
    },
    reactions: input.flag('reactions') ?? false,
    threads: input.flag('threads') ?? false,
    editWindowMs: parseDuration(input.text('edit_window') ?? '') ?? DEFAULT_WINDOW_MS,
    backfill: input.number('backfill') ?? 0,
  };
}

function wordsIn(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .slice(0, 20);
}
