import { describe, expect, it } from '@jest/globals';
import { checkModal } from './modals';
import { refusal } from './refusal';

const input = (custom_id: string, more = {}) => ({ type: 4, custom_id, style: 1, ...more });
const row = (...components: unknown[]) => ({ type: 1, components });
const label = (component: unknown, more = {}) => ({ type: 18, label: 'What?', component, ...more });
const check = (components: unknown[], more = {}): string[] =>
  refusal(() => {
    checkModal({ custom_id: 'form', title: 'Open a ticket', components, ...more });
  });

describe('checkModal', () => {
  it('takes rows, labels and texts', () => {
    expect(
      check([
        { type: 10, content: 'Tell us more.' },
        row(input('a', { label: 'What happened?' })),
        label(input('b')),
        label({ type: 3, custom_id: 'c', options: [{ label: 'x', value: 'x' }] }),
        label({ type: 19, custom_id: 'd', min_values: 0, max_values: 10, required: false }),
      ]),
    ).toEqual([]);
  });

  it('takes 1 to 5 parts and a title of 1 to 45 characters', () => {
    const six = Array.from({ length: 6 }, (_, index) => label(input(`${index}`)));
    expect(check(six)).toEqual(['data.components: BASE_TYPE_BAD_LENGTH']);
    expect(check([])).toEqual(['data.components: BASE_TYPE_BAD_LENGTH']);
    expect(check(six.slice(1), { title: 'x'.repeat(46) })).toEqual([
      'data.title: BASE_TYPE_BAD_LENGTH',
    ]);
    expect(check(six.slice(1), { custom_id: undefined })).toEqual([
      'data.custom_id: BASE_TYPE_REQUIRED',
    ]);
  });

  it('wants a label on an input in a row and none on one in a label', () => {
    expect(check([row(input('a'))])).toEqual([
      'data.components.0.components.0.label: BASE_TYPE_REQUIRED',
    ]);
    expect(check([label(input('a'), { label: 'x'.repeat(46) })])).toEqual([
      'data.components.0.label: BASE_TYPE_BAD_LENGTH',
    ]);
  });

  it('holds prefilled values to the limits of the input', () => {
    expect(check([label(input('a', { min_length: 3, max_length: 5, value: 'toolong' }))])).toEqual([
      'data.components.0.component.value: BASE_TYPE_BAD_LENGTH',
    ]);
    expect(check([label(input('a', { min_length: 9, max_length: 5 }))])).toEqual([
      'data.components.0.component.min_length: NUMBER_TYPE_MAX',
    ]);
    expect(check([label(input('a', { max_length: 4_001 }))])).toEqual([
      'data.components.0.component.max_length: NUMBER_TYPE_MAX',
    ]);
  });

  it('refuses buttons, an id twice, two inputs in a row and disabled menus', () => {
    expect(check([label({ type: 2, style: 1, custom_id: 'a', label: 'x' })])).toEqual([
      'data.components.0.component.type: UNION_TYPE_CHOICES',
    ]);
    expect(check([label(input('a')), label(input('a'))])).toEqual([
      'data.components.1.component.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED',
    ]);
    const both = row(input('a', { label: 'x' }), input('b', { label: 'y' }));
    expect(check([both])).toEqual(['data.components.0.components: BASE_TYPE_BAD_LENGTH']);
    expect(check([label({ type: 5, custom_id: 'a', disabled: true })])).toEqual([
      'data.components.0.component.disabled: MODAL_COMPONENT_CANNOT_BE_DISABLED',
    ]);
  });

  it('knows radio groups, checkbox groups and checkboxes', () => {
    const options = [
      { label: 'x', value: 'x' },
      { label: 'y', value: 'y' },
    ];
    expect(
      check([
        label({ type: 21, custom_id: 'a', options }),
        label({ type: 22, custom_id: 'b', options, min_values: 0, max_values: 2 }),
        label({ type: 23, custom_id: 'c', default: true }),
      ]),
    ).toEqual([]);
    expect(check([label({ type: 21, custom_id: 'a', options: options.slice(1) })])).toEqual([
      'data.components.0.component.options: BASE_TYPE_BAD_LENGTH',
    ]);
  });
});
