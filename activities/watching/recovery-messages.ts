import type { Subscriber } from '../../src/db/watching';
import { recoveryDirectMessage } from '../../src/discord/views/incident-public';
import type { AffectedServer } from '../../src/domain/watching/incident';
import type { IncidentChange } from '../../workflows/incident/activities';
import type { Attempt } from '../attempt';
import { isLasting } from '../discord/codes';
import { postOnce } from '../discord/post-once';
import type { WatchingDependencies } from './dependencies';

/** Writes to everybody who asked to be told of these servers' recovery, once. */
export async function tellSubscribers(
  deps: WatchingDependencies,
  guildName: string,
  { incidentId, events, state }: IncidentChange,
  attempt: Attempt,
): Promise<void> {
  const back = events.flatMap(({ event, at }) => {
    if (event.type !== 'server-up' || event.removed === true) return [];
    // A server that fell twice in one incident is in it twice; this is about the newest part.
    const server = state.servers.findLast(({ serverKey }) => serverKey === event.serverKey);
    return server === undefined ? [] : [{ server, at }];
  });
  if (back.length === 0) return;
  const waiting = await deps.records.subscribers(back.map(({ server }) => server.serverKey));
  for (const subscriber of waiting) {
    const found = back.find(({ server }) => server.serverKey === subscriber.serverKey);
    if (found === undefined) continue;
    await write(deps, guildName, incidentId, subscriber, found, attempt);
    await deps.records.subscribersTold([subscriber], attempt.now);
    attempt.signal.throwIfAborted();
  }
}

async function write(
  { discord, botId, log }: WatchingDependencies,
  guildName: string,
  incidentId: string,
  { userId, serverKey }: Subscriber,
  { server, at }: { readonly server: AffectedServer; readonly at: number },
  attempt: Attempt,
): Promise<void> {
  const { name: serverName, since, until } = server;
  try {
    const { id: channelId } = await discord.users.createDM(userId, { signal: attempt.signal });
    const body = recoveryDirectMessage({ serverName, guildName, since, until: until ?? at });
    const key = `${incidentId}.${serverKey}.${userId}`;
    await postOnce(discord, await botId(), { channelId, body, key, since: at }, attempt);
  } catch (error) {
    // Who has closed their direct messages cannot be told (50007), and who is gone need not be.
    if (!isLasting(error)) throw error;
    log.info(
      { reason: error.code },
      'somebody who asked to be told of a recovery cannot be reached',
    );
  }
}
