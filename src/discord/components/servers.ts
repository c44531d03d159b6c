import type { APIMessageComponentInteraction } from 'discord-api-types/v10';
import type { Call } from '../interactions/call';
import { messageComponent, pickedValues } from '../interactions/component';
import { requestChange } from '../servers/change';
import { noServer, visibleServers } from '../servers/find';
import {
  incidentHistoryId,
  incidentPickId,
  incidentsPageId,
  maintenanceEndId,
  serverChartId,
  serversPageId,
  serversPickId,
  tellMeId,
  tellMeMenuId,
} from '../servers/ids';
import { incidentsPage, showIncident } from '../servers/incidents';
import { isAdmin, NOT_ADMIN } from '../servers/rights';
import { showServer, showServers, type ServersShown } from '../servers/show';
import type { Answer } from '../views/answer';
import { serverSetupAnswer } from '../views/server-setup-answer';

/** Turns the list of servers to another page. */
export const serversPage = messageComponent(serversPageId, (call, { page }) =>
  replaceShown(call, () => showServers(call, page)),
);

/** Picks a server from the list. */
export const serversPick = messageComponent(serversPickId, (call) =>
  replaceShown(call, () => showServer(call, picked(call))),
);

/** Shows a server's chart of another time. */
export const serverChartButton = messageComponent(serverChartId, (call, { serverKey, period }) =>
  replaceShown(call, () => showServer(call, serverKey, period)),
);

/** "Tell me when it is back." */
export const tellMe = messageComponent(tellMeId, (call, { serverKey }) =>
  subscribe(call, serverKey),
);

/** The same, picked from several servers. */
export const tellMeMenu = messageComponent(tellMeMenuId, (call) => subscribe(call, picked(call)));

/** Turns the list of outages to another page. */
export const incidentsPageButton = messageComponent(
  incidentsPageId,
  (call, { before, ...filter }) => forAdmin(call, () => incidentsPage(call, filter, before)),
);

/** Picks an outage from the list. */
export const incidentPick = messageComponent(incidentPickId, (call) =>
  forAdmin(call, () => showIncident(call, picked(call))),
);

/** Turns the history of an outage to another page. */
export const incidentHistoryPage = messageComponent(incidentHistoryId, (call, { number, page }) =>
  forAdmin(call, () => showIncident(call, number, { page })),
);

/** Ends or cancels maintenance; the worker answers. */
export const maintenanceEnd = messageComponent(maintenanceEndId, async (call, { serverId }) => {
  await call.respond.deferUpdate();
  if (!(await isAdmin(call))) {
    await call.respond.edit(NOT_ADMIN);
    return;
  }
  const windowId = pickedValues(call)[0] ?? '';
  await requestChange(call, { type: 'end-maintenance', id: serverId, windowId });
});

async function subscribe(
  call: Call<APIMessageComponentInteraction>,
  serverKey: number,
): Promise<void> {
  await call.respond.defer();
  // Nobody is told of a server that is not public.
  const servers = await visibleServers(call, false, Date.now());
  const found = servers.find(({ server }) => server.key === serverKey);
  if (found === undefined) {
    await call.respond.edit(noServer(''));
    return;
  }
  if (found.status === 'up') {
    await call.respond.edit(
      serverSetupAnswer({ outcome: 'not-down', serverName: found.server.name }),
    );
    return;
  }
  await requestChange(call, {
    type: 'subscribe',
    id: found.server.id,
    userId: call.member.user.id,
  });
}

/** Shows something else in place of what the person clicked in. */
async function replaceShown(call: Call, show: () => Promise<ServersShown>): Promise<void> {
  await call.respond.deferUpdate();
  const { words, files } = await show();
  await call.respond.edit(words, files);
}

/** The same for administrators, if the person still is one. */
async function forAdmin(call: Call, show: () => Promise<Answer>): Promise<void> {
  await call.respond.deferUpdate();
  await call.respond.edit((await isAdmin(call)) ? await show() : NOT_ADMIN);
}

function picked(call: Call<APIMessageComponentInteraction>): number {
  const number = Number(pickedValues(call)[0]);
  return Number.isSafeInteger(number) ? number : 0;
}
