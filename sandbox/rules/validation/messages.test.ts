import { describe, expect, it } from '@jest/globals';
import { checkMessageCreate, checkMessageEdit, isEmptyMessage } from './messages';
import { refusal } from './refusal';

const create = (body: unknown, uploads = 0): string[] =>
  refusal(() => {
    checkMessageCreate(body, { uploads });
  });
const long = (length: number): string => 'x'.repeat(length);

describe('checkMessageCreate', () => {
  it('takes 2,000 characters and refuses one more', () => {
    expect(create({ content: long(2_000) })).toEqual([]);
    expect(create({ content: long(2_001) })).toEqual(['content: BASE_TYPE_MAX_LENGTH']);
  });

  it('refuses an empty message, unless it carries a file', () => {
    expect(create({})).toEqual(['50006']);
    expect(create({ content: ' \n ', embeds: [] })).toEqual(['50006']);
    expect(create({}, 1)).toEqual([]);
  });

  it('refuses more than 10 files', () => {
    expect(create({ content: 'x' }, 11)).toEqual(['30015']);
  });

  it('ignores fields that it does not know', () => {
    expect(create({ content: 'x', surprise: { deep: true } })).toEqual([]);
  });

  it('takes a nonce of 25 characters or a whole number', () => {
    expect(create({ content: 'x', nonce: long(25), enforce_nonce: true })).toEqual([]);
    expect(create({ content: 'x', nonce: 12 })).toEqual([]);
    expect(create({ content: 'x', nonce: long(26) })).toEqual(['nonce: BASE_TYPE_MAX_LENGTH']);
  });

  it('refuses allowed mentions that contradict themselves', () => {
    const allowed = { parse: ['users'], users: ['123456789012345678'] };
    expect(create({ content: 'x', allowed_mentions: allowed })).toEqual([
      'allowed_mentions: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ]);
    expect(create({ content: 'x', allowed_mentions: { parse: ['users'], users: [] } })).toEqual([]);
    expect(create({ content: 'x', allowed_mentions: { parse: ['all'] } })).toEqual([
      'allowed_mentions.parse.0: BASE_TYPE_CHOICES',
    ]);
  });

  it('puts the problems of an interaction answer under data', () => {
    const check = (): void => {
      checkMessageCreate({ content: long(2_001) }, { path: ['data'] });
    };
    expect(refusal(check)).toEqual(['data.content: BASE_TYPE_MAX_LENGTH']);
  });
});

describe('embeds', () => {
  it('knows the limit of every text', () => {
    const embed = {
      title: long(257),
      description: long(4_097),
      author: { name: long(257) },
      footer: { text: long(2_049) },
      fields: [
        { name: long(257), value: long(1_025) },
        { name: '', value: 'x' },
      ],
    };
    expect(create({ embeds: [embed] })).toEqual([
      'embeds.0.title: BASE_TYPE_MAX_LENGTH',
      'embeds.0.description: BASE_TYPE_MAX_LENGTH',
      'embeds.0.author.name: BASE_TYPE_MAX_LENGTH',
      'embeds.0.footer.text: BASE_TYPE_MAX_LENGTH',
      'embeds.0.fields.0.name: BASE_TYPE_MAX_LENGTH',
      'embeds.0.fields.0.value: BASE_TYPE_MAX_LENGTH',
      'embeds.0.fields.1.name: BASE_TYPE_REQUIRED',
      'embeds.0: MAX_EMBED_SIZE_EXCEEDED',
    ]);
  });

  it('counts 6,000 characters over all embeds together', () => {
    const half = { description: long(3_000) };
    expect(create({ embeds: [half, half] })).toEqual([]);
    expect(create({ embeds: [half, half, { title: 'x' }] })).toEqual([
      'embeds.2: MAX_EMBED_SIZE_EXCEEDED',
    ]);
  });

  it('refuses an eleventh embed and an empty one', () => {
    const many = Array.from({ length: 11 }, () => ({ title: 'x' }));
    expect(create({ embeds: many })).toEqual(['embeds: BASE_TYPE_MAX_LENGTH']);
    expect(create({ embeds: [{ color: 1 }] })).toEqual([
      'embeds.0.description: BASE_TYPE_REQUIRED',
    ]);
  });
});

describe('polls', () => {
  it('wants a question and 1 to 10 answers', () => {
    const answers = [{ poll_media: { text: 'Yes' } }];
    expect(create({ poll: { question: { text: 'Well?' }, answers } })).toEqual([]);
    expect(create({ poll: { question: {}, answers: [], duration: 769 } })).toEqual([
      'poll.question.text: BASE_TYPE_REQUIRED',
      'poll.answers: BASE_TYPE_BAD_LENGTH',
      'poll.duration: NUMBER_TYPE_MAX',
    ]);
  });
});

describe('components', () => {
  const button = (custom_id: string, more = {}) => ({
    type: 2,
    style: 1,
    label: 'Claim',
    custom_id,
    ...more,
  });
  const row = (...components: unknown[]) => ({ type: 1, components });
  const select = (options: unknown[], more = {}) => ({
    type: 3,
    custom_id: 'menu',
    options,
    ...more,
  });
  const option = (value: string) => ({ label: value, value });
  const check = (...components: unknown[]): string[] => create({ content: 'x', components });

  it('takes 5 rows of 5 buttons', () => {
    const rows = Array.from({ length: 5 }, (_, y) =>
      row(...Array.from({ length: 5 }, (__, x) => button(`${y}${x}`))),
    );
    expect(check(...rows)).toEqual([]);
    expect(check(...rows, row(button('z')))).toEqual(['components: BASE_TYPE_MAX_LENGTH']);
  });

  it('refuses a sixth button, a button beside a menu and an empty row', () => {
    const six = Array.from({ length: 6 }, (_, x) => button(`${x}`));
    expect(check(row(...six))).toEqual([
      'components.0.components.5: COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      'components.0.components: BASE_TYPE_BAD_LENGTH',
    ]);
    expect(check(row(button('a'), select([option('a')])))).toEqual([
      'components.0.components.1: COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ]);
    expect(check(row())).toEqual(['components.0.components: BASE_TYPE_BAD_LENGTH']);
  });

  it('refuses a custom id twice in one message, too long or missing', () => {
    expect(check(row(button('a')), row(button('a')))).toEqual([
      'components.1.components.0.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED',
    ]);
    expect(check(row(button(long(101))))).toEqual([
      'components.0.components.0.custom_id: BASE_TYPE_BAD_LENGTH',
    ]);
    expect(check(row({ type: 2, style: 1, label: 'x' }))).toEqual([
      'components.0.components.0.custom_id: BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
    ]);
  });

  it('wants a label or an emoji, and an address for a link', () => {
    expect(check(row(button('a', { label: undefined, emoji: { name: '🎫' } })))).toEqual([]);
    expect(check(row(button('a', { label: undefined })))).toEqual([
      'components.0.components.0.label: BASE_TYPE_REQUIRED',
    ]);
    expect(check(row(button('a', { label: long(81) })))).toContain(
      'components.0.components.0.label: BASE_TYPE_MAX_LENGTH',
    );
    expect(check(row({ type: 2, style: 5, label: 'Docs' }))).toEqual([
      'components.0.components.0.url: BUTTON_COMPONENT_URL_REQUIRED',
    ]);
  });

  it('takes 1 to 25 options without a value twice', () => {
    const many = Array.from({ length: 26 }, (_, index) => option(`${index}`));
    expect(check(row(select(many.slice(1))))).toEqual([]);
    expect(check(row(select(many)))).toEqual([
      'components.0.components.0.options: BASE_TYPE_BAD_LENGTH',
    ]);
    expect(check(row(select([])))).toEqual([
      'components.0.components.0.options: BASE_TYPE_BAD_LENGTH',
    ]);
    expect(check(row(select([option('a'), option('a')])))).toEqual([
      'components.0.components.0.options.1: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    ]);
  });

  it('refuses a maximum above the number of options and a minimum above the maximum', () => {
    expect(check(row(select([option('a')], { max_values: 2 })))).toEqual([
      'components.0.components.0.max_values: NUMBER_TYPE_MAX',
    ]);
    const two = [option('a'), option('b')];
    expect(check(row(select(two, { min_values: 2, max_values: 1 })))).toEqual([
      'components.0.components.0.min_values: NUMBER_TYPE_MAX',
    ]);
  });

  it('refuses unknown types and text inputs in messages', () => {
    expect(check({ type: 99 })).toEqual(['components.0.type: UNION_TYPE_CHOICES']);
    expect(check(row({ type: 4, custom_id: 'a', style: 1, label: 'x' }))).toEqual([
      'components.0.components.0.type: UNION_TYPE_CHOICES',
    ]);
  });

  it('takes layout components only with their flag, which shuts out content', () => {
    const text = { type: 10, content: 'Hello' };
    expect(create({ components: [text] })).toEqual(['components.0.type: UNION_TYPE_CHOICES']);
    const container = { type: 17, components: [text, row(button('a'))] };
    expect(create({ flags: 1 << 15, components: [container] })).toEqual([]);
    expect(create({ flags: 1 << 15, content: 'x', components: [text] })).toEqual([
      'content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ]);
    const big = Array.from({ length: 2 }, () => ({ type: 10, content: long(2_001) }));
    expect(create({ flags: 1 << 15, components: big })).toEqual([
      'components: COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    ]);
  });
});

describe('checkMessageEdit', () => {
  it('lets an edit take the content away and leaves emptiness to the caller', () => {
    const edit = (): void => {
      checkMessageEdit({ content: '' });
    };
    expect(refusal(edit)).toEqual([]);
    expect(isEmptyMessage({ content: '', embeds: [{}] })).toBe(false);
    expect(isEmptyMessage({ content: '', embeds: [], poll: null })).toBe(true);
  });
});
