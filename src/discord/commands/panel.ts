import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type APIApplicationCommandOptionChoice,
} from 'discord-api-types/v10';
import type { SealedAnswer } from '../../../workflows/panel/contract';
import { label } from '../../domain/text';
import { configurationOf, personOf, type Call } from '../interactions/call';
import { bySubcommand, type Command } from '../interactions/command';
import type { CommandInput } from '../interactions/options';
import { NOT_SET_UP } from '../tickets/choose';
import { answer, type Answer } from '../views/answer';

const NOT_ADMIN = answer('Only administrators can post a panel.');
const NO_PANELS = answer(
  'The configuration has no panels. Add one under `panels` and apply the configuration.',
);

/** Posts a message from which people open tickets. */
export const panel = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'panel',
    description: 'Messages from which people open tickets',
    contexts: [InteractionContextType.Guild],
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'post',
        description: 'Post a panel',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'panel',
            description: 'Which one; the first of the configuration if left out',
            max_length: 100,
            autocomplete: true,
          },
          {
            type: ApplicationCommandOptionType.Channel,
            name: 'channel',
            description: 'Where; this channel if left out',
            channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
          },
        ],
      },
    ],
  },
  execute: bySubcommand({
    async post(call, input) {
      await call.respond.defer();
      const refusal = await post(call, input);
      if (refusal !== null) await call.respond.edit(refusal);
    },
  }),
  async autocomplete(call, { focused }): Promise<APIApplicationCommandOptionChoice[]> {
    const configuration = await configurationOf(call);
    const typed = (focused?.value ?? '').trim().toLowerCase();
    return (configuration?.panels ?? [])
      .filter(({ id, title }) => title.toLowerCase().includes(typed) || id.includes(typed))
      .slice(0, 25)
      .map(({ id, title }) => ({ name: label(title, { max: 100, empty: id }), value: id }));
  },
} satisfies Command;

/**
 * Starts the posting; the worker answers when the panel is there.
 *
 * @returns what to answer instead when nothing was started
 */
async function post(call: Call, input: CommandInput): Promise<Answer | null> {
  const configuration = await configurationOf(call);
  if (!(await personOf(call)).admin) return NOT_ADMIN;
  if (configuration === null) return NOT_SET_UP;
  const { panels } = configuration;
  const wanted = input.text('panel');
  const chosen = wanted === null ? panels[0] : panels.find(({ id }) => id === wanted);
  if (chosen === undefined) {
    if (panels.length === 0) return NO_PANELS;
    const known = panels.map(({ id }) => `\`${id}\``).join(', ');
    return answer(`There is no such panel. The configuration has: ${known}.`);
  }
  const channelId = input.text('channel') ?? call.interaction.channel?.id;
  if (channelId === undefined) return answer('Please name the channel with the option `channel`.');
  await call.parts.desk.postPanel(call.interaction.id, {
    guildId: call.guildId,
    panelId: chosen.id,
    channelId,
    sealed: call.parts.seal.seal({
      applicationId: call.interaction.application_id,
      interactionToken: call.interaction.token,
    } satisfies SealedAnswer),
  });
  return null;
}
