import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import type { SourceRecord } from '../../db/announcements';
import { label } from '../../domain/text';
import type { Call } from '../interactions/call';
import type { CommandInput } from '../interactions/options';
import { isAdmin } from '../servers/rights';
import type { Answer } from '../views/answer';
import { sourceSetupAnswer } from '../views/source-setup-answer';
import { PROVIDER_WORDS } from '../views/source-words';

/** As many completions as Discord shows. */
const MOST = 25;

/** The guild's source with this word, as somebody may have typed it. @throws DatabaseUnavailable */
export async function sourceNamed(call: Call, word: string): Promise<SourceRecord | null> {
  const id = word.trim().toLowerCase();
  return id === '' ? null : call.parts.announcements.source(call.guildId, id);
}

/** There is no such source. */
export const noSource = (word: string): Answer =>
  sourceSetupAnswer({ outcome: 'unknown-source', id: word });

/** The sources whose word contains what was typed so far; for administrators alone. */
export async function completeSource(
  call: Call,
  { focused }: CommandInput,
): Promise<APIApplicationCommandOptionChoice[]> {
  if (!(await isAdmin(call))) return [];
  const typed = (focused?.value ?? '').trim().toLowerCase();
  const sources = await call.parts.announcements.sources(call.guildId);
  return sources
    .filter(({ settings }) => settings.id.includes(typed))
    .slice(0, MOST)
    .map(({ settings }) => ({
      name: label(`${settings.id} · ${PROVIDER_WORDS[settings.origin.provider]}`, {
        max: 100,
        empty: settings.id,
      }),
      value: settings.id,
    }));
}
