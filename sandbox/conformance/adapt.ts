/**
 * What has to be changed in the vendor's description before it says what the service really does.
 * Each change has its reason; nothing else is loosened.
 */

const HOLDS_ID_OR_PERMISSIONS = /^(?:allow|deny|permissions|default_member_permissions|id|.+_id)$/;

/** A string of digits, of any length. */
const DIGITS = { type: 'string', pattern: '^[0-9]+$' };

/** The codes of nested errors are words; the description gives them the integer of the outer error. */
const INNER_ERRORS = {
  type: 'object',
  properties: {
    _errors: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: { code: { type: 'string' }, message: { type: 'string' } },
        required: ['code', 'message'],
      },
    },
  },
  required: ['_errors'],
};

/**
 * Makes a changed copy of a part of the description.
 * - Ids and permission sets that are `integer` are written as strings of digits by every client.
 * - `oneOf` becomes `anyOf`: the branches overlap.
 * - The codes of nested errors are words such as `BASE_TYPE_REQUIRED`.
 * - The id of an attachment in a request is the index of the file that comes with it (`0`), unless it
 *   is the id of one that is kept.
 * @param value a schema, or any JSON that holds schemas
 * @param key the name under which the value stands
 */
export function adapt(value: unknown, key = ''): unknown {
  if (key === 'InnerErrors') return INNER_ERRORS;
  if (Array.isArray(value)) return value.map((one: unknown) => adapt(one));
  if (typeof value !== 'object' || value === null) return value;

  const copy: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    copy[name === 'oneOf' ? 'anyOf' : name] = adapt(inner, name);
  }
  if (key === 'MessageAttachmentRequest') return withIndexAsId(copy);
  return HOLDS_ID_OR_PERMISSIONS.test(key) && isInteger(copy.type)
    ? { anyOf: [copy, DIGITS] }
    : copy;
}

function withIndexAsId(schema: Record<string, unknown>): Record<string, unknown> {
  const { properties } = schema;
  if (typeof properties !== 'object' || properties === null) return schema;
  return {
    ...schema,
    properties: { ...properties, id: { anyOf: [{ type: 'integer', minimum: 0 }, DIGITS] } },
  };
}

function isInteger(type: unknown): boolean {
  return type === 'integer' || (Array.isArray(type) && type.includes('integer'));
}
