import { InteractionResponseType as Answer, InteractionType } from 'discord-api-types/v10';
import type { MessageCheck } from './messages';
import { checkMessageCreate, checkMessageEdit } from './messages';
import type { Field } from './form';
import { checkForm } from './form';
import { checkModal } from './modals';

const MESSAGES = [
  Answer.ChannelMessageWithSource,
  Answer.DeferredChannelMessageWithSource,
] as const;
const UPDATES = [Answer.DeferredMessageUpdate, Answer.UpdateMessage] as const;

/** The kinds of answer that the local Discord takes. */
export type InteractionAnswer =
  | Answer.Pong
  | (typeof MESSAGES)[number]
  | (typeof UPDATES)[number]
  | Answer.ApplicationCommandAutocompleteResult
  | Answer.Modal
  | Answer.LaunchActivity;

/** What is known of the interaction that is answered. */
export interface AnsweredInteraction {
  readonly type: InteractionType;
  /** The form was opened from a component, so that its message can be updated. */
  readonly hasMessage: boolean;
  readonly uploads?: number;
  /** The component's message has the flag IS_COMPONENTS_V2. */
  readonly isV2?: boolean;
}

/**
 * Checks the answer to an interaction: that its type fits the interaction, and its data the type.
 * Source: https://discord.com/developers/docs/interactions/receiving-and-responding
 * @returns the answer's type
 * @throws DiscordError 50035 with the wrong fields, 50006 for an empty message
 */
export function checkInteractionResponse(
  body: unknown,
  interaction: AnsweredInteraction,
): InteractionAnswer {
  const fitting = answersTo(interaction);
  let type: InteractionAnswer | undefined;
  checkForm(body, (answer) => {
    type = answer.child('type').choice(fitting, true);
    if (type !== undefined && needsData(type)) answer.child('data').object(true);
    if (type === Answer.ApplicationCommandAutocompleteResult) checkChoices(answer.child('data'));
  });
  if (type === undefined) throw new TypeError('an answer without a type passed the check');

  const data: unknown =
    typeof body === 'object' && body !== null && 'data' in body ? body.data : {};
  const options: MessageCheck = {
    path: ['data'],
    uploads: interaction.uploads ?? 0,
    isV2: interaction.isV2 === true && type === Answer.UpdateMessage,
  };
  if (type === Answer.ChannelMessageWithSource) checkMessageCreate(data, options);
  else if (type === Answer.UpdateMessage) checkMessageEdit(data ?? {}, options);
  else if (type === Answer.Modal) checkModal(data);
  return type;
}

function answersTo({ type, hasMessage }: AnsweredInteraction): InteractionAnswer[] {
  switch (type) {
    case InteractionType.Ping:
      return [Answer.Pong];
    case InteractionType.ApplicationCommand:
      return [...MESSAGES, Answer.Modal, Answer.LaunchActivity];
    case InteractionType.MessageComponent:
      return [...MESSAGES, ...UPDATES, Answer.Modal, Answer.LaunchActivity];
    case InteractionType.ApplicationCommandAutocomplete:
      return [Answer.ApplicationCommandAutocompleteResult];
    case InteractionType.ModalSubmit:
      return hasMessage ? [...MESSAGES, ...UPDATES] : [...MESSAGES];
  }
}

function needsData(type: Answer): boolean {
  return (
    type === Answer.ChannelMessageWithSource ||
    type === Answer.Modal ||
    type === Answer.ApplicationCommandAutocompleteResult
  );
}

/** The suggestions of an autocomplete: at most 25, names of 1 to 100 characters. */
function checkChoices(data: Field): void {
  for (const choice of data.child('choices').list({ max: 25, required: true })) {
    if (!choice.object(true)) continue;
    choice.child('name').text({ min: 1, max: 100, required: true });
    const value = choice.child('value');
    if (typeof value.value === 'number') value.number();
    else value.text({ max: 100, required: true });
  }
}
