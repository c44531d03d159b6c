import type { IncomingMessage, ServerResponse } from 'node:http';
import { DiscordError, discordError } from '../../rules/errors';
import { RateLimits } from '../../rules/rate-limits';
import { changesNameOrTopic } from '../channels/channels';
import { theApplication, type Actor, type Discord } from '../discord';
import type { Fault, Faults } from '../faults';
import { readBody, type RequestBody } from '../http/request-body';
import { Router } from '../http/router';
import type { By } from '../journal-entry';
import { applicationRoutes } from './application-routes';
import { Call, type Answer, type Route } from './call';
import { channelRoutes } from './channel-routes';
import { gatewayRoutes } from './gateway-routes';
import { guildRoutes } from './guild-routes';
import { interactionRoutes } from './interaction-routes';
import { messageRoutes } from './message-routes';
import { threadRoutes } from './thread-routes';
import { userRoutes } from './user-routes';
import { webhookRoutes } from './webhook-routes';

/** A request on its way through the server. */
interface Exchange {
  method: string;
  path: string;
  query: string;
  route: string;
  arrived: number;
  by: By;
  request: RequestBody;
  reason: string | null;
}

/** What an exchange came to. */
interface Outcome {
  answer: Answer;
  headers: Record<string, string>;
  committed: boolean;
  code: number | null;
}

/** Every route that the local Discord has. */
export function allRoutes(gatewayUrl: () => string): Route[] {
  return [
    ...gatewayRoutes(gatewayUrl),
    ...applicationRoutes,
    ...userRoutes,
    ...guildRoutes,
    ...channelRoutes,
    ...threadRoutes,
    ...messageRoutes,
    ...webhookRoutes,
    ...interactionRoutes,
  ];
}

/** REST v10: lets requests in, limits them, handles them, and fails on demand. */
export class RestServer {
  private readonly router = new Router<Route>();
  private limits = new RateLimits();

  constructor(
    private readonly discord: Discord,
    private readonly faults: Faults,
    gatewayUrl: () => string,
  ) {
    for (const route of allRoutes(gatewayUrl)) this.router.add(route.method, route.path, route);
  }

  /** Forgets what has been counted towards the rate limits. */
  resetLimits(): void {
    this.limits = new RateLimits();
  }

  /** @param path without `/api/v10` */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    query: string,
  ): Promise<void> {
    const { discord } = this;
    const arrived = discord.preciseNow();
    const method = request.method ?? 'GET';
    const match = this.router.find(method, path);
    const body = await readBody(request).catch((error: unknown) => asRefusal(error));
    await this.halfLatency();
    if (match.kind !== 'found') {
      const error = discordError(match.kind === 'unknown' ? 'notFound' : 'methodNotAllowed');
      send(response, { status: error.status, body: error.body() }, {});
      this.record(
        {
          method,
          path,
          query,
          route: path,
          arrived,
          by: { kind: 'nobody' },
          request: { json: undefined, files: [] },
          reason: null,
        },
        error.status,
        { answer: { status: error.status }, headers: {}, committed: false, code: error.code },
        null,
      );
      return;
    }
    const { target: route, parameters } = match;
    const actor = this.actorOf(request);
    const exchange: Exchange = {
      method,
      path,
      query,
      route: route.path,
      arrived,
      by: byOf(route, parameters, actor, discord),
      request: body instanceof DiscordError ? { json: undefined, files: [] } : body,
      reason: decodeReason(request.headers['x-audit-log-reason']),
    };
    const call = (): Outcome =>
      this.run(route, exchange, actor, parameters, body instanceof DiscordError ? body : undefined);
    await this.respond(response, exchange, call);
  }

  private async respond(
    response: ServerResponse,
    exchange: Exchange,
    call: () => Outcome,
  ): Promise<void> {
    const limited = this.takeLimit(exchange);
    if (limited !== undefined && !limited.allowed) {
      const { body, headers } = limited;
      this.discord.journal.add({
        kind: 'rateLimit',
        method: exchange.method,
        route: exchange.route,
        path: exchange.path,
        scope: headers['X-RateLimit-Scope'] ?? 'user',
        retryAfter: body.retry_after,
      });
      await this.finish(response, exchange, refused(429, body, headers), null);
      return;
    }
    const target = {
      method: exchange.method,
      route: exchange.route,
      path: exchange.path,
      body: exchange.request.json,
    };
    const before = this.faults.hit('before', target);
    if (before !== undefined) {
      const spoilt = await this.spoil(before, 'before', exchange, response, undefined);
      if (spoilt) return;
    }
    const outcome = call();
    this.discord.world.flush();
    if (limited !== undefined) Object.assign(outcome.headers, limited.headers);
    const after = this.faults.hit('after', target);
    if (after !== undefined) {
      const spoilt = await this.spoil(after, 'after', exchange, response, outcome);
      if (spoilt) return;
    }
    await this.finish(response, exchange, outcome, (after ?? before)?.id ?? null);
  }

  private takeLimit(exchange: Exchange): ReturnType<RateLimits['take']> | undefined {
    if (this.discord.settings.limits === 'off') return undefined;
    const channelId =
      exchange.method === 'PATCH' ? /^\/channels\/(\d+)$/.exec(exchange.path)?.[1] : undefined;
    return this.limits.take(
      {
        identity: exchange.by.kind === 'nobody' ? 'nobody' : exchange.by.id,
        method: exchange.method,
        path: exchange.path,
        changesNameOrTopic:
          channelId !== undefined &&
          changesNameOrTopic(this.discord.world, channelId, exchange.request.json),
      },
      this.discord.now(),
    );
  }

  /** Runs the route's handler; a refusal is an answer like any other. */
  private run(
    route: Route,
    exchange: Exchange,
    actor: Actor | undefined,
    parameters: Record<string, string>,
    broken: DiscordError | undefined,
  ): Outcome {
    try {
      if (route.auth === 'bot' && actor === undefined) throw discordError('unauthorized');
      if (broken !== undefined) throw broken;
      const who = actor ?? { kind: 'bot', userId: theApplication(this.discord.world).botId };
      const { json, files } = exchange.request;
      const query = new URLSearchParams(exchange.query);
      const answer = route.handle(this.discord, new Call(who, parameters, query, json, files));
      return { answer, headers: {}, committed: exchange.method !== 'GET', code: null };
    } catch (error) {
      const refusal = asRefusal(error);
      return refused(refusal.status, refusal.body(), {}, refusal.code);
    }
  }

  /** Lets a fault act. True: nothing more is to be answered. */
  private async spoil(
    fault: Fault,
    when: 'before' | 'after',
    exchange: Exchange,
    response: ServerResponse,
    outcome: Outcome | undefined,
  ): Promise<boolean> {
    const { spec } = fault;
    this.discord.journal.add({
      kind: 'fault',
      id: fault.id,
      fault: spec.kind,
      when,
      method: exchange.method,
      route: exchange.route,
      path: exchange.path,
    });
    const committed = outcome?.committed ?? false;
    const lost = { answer: outcome?.answer ?? { status: 0 }, headers: {}, committed, code: null };
    switch (spec.kind) {
      case 'delay':
        await pause(spec.ms);
        return false;
      case 'hang':
        this.record(exchange, null, lost, fault.id);
        return true;
      case 'drop':
        this.record(exchange, null, lost, fault.id);
        response.socket?.destroy();
        return true;
      case 'status': {
        const answer = statusAnswer(fault);
        await this.finish(
          response,
          exchange,
          {
            ...answer,
            committed,
            answer: {
              ...answer.answer,
              ...(outcome?.answer.resultId === undefined
                ? {}
                : { resultId: outcome.answer.resultId }),
            },
          },
          fault.id,
        );
        return true;
      }
    }
  }

  private async finish(
    response: ServerResponse,
    exchange: Exchange,
    outcome: Outcome,
    fault: string | null,
  ): Promise<void> {
    await this.halfLatency();
    send(response, outcome.answer, outcome.headers);
    this.record(exchange, outcome.answer.status, outcome, fault);
  }

  private record(
    exchange: Exchange,
    status: number | null,
    outcome: Outcome,
    fault: string | null,
  ): void {
    this.discord.journal.add({
      kind: 'rest',
      method: exchange.method,
      route: exchange.route,
      path: exchange.path,
      query: exchange.query,
      by: exchange.by,
      status,
      code: outcome.code,
      requestBody: exchange.request.json ?? null,
      resultId: outcome.answer.resultId ?? null,
      reason: exchange.reason,
      committed: outcome.committed,
      ms: this.discord.preciseNow() - exchange.arrived,
      fault,
    });
  }

  private actorOf(request: IncomingMessage): Actor | undefined {
    const application = theApplication(this.discord.world);
    const header = request.headers.authorization;
    if (header === `Bot ${application.token}`) return { kind: 'bot', userId: application.botId };
    return undefined;
  }

  private halfLatency(): Promise<void> | undefined {
    const half = this.discord.settings.latencyMs / 2;
    return half > 0 ? pause(half) : undefined;
  }
}

function byOf(
  route: Route,
  parameters: Record<string, string>,
  actor: Actor | undefined,
  discord: Discord,
): By {
  if (route.auth === 'token') {
    const webhookId = parameters['webhookId'];
    if (webhookId === undefined) {
      return { kind: 'interaction', id: parameters['interactionId'] ?? '' };
    }
    if (!discord.world.applications.has(webhookId)) return { kind: 'webhook', id: webhookId };
    return { kind: 'bot', id: theApplication(discord.world).botId };
  }
  return actor === undefined ? { kind: 'nobody' } : { kind: 'bot', id: actor.userId };
}

function refused(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>>,
  code: number | null = null,
): Outcome {
  return { answer: { status, body }, headers: { ...headers }, committed: false, code };
}

/** What a `status` fault answers: its own body, or what Discord would most likely say. */
function statusAnswer(fault: Fault): Outcome {
  const { status, body, retryAfter, scope } = fault.spec;
  const headers: Record<string, string> = {};
  if (retryAfter !== undefined) headers['Retry-After'] = String(Math.ceil(retryAfter));
  if (status === 429) headers['X-RateLimit-Scope'] = scope ?? 'user';
  if (scope === 'global') headers['X-RateLimit-Global'] = 'true';
  const usual =
    status === 429
      ? {
          message: 'You are being rate limited.',
          retry_after: retryAfter ?? 1,
          global: scope === 'global',
        }
      : { message: `${status}: injected fault`, code: 0 };
  return refused(status, body ?? usual, headers);
}

function asRefusal(error: unknown): DiscordError {
  if (error instanceof DiscordError) return error;
  // A fault of the local Discord itself: it must be seen, not swallowed.
  console.error(error);
  return discordError('internalServerError');
}

function send(response: ServerResponse, answer: Answer, headers: Record<string, string>): void {
  if (response.destroyed) return;
  if (answer.body === undefined) {
    response.writeHead(answer.status, headers);
    response.end();
    return;
  }
  const text = JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    ...headers,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

function decodeReason(header: string | string[] | undefined): string | null {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
