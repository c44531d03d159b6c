import type { FieldProblem, NestedErrors } from '../errors';
import { invalidForm } from '../errors';

/** Where a field lies in the request's body. */
export type Path = readonly (string | number)[];

/** Collects everything that is wrong with a body, so that it is answered all at once. */
export class Form {
  private readonly errors: NestedErrors = {};
  private count = 0;

  /** Notes a problem of the field at that path. */
  report(path: Path, code: string, message: string): void {
    let node = this.errors;
    for (const part of path) {
      const present = node[part];
      const next: NestedErrors = present === undefined || Array.isArray(present) ? {} : present;
      node[part] = next;
      node = next;
    }
    const problem: FieldProblem = { code, message };
    node._errors = [...(node._errors ?? []), problem];
    this.count += 1;
  }

  /** @throws DiscordError 400, code 50035, if anything was reported */
  finish(): void {
    if (this.count > 0) throw invalidForm(this.errors);
  }
}

/** How many characters a text may have; Discord counts code points, not UTF-16 units. */
export interface TextLimits {
  readonly min?: number;
  readonly max?: number;
  readonly required?: boolean;
}

/** Lowest and highest number, both allowed. */
export interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
  readonly required?: boolean;
}

/**
 * One value of the body with its path. Each reader checks the value, reports what is wrong in
 * Discord's words and gives the value back only if it was right; absent and null are the same.
 */
export class Field {
  constructor(
    readonly form: Form,
    readonly path: Path,
    readonly value: unknown,
  ) {}

  /** True if nothing was given here. */
  get absent(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** The value under a key; absent where this is no object. */
  child(key: string | number): Field {
    const { value } = this;
    const inner: unknown =
      isRecord(value) || Array.isArray(value) ? Reflect.get(value, key) : undefined;
    return new Field(this.form, [...this.path, key], inner);
  }

  /** The keys of an object; none where this is something else. */
  keys(): string[] {
    return isRecord(this.value) ? Object.keys(this.value) : [];
  }

  /** Notes a problem of this field. */
  report(code: string, message: string): void {
    this.form.report(this.path, code, message);
  }

  /** Notes that the field is missing. */
  reportRequired(): void {
    this.report('BASE_TYPE_REQUIRED', 'This field is required');
  }

  text(limits: TextLimits = {}): string | undefined {
    if (this.absent || (limits.required === true && this.value === '')) {
      if (limits.required === true) this.reportRequired();
      return undefined;
    }
    if (typeof this.value !== 'string') {
      this.report(
        'STRING_TYPE_CONVERT',
        `Could not interpret "${JSON.stringify(this.value)}" as string.`,
      );
      return undefined;
    }
    return this.lengthFits(characters(this.value), limits) ? this.value : undefined;
  }

  integer(limits: NumberLimits = {}): number | undefined {
    return this.number(limits, 'int');
  }

  number(limits: NumberLimits = {}, kind: 'int' | 'float' = 'float'): number | undefined {
    if (this.absent) {
      if (limits.required === true) this.reportRequired();
      return undefined;
    }
    const { value } = this;
    const right = kind === 'int' ? Number.isSafeInteger(value) : Number.isFinite(value);
    if (typeof value !== 'number' || !right) {
      this.report('NUMBER_TYPE_COERCE', `Value "${String(value)}" is not ${kind}.`);
      return undefined;
    }
    const { min, max } = limits;
    if (min !== undefined && value < min) {
      this.report('NUMBER_TYPE_MIN', `${kind} value should be greater than or equal to ${min}.`);
      return undefined;
    }
    if (max !== undefined && value > max) {
      this.report('NUMBER_TYPE_MAX', `${kind} value should be less than or equal to ${max}.`);
      return undefined;
    }
    return value;
  }

  boolean(): boolean | undefined {
    if (this.absent) return undefined;
    if (typeof this.value === 'boolean') return this.value;
    this.report('BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
    return undefined;
  }

  /** An id: digits as a string, as a number cannot hold it. */
  snowflake(required = false): string | undefined {
    if (this.absent) {
      if (required) this.reportRequired();
      return undefined;
    }
    const { value } = this;
    if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return value;
    this.report('NUMBER_TYPE_COERCE', `Value "${String(value)}" is not snowflake.`);
    return undefined;
  }

  /** A permission set: digits as a string, or a whole number. */
  bits(): bigint | undefined {
    if (this.absent) return undefined;
    const { value } = this;
    if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return BigInt(value);
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
      return BigInt(value);
    this.report('NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`);
    return undefined;
  }

  /** One of some values. */
  choice<T extends string | number>(allowed: readonly T[], required = false): T | undefined {
    if (this.absent) {
      if (required) this.reportRequired();
      return undefined;
    }
    const found = allowed.find((one) => one === this.value);
    if (found === undefined) {
      this.report('BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`);
    }
    return found;
  }

  /** A web address with one of the schemes; `data:` images and the like are refused. */
  url(schemes: readonly string[] = ['http', 'https'], limits: TextLimits = {}): string | undefined {
    const text = this.text({ max: 2048, ...limits });
    if (text === undefined) return undefined;
    const scheme = /^([a-z][a-z0-9+.-]*):\/\/\S+$/i.exec(text)?.[1]?.toLowerCase();
    if (scheme === undefined || (scheme.startsWith('http') && !URL.canParse(text))) {
      this.report('URL_TYPE_INVALID_URL', 'Not a well formed URL.');
      return undefined;
    }
    if (!schemes.includes(scheme)) {
      const known = schemes.map((one) => `'${one}'`).join(', ');
      this.report('URL_TYPE_INVALID_SCHEME', `Scheme "${scheme}" must be one of (${known}).`);
      return undefined;
    }
    return text;
  }

  /** An ISO 8601 time. */
  timestamp(): string | undefined {
    const text = this.text();
    if (text === undefined) return undefined;
    if (!Number.isNaN(Date.parse(text))) return text;
    this.report('DATE_TIME_TYPE_PARSE', `Could not parse ${text}. Should be ISO8601.`);
    return undefined;
  }

  /** The entries of a list without one twice. */
  set(limits: TextLimits = {}): Field[] {
    const entries = this.list(limits);
    const seen = new Set<unknown>();
    for (const entry of entries) {
      if (seen.has(entry.value)) {
        entry.report('SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value');
      }
      seen.add(entry.value);
    }
    return entries;
  }

  /** The entries of a list, with their paths; an empty array where it is absent or wrong. */
  list(limits: TextLimits = {}): Field[] {
    if (this.absent) {
      if (limits.required === true) this.reportRequired();
      return [];
    }
    const { value } = this;
    if (!Array.isArray(value)) {
      this.report('LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType');
      return [];
    }
    this.lengthFits(value.length, limits);
    return value.map((_, index) => this.child(index));
  }

  /** True if this is an object; reports where something else was given. */
  object(required = false): boolean {
    if (this.absent) {
      if (required) this.reportRequired();
      return false;
    }
    if (isRecord(this.value)) return true;
    this.report('MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType');
    return false;
  }

  private lengthFits(length: number, { min = 0, max = Infinity }: TextLimits): boolean {
    if (length >= min && length <= max) return true;
    if (min > 0 && max !== Infinity) {
      this.report('BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
    } else if (length > max) {
      this.report('BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
    } else {
      this.report('BASE_TYPE_MIN_LENGTH', `Must be ${min} or more in length.`);
    }
    return false;
  }
}

/** The length of a text as Discord counts it: in code points. */
export function characters(text: string): number {
  return Array.from(text).length;
}

/**
 * Checks a body and throws all that is wrong with it at once.
 * @param body the parsed JSON
 * @param check reads the fields
 * @param path where the body stands in the request, such as `['data']` of an interaction's answer
 * @throws DiscordError 400, code 50035
 */
export function checkForm(body: unknown, check: (root: Field) => void, path: Path = []): void {
  const form = new Form();
  const root = new Field(form, path, body);
  if (root.object(true)) check(root);
  form.finish();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
