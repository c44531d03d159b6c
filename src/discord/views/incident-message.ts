import {
  ButtonStyle,
  ComponentType,
  type APIEmbed,
  type RESTPatchAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import type { AffectedServer, IncidentState } from '../../domain/watching/incident';
import { inline, noMentions } from '../../domain/text';
import { incidentButtonId, type IncidentShownIn } from '../servers/ids';
import type { ActionRow } from './answer';
import { CAUSE_SHORT, CAUSE_WORDS, SERVER_STATUS_FACES } from './server-status';
import { counted, dateTime, duration, moment, relative } from './time';

/** A note on an incident, opened. */
export interface IncidentNote {
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly text: string;
}

/** What is shown of an incident wherever it is shown. */
export type IncidentFacts = Pick<
  IncidentState,
  'status' | 'openedAt' | 'servers' | 'acknowledged' | 'raisedAt' | 'flapping' | 'recoveredAt'
>;

/** An incident as its message in the administration's channel shows it. */
export interface IncidentView {
  readonly incidentId: string;
  readonly state: IncidentState;
  /** Oldest first. */
  readonly notes: readonly IncidentNote[];
}

/** More lines than this say nothing more; they keep the embed far below Discord's 4,096 characters. */
const MOST_SERVERS = 15;
/** The newest notes, as many as a field of 1,024 characters holds for certain. */
const MOST_NOTES = 4;
const NOTE_ROOM = 200;
/** Discord takes at most 100 roles in `allowed_mentions`, and 2,000 characters of content. */
const MOST_ROLES = 20;

const ACKNOWLEDGED_COLOUR = 0xe67e22;

/**
 * The one message of an incident in the administration's channel. Posted, it pings the roles of the
 * policy and nobody else: this is the incident's only ping but for a raise.
 */
export function incidentMessage(view: IncidentView): RESTPostAPIChannelMessageJSONBody {
  return {
    ...face(view),
    allowed_mentions: { roles: view.state.policy.pingRoleIds.slice(0, MOST_ROLES) },
  };
}

/** The same message, to be edited over the earlier one as the incident develops: it pings nobody. */
export function incidentMessageEdit(view: IncidentView): RESTPatchAPIChannelMessageJSONBody {
  return { ...face(view), allowed_mentions: noMentions };
}

/**
 * Says again that nobody has acknowledged the incident, as a reply to its message. It pings nobody: the
 * administration was pinged at the beginning.
 */
export function incidentReminder(
  view: IncidentView,
  messageId: string,
): RESTPostAPIChannelMessageJSONBody {
  const { state } = view;
  return {
    content: `⏰ ${summary(state, 'still ')} since ${moment(beganAt(state))}. Nobody has acknowledged it yet: press **Acknowledge** above if you are on it.`,
    message_reference: { message_id: messageId, fail_if_not_exists: false },
    allowed_mentions: noMentions,
  };
}

/** Calls the senior roles because nobody acknowledged the incident in time, as a reply to its message. */
export function incidentRaise(
  view: IncidentView,
  messageId: string,
): RESTPostAPIChannelMessageJSONBody {
  const { state } = view;
  const roles = state.policy.seniorRoleIds.slice(0, MOST_ROLES);
  return {
    content: `${mentions(roles)}🔺 ${summary(state)} since ${moment(beganAt(state))}, and nobody has acknowledged it. Press **Acknowledge** above if you are on it.`,
    message_reference: { message_id: messageId, fail_if_not_exists: false },
    allowed_mentions: { roles },
  };
}

/** First failure of the first server (milliseconds since the epoch). */
export function beganAt(state: Pick<IncidentFacts, 'openedAt' | 'servers'>): number {
  return Math.min(state.openedAt, ...state.servers.map(({ since }) => since));
}

/** "**survival** is down", "**survival** and **creative** are still down", "7 servers are down". */
function summary(state: IncidentFacts, still = ''): string {
  const down = state.servers.filter(({ until }) => until === null);
  const names = down.map(({ name }) => `**${shownName(name)}**`);
  const last = names.at(-1);
  if (last === undefined) return `It is ${still}going up and down`;
  if (names.length === 1) return `${last} is ${still}down`;
  if (names.length > 3) return `${names.length} servers are ${still}down`;
  return `${names.slice(0, -1).join(', ')} and ${last} are ${still}down`;
}

export function shownName(name: string): string {
  return inline(name, { max: 80, empty: 'unnamed' });
}

function mentions(roleIds: readonly string[]): string {
  return roleIds.map((id) => `<@&${id}> `).join('');
}

function face(view: IncidentView): {
  content: string;
  embeds: APIEmbed[];
  components: ActionRow[];
} {
  const { state } = view;
  return {
    content: `${mentions(state.policy.pingRoleIds.slice(0, MOST_ROLES))}${headline(state)}`,
    embeds: [incidentEmbed(state, view.notes)],
    components: incidentButtons(view.incidentId, state, 'channel'),
  };
}

/** What a notification on a telephone shows. */
function headline(state: IncidentFacts): string {
  if (state.recoveredAt !== null) {
    return `✅ ${ended(state)} after ${duration(state.recoveredAt - beganAt(state))}.`;
  }
  const causes = new Set(
    state.servers.filter(({ until }) => until === null).map(({ cause }) => cause),
  );
  const [cause] = causes;
  const why = causes.size === 1 && cause !== undefined ? `: ${CAUSE_WORDS[cause]}` : '';
  return `🔴 ${summary(state)}${why}.`;
}

/** A server that fell twice while the incident was open stands in it twice, and counts once: as it ended. */
function ended({ servers }: IncidentFacts): string {
  const last = [...new Map(servers.map((server) => [server.serverKey, server])).values()];
  const [only] = last;
  const removed = last.filter(isRemoved).length;
  const how =
    removed === 0
      ? 'back'
      : removed === last.length
        ? 'watched no longer'
        : 'back or watched no longer';
  return last.length === 1 && only !== undefined
    ? `**${shownName(only.name)}** is ${how}`
    : `All ${last.length} servers are ${how}`;
}

function isRemoved({ removed }: AffectedServer): boolean {
  return removed === true;
}

/** The incident with everything that is known of it: what is down and why, since when, who is on it, notes. */
export function incidentEmbed(state: IncidentFacts, notes: readonly IncidentNote[] = []): APIEmbed {
  const lines = state.servers.slice(0, MOST_SERVERS).map(serverLine);
  const more = state.servers.length - MOST_SERVERS;
  return {
    title: title(state),
    description: [
      ...lines,
      ...(more > 0 ? [`… and ${counted(more, 'more server')}`] : []),
      ...(state.flapping && state.recoveredAt === null
        ? ['🟠 It keeps going up and down. This stays one incident until it is steady.']
        : []),
    ].join('\n'),
    color: colour(state),
    fields: [
      {
        name: 'Began',
        value: moment(beganAt(state)),
        inline: true,
      },
      ...(state.recoveredAt === null
        ? []
        : [
            {
              name: 'Over',
              value: `${dateTime(state.recoveredAt)}, after ${duration(state.recoveredAt - beganAt(state))}`,
              inline: true,
            },
          ]),
      { name: 'Acknowledged', value: acknowledged(state), inline: true },
      ...(state.raisedAt === null
        ? []
        : [
            {
              name: 'Raised',
              value: `to the senior team ${relative(state.raisedAt)}`,
              inline: true,
            },
          ]),
      ...noteField(notes),
    ],
  };
}

function title(state: IncidentFacts): string {
  if (state.recoveredAt !== null) return '✅ Outage over';
  return state.flapping ? '🟠 Outage, unsteady' : '🔴 Outage';
}

function colour(state: IncidentFacts): number {
  switch (state.status) {
    case 'open':
      return SERVER_STATUS_FACES.down.colour;
    case 'acknowledged':
      return ACKNOWLEDGED_COLOUR;
    case 'recovered':
      return SERVER_STATUS_FACES.up.colour;
  }
}

function acknowledged({ acknowledged: by, recoveredAt }: IncidentFacts): string {
  if (by !== null) return `<@${by.by}> ${relative(by.at)}`;
  return recoveredAt === null ? 'nobody yet' : 'nobody';
}

/** One server's part in the incident. */
function serverLine(server: AffectedServer): string {
  const name = `**${shownName(server.name)}**`;
  if (server.until === null) {
    return `🔴 ${name}: ${CAUSE_WORDS[server.cause]}. Down since ${moment(server.since)}.`;
  }
  const how = isRemoved(server) ? '⚫' : '🟢';
  const since = isRemoved(server) ? 'watched no longer since' : 'back since';
  return `${how} ${name}: ${since} ${dateTime(server.until)}, was down for ${duration(server.until - server.since)} (${CAUSE_SHORT[server.cause]}).${unseen(server)}`;
}

function unseen({ unknownMs }: AffectedServer): string {
  return unknownMs > 0 ? ` For ${duration(unknownMs)} of it we could not look.` : '';
}

function noteField(notes: readonly IncidentNote[]): APIEmbed['fields'] & object {
  if (notes.length === 0) return [];
  const shown = notes.slice(-MOST_NOTES);
  const hidden = notes.length - shown.length;
  return [
    {
      name: hidden > 0 ? `Notes (the newest ${MOST_NOTES} of ${notes.length})` : 'Notes',
      value: shown
        .map(
          ({ by, at, text }) =>
            `${relative(at)} <@${by}>: ${inline(text, { max: NOTE_ROOM, empty: '…' })}`,
        )
        .join('\n'),
    },
  ];
}

/** Acknowledge and Note while it goes on; none when it is over. */
export function incidentButtons(
  incidentId: string,
  state: Pick<IncidentFacts, 'status' | 'acknowledged'>,
  shownIn: IncidentShownIn,
): ActionRow[] {
  if (state.status === 'recovered') return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.Button,
          style: ButtonStyle.Primary,
          label: state.acknowledged === null ? 'Acknowledge' : 'Acknowledged',
          custom_id: incidentButtonId.encode({ action: 'acknowledge', incidentId, shownIn }),
          disabled: state.acknowledged !== null,
        },
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: 'Note',
          custom_id: incidentButtonId.encode({ action: 'note', incidentId, shownIn }),
        },
      ],
    },
  ];
}
