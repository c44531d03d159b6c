import type { API } from '@discordjs/core';
import {
  ApplicationCommandType,
  InteractionType,
  type APIApplicationCommandAutocompleteInteraction,
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
} from 'discord-api-types/v10';
import { DeskSilent } from '../desk/errors';
import { parseCustomId } from '../custom-id';
import { answer } from '../views/answer';
import { errorAnswer, isOutage } from '../views/error-answer';
import type { Call, Parts } from './call';
import type { Command } from './command';
import type { Component } from './component';
import { readOptions } from './options';
import { FirstResponses } from './first-responses';
import { AnsweredBefore, InteractionGone, Responder } from './responder';

/** What interactions are answered by, by name. */
export interface Handlers {
  readonly commands: Readonly<Record<string, Command>>;
  readonly components: Readonly<Record<string, Component>>;
}

const ONLY_IN_GUILDS = answer('Please use this on a server, not in a private conversation.');
const UNKNOWN = answer(
  'This button or form is of another version of me and no longer works. Please use the command again; on a panel, tell an administrator to post it anew.',
);

/**
 * Answers every interaction, whatever happens: success, refusal, or an error with a reference.
 *
 * @returns handles one interaction; settles, never rejects, when it was handed over or finally answered
 */
export function createDispatch(
  api: API,
  parts: Parts,
  { commands, components }: Handlers,
): (interaction: APIInteraction) => Promise<void> {
  const first = new FirstResponses();
  return async (interaction) => {
    const respond = new Responder(api, interaction, performance.now(), first);
    const reference = interaction.id;
    const log = parts.log.child({ reference, guild: interaction.guild_id });
    try {
      await handle(interaction, respond, { ...parts, log });
    } catch (error) {
      if (error instanceof InteractionGone) {
        log.info({ err: error }, 'nobody waits for the answer to this interaction any more');
        return;
      }
      if (error instanceof AnsweredBefore) {
        log.info('an interaction came again that was answered before');
        return;
      }
      if (isOutage(error)) log.warn({ err: error }, 'an interaction met an outage');
      else log.error({ err: error }, 'an interaction failed');
      if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
        await respond.choices([]).catch(() => undefined);
        return;
      }
      try {
        await respond.answer(errorAnswer(await honest(error, respond), reference));
      } catch (unanswered) {
        if (unanswered instanceof AnsweredBefore) return;
        log.warn({ err: unanswered }, 'an interaction could not even be answered with its error');
      }
    }
  };

  async function handle(
    interaction: APIInteraction,
    respond: Responder,
    own: Parts,
  ): Promise<void> {
    if (interaction.type === InteractionType.Ping) return;
    if (interaction.guild_id === undefined || interaction.member === undefined) {
      await respond.answer(ONLY_IN_GUILDS);
      return;
    }
    const base = {
      guildId: interaction.guild_id,
      member: interaction.member,
      respond,
      parts: own,
      reference: interaction.id,
    };
    switch (interaction.type) {
      case InteractionType.ApplicationCommand:
        if (!isSlashCommand(interaction)) {
          await respond.answer(UNKNOWN);
          return;
        }
        await execute({ ...base, interaction });
        return;
      case InteractionType.ApplicationCommandAutocomplete:
        await complete({ ...base, interaction });
        return;
      case InteractionType.MessageComponent:
      case InteractionType.ModalSubmit:
        await click({ ...base, interaction });
        return;
    }
  }

  async function execute(call: Call<APIChatInputApplicationCommandInteraction>): Promise<void> {
    const { name, options } = call.interaction.data;
    const command = commands[name];
    if (command === undefined) await call.respond.answer(UNKNOWN);
    else await command.execute(call, readOptions(options));
  }

  async function complete(call: Call<APIApplicationCommandAutocompleteInteraction>): Promise<void> {
    const { name, options } = call.interaction.data;
    const choices = await commands[name]?.autocomplete?.(call, readOptions(options));
    await call.respond.choices(choices ?? []);
  }

  async function click(
    call: Call<APIMessageComponentInteraction | APIModalSubmitInteraction>,
  ): Promise<void> {
    const id = parseCustomId(call.interaction.data.custom_id);
    const component = id === null ? undefined : components[id.name];
    const understood = id !== null && (await component?.handle(call, id.fields)) === true;
    if (!understood) await call.respond.answer(UNKNOWN);
  }
}

/**
 * What is away now may have been there for a process that died: then something may have changed. Whether there
 * was one, only Discord can say.
 *
 * @throws InteractionGone, AnsweredBefore
 */
async function honest(error: unknown, respond: Responder): Promise<unknown> {
  if (!isOutage(error)) return error;
  await respond.acknowledge();
  return respond.repeated ? new DeskSilent({ cause: error }) : error;
}

function isSlashCommand(
  interaction: Extract<APIInteraction, { type: InteractionType.ApplicationCommand }>,
): interaction is APIChatInputApplicationCommandInteraction {
  return interaction.data.type === ApplicationCommandType.ChatInput;
}
