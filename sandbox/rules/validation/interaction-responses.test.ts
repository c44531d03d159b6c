import { describe, expect, it } from '@jest/globals';
import { InteractionResponseType as Answer, InteractionType } from 'discord-api-types/v10';
import { checkInteractionResponse } from './interaction-responses';
import { refusal } from './refusal';

const check = (type: InteractionType, body: unknown, hasMessage = false): string[] =>
  refusal(() => checkInteractionResponse(body, { type, hasMessage }));
const modal = {
  custom_id: 'form',
  title: 'Form',
  components: [{ type: 18, label: 'x', component: { type: 4, custom_id: 'a', style: 1 } }],
};

describe('checkInteractionResponse', () => {
  it('returns the type of a right answer', () => {
    const body = { type: 4, data: { content: 'Done.', flags: 64 } };
    const command = { type: InteractionType.ApplicationCommand, hasMessage: false };
    expect(checkInteractionResponse(body, command)).toBe(Answer.ChannelMessageWithSource);
    expect(checkInteractionResponse({ type: 5 }, command)).toBe(5);
  });

  it('lets only components and their forms update a message', () => {
    expect(check(InteractionType.ApplicationCommand, { type: 6 })).toEqual([
      'type: BASE_TYPE_CHOICES',
    ]);
    expect(check(InteractionType.MessageComponent, { type: 7, data: {} })).toEqual([]);
    expect(check(InteractionType.ModalSubmit, { type: 6 })).toEqual(['type: BASE_TYPE_CHOICES']);
    expect(check(InteractionType.ModalSubmit, { type: 6 }, true)).toEqual([]);
  });

  it('lets no form answer a form', () => {
    const body = { type: 9, data: modal };
    expect(check(InteractionType.MessageComponent, body)).toEqual([]);
    expect(check(InteractionType.ModalSubmit, body)).toEqual(['type: BASE_TYPE_CHOICES']);
  });

  it('checks the data under its own path', () => {
    const type = InteractionType.ApplicationCommand;
    expect(check(type, { type: 4 })).toEqual(['data: BASE_TYPE_REQUIRED']);
    expect(check(type, { type: 4, data: { content: '' } })).toEqual(['50006']);
    expect(check(type, { type: 4, data: { content: 'x'.repeat(2_001) } })).toEqual([
      'data.content: BASE_TYPE_MAX_LENGTH',
    ]);
    expect(check(type, { type: 9, data: { ...modal, title: '' } })).toEqual([
      'data.title: BASE_TYPE_REQUIRED',
    ]);
  });

  it('takes up to 25 suggestions for an autocomplete and nothing else', () => {
    const type = InteractionType.ApplicationCommandAutocomplete;
    const choices = Array.from({ length: 26 }, (_, index) => ({ name: `${index}`, value: index }));
    expect(check(type, { type: 8, data: { choices: choices.slice(1) } })).toEqual([]);
    expect(check(type, { type: 8, data: { choices } })).toEqual([
      'data.choices: BASE_TYPE_MAX_LENGTH',
    ]);
    expect(check(type, { type: 4, data: { content: 'x' } })).toEqual(['type: BASE_TYPE_CHOICES']);
  });
});
