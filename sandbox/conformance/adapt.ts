/**
 * What has to be changed in the vendor's description before it says what the service really does.
 * Each change has its reason; nothing else is loosened.
 */

const HOLDS_ID_OR_PERMISSIONS = /^(?:allow|deny|permissions|default_member_permissions|id|.+_id)$/;

/**
 * Makes a changed copy of a part of the description.
 * - Ids and permission sets that are `integer` are written as strings of digits by every client.
 * - `oneOf` becomes `anyOf`: its branches overlap (`RoleSelect` and `UserSelect` defaults, say).
 * - The codes of nested errors are words such as `BASE_TYPE_REQUIRED`; the description gives them the
 *   integer of the outer error.
 * @param value a schema, or any JSON that holds schemas
 */
export function adapt(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => adapt(one));
  if (typeof value !== 'object' || value === null) return value;

  const entries = Object.entries(value).map(([name, inner]: [string, unknown]) => {
    if (name === 'oneOf') return ['anyOf', adapt(inner)] as const;
    if (name === 'InnerErrors') return [name, INNER_ERRORS] as const;
    return [name, adapt(inner, name)] as const;
  });
  const copy: Record<string, unknown> = Object.fromEntries(entries);
  return HOLDS_ID_OR_PERMISSIONS.test(key) && isInteger(copy.type) ? orDigits(copy) : copy;
}

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

function isInteger(type: unknown): boolean {
  return type === 'integer' || (Array.isArray(type) && type.includes('integer'));
}

function orDigits(schema: Record<string, unknown>): Record<string, unknown> {
  return { anyOf: [schema, { type: 'string', pattern: '^[0-9]+$' }] };
}
