import type { PlainClient, Received } from './plain-client';

/** A route of the local Discord, with its parameters in braces. */
export interface NamedRoute {
  readonly method: string;
  readonly path: string;
}

/** An id that nobody has. */
const NOBODY = '1000000000000000001';

/** Asks for a route without a token, with ids that do not exist. */
export function askAsNobody(client: PlainClient, route: NamedRoute): Promise<Received> {
  return client.send(route.method, filled(route.path), { token: null });
}

/** Asks for a route with the bot's token, but with ids that do not exist, and an empty body. */
export function askForNothing(client: PlainClient, route: NamedRoute): Promise<Received> {
  const sent = route.method === 'GET' || route.method === 'DELETE' ? {} : { body: {} };
  return client.send(route.method, filled(route.path), sent);
}

function filled(path: string): string {
  return path
    .replace('{token}', 'no-token')
    .replace('{emoji}', '%F0%9F%8E%AB')
    .replace(/\{\w+\}/g, NOBODY);
}
