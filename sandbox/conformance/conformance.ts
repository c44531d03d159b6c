import type { ErrorObject, ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { adapt } from './adapt';
import type { Content, Description, JsonSchema, Operation } from './description';
import { readOperation } from './description';
import { PathTemplates } from './path-templates';

/** One way in which a request or an answer does not agree with the description. */
export interface Mismatch {
  readonly where: 'request' | 'response';
  readonly method: string;
  /** As the description names the path; as it came, where the description has none. */
  readonly path: string;
  /** Of responses. */
  readonly status?: number;
  /** Where in the body, as a JSON pointer. */
  readonly instancePath: string;
  readonly message: string;
}

/** `response POST /channels/{channel_id}/messages 200 /embeds/0/type: must be string`. */
export function describeMismatch(mismatch: Mismatch): string {
  const { where, method, path, status, instancePath, message } = mismatch;
  const parts = [where, method, path, ...(status === undefined ? [] : [status]), instancePath];
  return `${parts.filter((part) => part !== '').join(' ')}: ${message}`;
}

/** More of them for one body tell nothing new: an `anyOf` reports every branch. */
const MOST_PER_BODY = 6;

/**
 * Checks requests and responses against the vendor's description. A schema is compiled when it is
 * first asked for, so that a check of a few routes does not wait for all 539.
 */
export class Conformance {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly lenient = new Ajv2020({ strict: false, allErrors: true, coerceTypes: 'array' });
  private readonly templates: PathTemplates;
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(private readonly description: Description) {
    const schemas = adapt(description.components.schemas);
    for (const ajv of [this.ajv, this.lenient]) {
      addFormats(ajv);
      ajv.addFormat('snowflake', /^\d{17,20}$/);
      ajv.addFormat('nonce', true);
      ajv.addSchema({ $id: 'discord', components: { schemas } });
    }
    this.templates = new PathTemplates(Object.keys(description.paths));
  }

  /**
   * The route of a request as `METHOD /template`, for counting what was covered.
   * @returns undefined where the description has no such route
   */
  route(method: string, path: string): string | undefined {
    const found = this.find(method, path);
    return found && `${method.toUpperCase()} ${found.template}`;
  }

  /**
   * Checks what a client sent.
   * @param path without `/api/v10`, with its query if it has one
   * @param body parsed; of a multipart request the parsed `payload_json`; undefined for none
   */
  request(method: string, path: string, body: unknown): Mismatch[] {
    const found = this.find(method, path);
    if (found === undefined) return [unknownRoute('request', method, path)];
    const report = reporter('request', method, found.template);
    const query = this.checkQuery(found.operation, found.template, method, path);
    const { requestBody } = found.operation;
    if (requestBody === undefined) return report(query);
    if (body === undefined) {
      // The service takes a missing body for an empty object.
      return requestBody.required === true ? this.request(method, path, {}) : report(query);
    }
    const schema = jsonSchema(requestBody.content);
    if (schema === undefined) return report(query);
    const key = `${method} ${found.template} request`;
    return report([...query, ...this.errorsOf(key, schema, body)]);
  }

  /**
   * Checks what the service answered.
   * @param body parsed JSON; undefined for an empty body
   */
  response(method: string, path: string, status: number, body: unknown): Mismatch[] {
    const found = this.find(method, path);
    if (found === undefined) return [unknownRoute('response', method, path)];
    const report = reporter('response', method, found.template, status);
    const known = found.operation.responses;
    const name = [String(status), `${String(status)[0] ?? ''}XX`].find((one) => one in known);
    const entry = name === undefined ? undefined : known[name];
    if (entry === undefined) {
      return report([{ message: `the status is not one of ${Object.keys(known).join(', ')}` }]);
    }
    const content = '$ref' in entry ? this.referred(entry.$ref) : entry.content;
    const schema = content && jsonSchema(content);
    if (schema === undefined) {
      return report(body === undefined ? [] : [{ message: 'the body should be empty' }]);
    }
    if (body === undefined) return report([{ message: 'the body is missing' }]);
    return report(this.errorsOf(`${method} ${found.template} ${name}`, schema, body));
  }

  /** The fields that a request's body may have, as far as the description names them. */
  fields(method: string, path: string): string[] {
    const content = this.find(method, path)?.operation.requestBody?.content;
    const schema = content && jsonSchema(content);
    const name = typeof schema?.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
    const described = name === undefined ? schema : this.description.components.schemas[name];
    const properties = described?.properties;
    return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  }

  /** Checks any value against a named schema, such as the `MessageResponse` of a gateway event. */
  value(schema: string, value: unknown): string[] {
    const reference = { $ref: `discord#/components/schemas/${schema}` };
    return this.errorsOf(`schema ${schema}`, reference, value).map(
      (error) => `${error.instancePath ?? ''}: ${error.message ?? ''}`,
    );
  }

  private find(
    method: string,
    path: string,
  ): { template: string; operation: Operation } | undefined {
    const match = this.templates.match(path.split('?', 1)[0] ?? '');
    if (match === undefined) return undefined;
    const operation = readOperation(this.description.paths[match.template] ?? {}, method);
    return operation && { template: match.template, operation };
  }

  private referred(reference: string): Content | undefined {
    return this.description.components.responses[reference.split('/').at(-1) ?? '']?.content;
  }

  private checkQuery(
    operation: Operation,
    template: string,
    method: string,
    path: string,
  ): Problem[] {
    const search = new URLSearchParams(path.split('?')[1] ?? '');
    const given: Record<string, unknown> = {};
    for (const key of new Set(search.keys())) {
      const values = search.getAll(key);
      given[key] = values.length === 1 ? values[0] : values;
    }
    const described = (operation.parameters ?? []).filter((one) => one.in === 'query');
    const schema = {
      type: 'object',
      properties: Object.fromEntries(described.map((one) => [one.name, one.schema])),
      required: described.filter((one) => one.required === true).map((one) => one.name),
      additionalProperties: false,
    };
    return this.errorsOf(`${method} ${template} query`, schema, given, this.lenient);
  }

  private errorsOf(key: string, schema: JsonSchema, value: unknown, ajv = this.ajv): Problem[] {
    // Many routes answer with the same schema: it is compiled once.
    const name = typeof schema.$ref === 'string' ? schema.$ref : key;
    let validate = this.compiled.get(name);
    if (validate === undefined) {
      validate = ajv.compile({ allOf: [pointed(adapt(schema))] });
      this.compiled.set(name, validate);
    }
    return validate(value) ? [] : clearest(validate.errors ?? []);
  }
}

type Problem = Partial<Pick<ErrorObject, 'instancePath' | 'message' | 'params'>>;

/**
 * The errors that tell most. Of a union, the branches whose `type` is another one are left out; what
 * lies deepest in the body is nearest to the cause.
 */
function clearest(errors: readonly ErrorObject[]): ErrorObject[] {
  const schemaOf = (error: ErrorObject): string =>
    /^.*#\/components\/schemas\/\w+/.exec(error.schemaPath)?.[0] ?? error.schemaPath;
  const otherTypes = errors
    .filter((error) => error.keyword === 'enum' && error.instancePath.endsWith('/type'))
    .map((error) => ({
      schema: schemaOf(error),
      at: error.instancePath.slice(0, -'/type'.length),
    }));
  const relevant = errors.filter(
    (error) =>
      error.keyword !== 'anyOf' &&
      !otherTypes.some(
        ({ schema, at }) => schemaOf(error) === schema && error.instancePath.startsWith(at),
      ),
  );
  const depth = (error: ErrorObject): number => error.instancePath.split('/').length;
  return [...(relevant.length > 0 ? relevant : errors)]
    .sort((a, b) => depth(b) - depth(a))
    .slice(0, MOST_PER_BODY);
}

function reporter(
  where: Mismatch['where'],
  method: string,
  path: string,
  status?: number,
): (problems: readonly Problem[]) => Mismatch[] {
  return (problems) =>
    problems.map(({ instancePath = '', message = '', params }) => ({
      where,
      method: method.toUpperCase(),
      path,
      ...(status === undefined ? {} : { status }),
      instancePath,
      message: params === undefined ? message : `${message} ${JSON.stringify(params)}`,
    }));
}

function unknownRoute(where: Mismatch['where'], method: string, path: string): Mismatch {
  const message = 'the description has no such route';
  return { where, method: method.toUpperCase(), path, instancePath: '', message };
}

function jsonSchema(content: Content): JsonSchema | undefined {
  return content['application/json']?.schema ?? content['multipart/form-data']?.schema;
}

/** Points `#/components/…` into the document that all schemas were added as. */
function pointed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) =>
      key === '$ref' && typeof inner === 'string' && inner.startsWith('#/')
        ? [key, `discord${inner}`]
        : [key, pointed(inner)],
    ),
  );
}
