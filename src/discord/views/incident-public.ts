import {
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import { inline, label, noMentions } from '../../domain/text';
import { tellMeId, tellMeMenuId } from '../servers/ids';
import { answer, type ActionRow, type Answer } from './answer';
import { SERVER_STATUS_FACES } from './server-status';
import { counted, dateTime, duration, relative } from './time';

/** A public server's part in an outage; instants in milliseconds since the epoch. */
export interface PublicOutage {
  readonly serverKey: number;
  readonly name: string;
  readonly since: number;
  /** First answer after it; `null`: still down. */
  readonly until: number | null;
  /** It is watched no longer: nobody knows whether it came back. */
  readonly removed?: true;
}

/** An outage as users are told of it. */
export interface PublicNoticeView {
  /** Public servers only; at least one. One that fell twice stands here twice. */
  readonly servers: readonly PublicOutage[];
  /** Whether the incident is over; servers that are back may still be watched for a while before it is. */
  readonly recovered: boolean;
  /** Whether somebody has acknowledged it. */
  readonly inHand: boolean;
}

/** A menu holds 25 options; an outage of more servers shows these and says how many more. */
const MOST_SERVERS = 25;

/**
 * What users read of an outage, in their channel. Edited over the earlier one as it develops. It pings
 * nobody; whoever wants to know presses "Tell me when it is back".
 */
export function publicNotice(view: PublicNoticeView): Answer {
  const shown = view.servers.slice(0, MOST_SERVERS);
  const more = view.servers.length - shown.length;
  return answer('', {
    embeds: [
      {
        title: heading(view),
        description: [
          ...shown.map(line),
          ...(more > 0 ? [`… and ${counted(more, 'more server')}`] : []),
          '',
          closing(view),
        ].join('\n'),
        color: view.recovered ? SERVER_STATUS_FACES.up.colour : SERVER_STATUS_FACES.down.colour,
      },
    ],
    components: view.recovered ? [] : tellMe(shown.filter(({ until }) => until === null)),
  });
}

function heading({ servers, recovered }: PublicNoticeView): string {
  const names = new Map(servers.map(({ serverKey, name }) => [serverKey, name]));
  const [only] = names.values();
  const who =
    names.size === 1 && only !== undefined
      ? `${inline(only, { max: 80, empty: 'The server' })} is`
      : `${names.size} servers are`;
  if (recovered && servers.every(({ removed }) => removed === true)) {
    return `⚫ ${who} not watched any more`;
  }
  return recovered ? `🟢 ${who} back` : `🔴 ${who} not reachable at the moment`;
}

function line({ name, since, until, removed }: PublicOutage): string {
  const shown = `**${inline(name, { max: 60, empty: 'unnamed' })}**`;
  if (removed === true) return `⚫ ${shown} is not watched any more.`;
  return until === null
    ? `🔴 ${shown} has been away since ${dateTime(since)} (${relative(since)}).`
    : `🟢 ${shown} is back since ${dateTime(until)}. It was away for ${duration(until - since)}.`;
}

function closing({ servers, recovered, inHand }: PublicNoticeView): string {
  if (recovered && servers.every(({ removed }) => removed === true)) {
    return 'This was the last news of it.';
  }
  if (recovered) return 'Have fun, and thank you for your patience.';
  return inHand
    ? 'Somebody of the team is working on it. This message changes when there is news.'
    : 'The team has been told. This message changes when there is news.';
}

/** A button for one server, a menu for several. */
function tellMe(down: readonly PublicOutage[]): ActionRow[] {
  const [only] = down;
  if (only === undefined) return [];
  if (down.length === 1) return [tellMeButton(only.serverKey)];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: tellMeMenuId.encode({}),
          placeholder: 'Tell me when it is back …',
          options: down.map(({ serverKey, name }) => ({
            label: label(name, { max: 100, empty: 'unnamed' }),
            value: String(serverKey),
          })),
        },
      ],
    },
  ];
}

/** The button that subscribes to one server's recovery. */
export function tellMeButton(serverKey: number): ActionRow {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        style: ButtonStyle.Primary,
        label: 'Tell me when it is back',
        emoji: { name: '🔔' },
        custom_id: tellMeId.encode({ serverKey }),
      },
    ],
  };
}

/** The direct message to whoever wanted to be told. */
export function recoveryDirectMessage(view: {
  readonly serverName: string;
  readonly guildName: string;
  readonly since: number;
  readonly until: number;
}): RESTPostAPIChannelMessageJSONBody {
  const name = inline(view.serverName, { max: 80, empty: 'The server' });
  const guild = inline(view.guildName, { max: 100, empty: 'your community' });
  return {
    content: `🟢 **${name}** of **${guild}** is back since ${dateTime(view.until)}. It was away for ${duration(view.until - view.since)}.\nYou asked to be told. This was the only message: I write again only if you press the button at another outage.`,
    allowed_mentions: noMentions,
  };
}
