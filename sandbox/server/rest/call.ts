import { wrong } from '../fields';
import type { Actor, Discord } from '../discord';
import type { UploadedFile } from '../http/request-body';
import type { Parameters } from '../http/router';

/** A REST request that was let in, ready to be handled. */
export class Call {
  constructor(
    readonly actor: Actor,
    private readonly parameters: Parameters,
    readonly query: URLSearchParams,
    readonly body: unknown,
    readonly files: UploadedFile[],
  ) {}

  /** A parameter of the path, by its name in the route. */
  text(name: string): string {
    const value = this.parameters[name];
    if (value === undefined) throw new Error(`The route has no parameter :${name}.`);
    return value;
  }

  /** A parameter of the path that is an id. */
  id(name: string): string {
    const value = this.text(name);
    if (!/^\d{1,20}$/.test(value)) {
      wrong(snakeCase(name), 'NUMBER_TYPE_COERCE', `Value "${value}" is not snowflake.`);
    }
    return value;
  }

  /** A number of the query within its limits. */
  number(name: string, fallback: number, min: number, max: number): number {
    const text = this.query.get(name);
    if (text === null) return fallback;
    const value = Number(text);
    if (!Number.isInteger(value)) {
      wrong(name, 'NUMBER_TYPE_COERCE', `Value "${text}" is not int.`);
    }
    if (value < min) {
      wrong(name, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`);
    }
    if (value > max) {
      wrong(name, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
    }
    return value;
  }

  /** An id of the query. */
  snowflake(name: string): string | undefined {
    const value = this.query.get(name);
    if (value === null) return undefined;
    if (!/^\d{1,20}$/.test(value)) {
      wrong(name, 'NUMBER_TYPE_COERCE', `Value "${value}" is not snowflake.`);
    }
    return value;
  }

  /** A yes or no of the query. */
  flag(name: string): boolean {
    const value = this.query.get(name)?.toLowerCase();
    return value === 'true' || value === '1';
  }
}

/** What is sent back. */
export interface Answer {
  status: number;
  body?: unknown;
  /** The id of what was made or changed, for the journal. */
  resultId?: string;
}

/** One route of the API. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Such as `/channels/:channelId`. */
  path: string;
  /** `token`: the path carries the right (interactions, webhooks); else the bot's token. */
  auth: 'bot' | 'token' | 'none';
  handle: (discord: Discord, call: Call) => Answer;
}

/** A route for the bot. */
export function bot(method: Route['method'], path: string, handle: Route['handle']): Route {
  return { method, path, auth: 'bot', handle };
}

/** A route for whoever knows the token in its path. */
export function withToken(method: Route['method'], path: string, handle: Route['handle']): Route {
  return { method, path, auth: 'token', handle };
}

export function ok(body: unknown, resultId?: string): Answer {
  return resultId === undefined ? { status: 200, body } : { status: 200, body, resultId };
}

export function created(body: unknown, resultId?: string): Answer {
  return resultId === undefined ? { status: 201, body } : { status: 201, body, resultId };
}

export function noContent(resultId?: string): Answer {
  return resultId === undefined ? { status: 204 } : { status: 204, resultId };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
