import {
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
  type APIChatInputApplicationCommandInteraction,
} from 'discord-api-types/v10';
import { sourceFromCommand } from '../../config/guild/command-source';
import type { SourceRecord } from '../../db/announcements';
import { saysNothing } from '../../domain/announcements/wish';
import { requestChange } from '../announcements/change';
import { completeSource, noSource, sourceNamed } from '../announcements/find';
import { previewSource } from '../announcements/preview';
import { NOT_ADMIN } from '../announcements/rights';
import { showDeliveries, showSources } from '../announcements/show';
import { readSourceWish } from '../announcements/source-wish';
import { adminOnly } from '../interactions/admin-only';
import { configurationOf, type Call } from '../interactions/call';
import { bySubcommand, type Command } from '../interactions/command';
import type { CommandInput } from '../interactions/options';
import { NOT_SET_UP } from '../tickets/choose';
import type { Answer } from '../views/answer';
import { removeQuestion } from '../views/source-card';
import { sourceSetupAnswer } from '../views/source-setup-answer';
import { SUBCOMMANDS } from './announce-options';

/** What administrators do with the sources of announcements. */
export const announce = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'announce',
    description: 'News of other services in our channels',
    contexts: [InteractionContextType.Guild],
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: SUBCOMMANDS,
  },
  execute: bySubcommand({
    add: adminOnly(NOT_ADMIN, add),
    edit: adminOnly(NOT_ADMIN, edit),
    list: adminOnly(NOT_ADMIN, (call) => showSources(call, 0)),
    deliveries: adminOnly(NOT_ADMIN, deliveries),
    rotate: adminOnly(NOT_ADMIN, rotate),
    remove: adminOnly(NOT_ADMIN, remove),
    test: adminOnly(NOT_ADMIN, (call, input) => previewSource(call, wordIn(input), 0)),
  }),
  autocomplete: completeSource,
} satisfies Command;

type CommandCall = Call<APIChatInputApplicationCommandInteraction>;

const wordIn = (input: CommandInput): string => input.text('source') ?? '';

/** Discord's role of everyone has the guild's id. */
const NOBODY_IN_PARTICULAR = 'ping must be a role that people choose, not everyone.';

async function add(call: CommandCall, input: CommandInput): Promise<Answer | null> {
  if ((await configurationOf(call)) === null) return NOT_SET_UP;
  const id = (input.text('id') ?? '').trim();
  const wish = readSourceWish(call, input);
  if (wish.pingRoleId === call.guildId) return invalid(NOBODY_IN_PARTICULAR);
  const read = sourceFromCommand(id, wish, null);
  if (!read.ok) return invalid(...read.reasons);
  await requestChange(call, { type: 'add', id, sealedWish: call.parts.seal.seal(wish) });
  return null;
}

async function edit(call: CommandCall, input: CommandInput): Promise<Answer | null> {
  const found = await changeable(call, wordIn(input));
  if (!('settings' in found)) return found;
  const { id } = found.settings;
  const wish = readSourceWish(call, input);
  if (saysNothing(wish)) {
    return invalid('nothing was to be changed: give at least one of the other options.');
  }
  if (wish.pingRoleId === call.guildId) return invalid(NOBODY_IN_PARTICULAR);
  const read = sourceFromCommand(id, wish, found.settings);
  if (!read.ok) return invalid(...read.reasons);
  await requestChange(call, { type: 'edit', id, sealedWish: call.parts.seal.seal(wish) });
  return null;
}

async function deliveries(call: Call, input: CommandInput): Promise<Answer> {
  const found = await sourceNamed(call, wordIn(input));
  return found === null
    ? noSource(wordIn(input))
    : showDeliveries(call, found.settings.id, { at: null, skip: 0 });
}

/** The worker answers: it knows whether there is a secret to exchange. */
async function rotate(call: Call, input: CommandInput): Promise<Answer | null> {
  const found = await sourceNamed(call, wordIn(input));
  if (found === null) return noSource(wordIn(input));
  await requestChange(call, { type: 'rotate', id: found.settings.id });
  return null;
}

async function remove(call: Call, input: CommandInput): Promise<Answer> {
  const found = await changeable(call, wordIn(input));
  return 'settings' in found ? removeQuestion(found.settings.id) : found;
}

/** The source with this word, if commands may change it; or what to answer when not. */
async function changeable(call: Call, word: string): Promise<SourceRecord | Answer> {
  const found = await sourceNamed(call, word);
  if (found === null) return noSource(word);
  return found.origin === 'file'
    ? sourceSetupAnswer({ outcome: 'in-file', id: found.settings.id })
    : found;
}

function invalid(...reasons: readonly string[]): Answer {
  return sourceSetupAnswer({ outcome: 'invalid', reasons });
}
