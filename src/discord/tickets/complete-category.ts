import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import { label } from '../../domain/text';
import { configurationOf, type Call } from '../interactions/call';
import type { CommandInput } from '../interactions/options';

/** As many completions as Discord shows. */
const MOST = 25;

/** The categories whose title contains what was typed so far. */
export async function completeCategory(
  call: Call,
  { focused }: CommandInput,
): Promise<APIApplicationCommandOptionChoice[]> {
  const configuration = await configurationOf(call);
  const typed = (focused?.value ?? '').trim().toLowerCase();
  return (configuration?.categories ?? [])
    .filter(({ id, title }) => title.toLowerCase().includes(typed) || id.includes(typed))
    .slice(0, MOST)
    .map(({ id, title }) => ({ name: label(title, { max: 100, empty: id }), value: id }));
}
