import type { Knex } from 'knex';
import { whileAvailable } from '../connection';
import { createChannelRecorder } from './channels';
import { countDue, due } from './due';
import {
  recordIncident,
  setIncidentMessages,
  subscribe,
  subscribers,
  subscribersTold,
} from './incident-recorder';
import { newsDelivered, pendingNews } from './news';
import type { WatchRecorder } from './recording';
import { hasNews, saveRound } from './save-round';
import { createServerRecorder } from './server-recorder';
import { tidy } from './tidy';

/** For the worker alone. */
export function createWatchRecorder(knex: Knex): WatchRecorder {
  return {
    ...createServerRecorder(knex),
    ...createChannelRecorder(knex),
    countDue: (now) => whileAvailable(() => countDue(knex, now)),
    due: (now, part) => whileAvailable(() => due(knex, now, part)),
    saveRound: (round) => whileAvailable(() => saveRound(knex, round)),
    pendingNews: (limit) => whileAvailable(() => pendingNews(knex, limit)),
    newsDelivered: (ids) => whileAvailable(() => newsDelivered(knex, ids)),
    hasNews: () => whileAvailable(() => hasNews(knex)),
    recordIncident: (change) => whileAvailable(() => recordIncident(knex, change)),
    setIncidentMessages: (incidentId, messages) =>
      whileAvailable(() => setIncidentMessages(knex, incidentId, messages)),
    subscribe: (serverKey, userId, now) =>
      whileAvailable(() => subscribe(knex, { serverKey, userId }, now)),
    subscribers: (serverKeys) => whileAvailable(() => subscribers(knex, serverKeys)),
    subscribersTold: (told, now) => whileAvailable(() => subscribersTold(knex, told, now)),
    tidy: (now, patienceMs = 500) => whileAvailable(() => tidy(knex, now, patienceMs)),
  };
}
