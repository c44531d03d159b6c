import { z } from 'zod';
import { DEMO, type RestEntry } from '../../../sandbox';
import type { Finding } from '../evidence/finding';
import { ALERTS_ID, PUBLIC_ID } from './places';
import type { BotMessage, Incident, WatchEvidence } from './watch-evidence';

const form = z.object({
  content: z.string().optional(),
  allowed_mentions: z
    .object({ roles: z.array(z.string()).optional(), parse: z.array(z.string()).optional() })
    .optional(),
});

/** Each incident is told in one message a channel that is edited, pings once, and ends with the recovery. */
export function checkTold(evidence: WatchEvidence): Finding {
  const { incidents, events, alerts, notices, board, requests } = evidence;
  const defects: string[] = [];
  const replies = alerts.filter(({ repliesTo }) => repliesTo !== null);
  const heads = alerts.filter(({ repliesTo }) => repliesTo === null);
  defects.push(
    ...oneEach(
      'alert',
      heads,
      incidents.map(({ alertMessageId }) => alertMessageId),
    ),
  );
  defects.push(
    ...oneEach(
      'notice',
      notices,
      incidents.map((one) => one.publicMessageId),
    ),
  );
  for (const incident of incidents) {
    const words = `incident ${incident.number} (${incident.id})`;
    defects.push(...endsWell(incident, heads, notices).map((defect) => `${words} ${defect}`));
    for (const [type, sign] of [
      ['reminded', '⏰'],
      ['raised', '🔺'],
    ] as const) {
      const wanted = events.filter((one) => one.incidentId === incident.id && one.type === type);
      const told = replies.filter(
        ({ repliesTo, content }) => repliesTo === incident.alertMessageId && content.includes(sign),
      );
      if (told.length !== wanted.length) {
        defects.push(`${words} was ${type} ${wanted.length} times, told ${told.length} times`);
      }
    }
  }
  const pings = pingsOf(requests, DEMO.roles.admin);
  if (pings.length !== incidents.length) {
    defects.push(`${pings.length} pings of the administration for ${incidents.length} incidents`);
  }
  const raises = events.filter(({ type }) => type === 'raised').length;
  const called = pingsOf(requests, DEMO.roles.senior).length;
  if (called !== raises) defects.push(`${called} pings of the seniors for ${raises} raises`);
  if (board.length !== 1) defects.push(`there are ${board.length} live status messages`);
  const posted = requests.filter(isPost);
  return {
    figures: [
      ['messages to the administration', alerts.length],
      ['of them replies', replies.length],
      ['pings of the administration', pings.length],
      ['notices to users', notices.length],
      ['edits of messages', requests.filter(isEdit).length],
      ['messages posted, but reported as failed', posted.filter(isSpoilt).length],
    ],
    defects,
  };
}

function oneEach(
  what: string,
  messages: readonly BotMessage[],
  wanted: readonly (string | null)[],
): string[] {
  const known = new Set(wanted);
  const there = new Set(messages.map(({ id }) => id));
  return [
    ...messages
      .filter(({ id }) => !known.has(id))
      .map(({ id, content }) => `${what} ${id} belongs to no incident: ${content.slice(0, 80)}`),
    ...wanted
      .filter((id) => id === null || !there.has(id))
      .map((id) => `${what} ${id ?? 'of an incident'} is not there`),
    ...(known.size === wanted.length ? [] : [`two incidents share one ${what}`]),
  ];
}

/** Both messages say at the end that it is over, and have nothing more to press. */
function endsWell(
  { alertMessageId, publicMessageId }: Incident,
  alerts: readonly BotMessage[],
  notices: readonly BotMessage[],
): string[] {
  const alert = alerts.find(({ id }) => id === alertMessageId);
  const notice = notices.find(({ id }) => id === publicMessageId);
  const defects: string[] = [];
  if (alert !== undefined && (!alert.content.includes('✅') || alert.hasButtons)) {
    defects.push(`is over, and its message says: ${alert.content}`);
  }
  if (notice !== undefined && (!notice.title.startsWith('🟢') || notice.hasButtons)) {
    defects.push(`is over, and users read: ${notice.title}`);
  }
  return defects;
}

/** The messages, posted or edited, with which this role was pinged: each one once. */
function pingsOf(requests: readonly RestEntry[], roleId: string): readonly string[] {
  const pinging = requests.filter((entry) => {
    if (!entry.committed || !(isPost(entry) || isEdit(entry))) return false;
    const { content = '', allowed_mentions } = form.safeParse(entry.requestBody).data ?? {};
    const allowed =
      allowed_mentions === undefined ||
      allowed_mentions.roles?.includes(roleId) === true ||
      allowed_mentions.parse?.includes('roles') === true;
    return allowed && content.includes(`<@&${roleId}>`);
  });
  const posts = new Set(pinging.filter(isPost).map(({ resultId }) => resultId ?? ''));
  return [...posts, ...pinging.filter(isEdit).map(({ resultId }) => resultId ?? '')];
}

function isPost({ method, path, committed }: RestEntry): boolean {
  return committed && method === 'POST' && /^\/channels\/\d+\/messages$/.test(path) && here(path);
}

function isEdit({ method, path }: RestEntry): boolean {
  return method === 'PATCH' && /^\/channels\/\d+\/messages\/\d+$/.test(path) && here(path);
}

function here(path: string): boolean {
  return path.includes(ALERTS_ID) || path.includes(PUBLIC_ID);
}

/** Whoever posted it was told otherwise, or nothing at all. */
function isSpoilt({ status }: RestEntry): boolean {
  return status === null || status >= 400;
}
