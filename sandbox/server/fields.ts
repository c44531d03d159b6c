import { invalidForm, type NestedErrors } from '../rules/errors';
import type { JsonObject } from '../world/model';

/** True for a JSON object, false for null, arrays and everything else. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a request's JSON object field by field, with Discord's own refusal (50035) for a field of
 * the wrong type. A field that is absent reads as undefined; null reads as null where it may be.
 */
export class Fields {
  private constructor(readonly all: JsonObject) {}

  static of(body: unknown): Fields {
    if (body === undefined) return new Fields({});
    if (!isObject(body)) {
      throw invalidForm({
        _errors: [
          { code: 'DICT_TYPE_CONVERT', message: 'Only dictionaries may be used in a DictType' },
        ],
      });
    }
    return new Fields(body);
  }

  has(name: string): boolean {
    return this.all[name] !== undefined;
  }

  string(name: string): string | undefined {
    const value = this.all[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    return wrong(name, 'STRING_TYPE_CONVERT', 'Could not interpret the value as string.');
  }

  number(name: string): number | undefined {
    const value = this.all[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number') return value;
    if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
    return wrong(name, 'NUMBER_TYPE_COERCE', `Value ${JSON.stringify(value)} is not int.`);
  }

  boolean(name: string): boolean | undefined {
    const value = this.all[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'boolean') return value;
    return wrong(name, 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
  }

  object(name: string): JsonObject | undefined {
    const value = this.all[name];
    if (value === undefined || value === null) return undefined;
    if (isObject(value)) return value;
    return wrong(name, 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
  }

  list(name: string): unknown[] | undefined {
    const value = this.all[name];
    if (value === undefined || value === null) return undefined;
    if (Array.isArray(value)) return value as unknown[];
    return wrong(name, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
  }

  strings(name: string): string[] | undefined {
    return this.list(name)?.map((value) =>
      typeof value === 'string' || typeof value === 'number'
        ? String(value)
        : wrong(name, 'STRING_TYPE_CONVERT', 'Could not interpret the value as string.'),
    );
  }

  objects(name: string): JsonObject[] | undefined {
    return this.list(name)?.map((value) =>
      isObject(value)
        ? value
        : wrong(name, 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType'),
    );
  }

  isNull(name: string): boolean {
    return this.all[name] === null;
  }
}

/** Refuses a field that has to be there. */
export function required<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) {
    return wrong(name, 'BASE_TYPE_REQUIRED', 'This field is required');
  }
  return value;
}

/** Throws Discord's refusal of one field. */
export function wrong(name: string, code: string, message: string): never {
  const errors: NestedErrors = {};
  errors[name] = { _errors: [{ code, message }] };
  throw invalidForm(errors);
}
