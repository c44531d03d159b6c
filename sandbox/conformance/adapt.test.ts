import { describe, expect, it } from '@jest/globals';
import { adapt } from './adapt';

describe('adapt', () => {
  it('accepts digits for ids and permission sets only', () => {
    const integer = { type: 'integer' };
    const digits = { anyOf: [integer, { type: 'string', pattern: '^[0-9]+$' }] };
    expect(
      adapt({ properties: { allow: integer, parent_id: integer, position: integer } }),
    ).toEqual({ properties: { allow: digits, parent_id: digits, position: integer } });
    expect(adapt({ permissions: { type: ['integer', 'null'] } })).toHaveProperty(
      'permissions.anyOf',
    );
    expect(adapt({ id: { type: 'string' } })).toEqual({ id: { type: 'string' } });
  });

  it('lets more than one branch fit', () => {
    expect(adapt({ items: { oneOf: [{ type: 'null' }, { oneOf: [] }] } })).toEqual({
      items: { anyOf: [{ type: 'null' }, { anyOf: [] }] },
    });
  });

  it('lets an attachment be named by the index of its file', () => {
    const digits = { type: 'string', pattern: '^[0-9]+$' };
    const schema = { properties: { id: { $ref: '#/x' }, title: { type: 'string' } } };
    expect(adapt({ MessageAttachmentRequest: schema })).toEqual({
      MessageAttachmentRequest: {
        properties: {
          id: { anyOf: [{ type: 'integer', minimum: 0 }, digits] },
          title: { type: 'string' },
        },
      },
    });
  });

  it('gives nested errors their words', () => {
    expect(adapt({ InnerErrors: {} })).toHaveProperty(
      'InnerErrors.properties._errors.items.properties.code',
      { type: 'string' },
    );
  });
});
