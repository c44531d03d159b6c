import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { Origin } from '../../domain/announcements/settings';
import type { Trouble } from '../../domain/announcements/subscription/subscription';
import { inline, noMentions } from '../../domain/text';
import { asksItself, PROVIDER_WORDS } from './source-words';
import { relative } from './time';

/** What is wrong with a source, or is not any more. */
export interface SourceTrouble {
  readonly sourceId: string;
  readonly origin: Origin;
  readonly trouble: Trouble;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** In a few words, perhaps a service's own; `null`: there is nothing to add. */
  readonly reason: string | null;
  readonly over: boolean;
}

/** The message in the administrators' channel: what happened, and what to do. It pings nobody. */
export function sourceTroubleMessage(trouble: SourceTrouble): RESTPostAPIChannelMessageJSONBody {
  return { content: trouble.over ? ended(trouble) : begun(trouble), allowed_mentions: noMentions };
}

function begun(trouble: SourceTrouble): string {
  const { reason } = trouble;
  const said = reason === null ? '' : `\n> ${inline(reason, { max: 300, empty: '…' })}`;
  return `⚠️ ${nameOf(trouble)}: ${WHAT[trouble.trouble](trouble)}${said}`;
}

const ended = (trouble: SourceTrouble): string => `✅ ${nameOf(trouble)}: ${OVER[trouble.trouble]}`;

const nameOf = ({ sourceId, origin }: SourceTrouble): string =>
  `The source ${inline(sourceId, { max: 40, empty: '…' })} (${PROVIDER_WORDS[origin.provider]})`;

const WHAT: Readonly<Record<Trouble, (trouble: SourceTrouble) => string>> = {
  silent: ({ origin }) =>
    asksItself(origin)
      ? 'nothing new has come for long. If that is wrong, look whether `/announce list` shows the right channel or feed.'
      : 'nothing has come for long. If that is wrong, look in the service’s own settings whether the webhook is still there and what its last deliveries were answered; `/announce list` shows the address.',
  hub: ({ origin, since }) =>
    `the hub that tells us what is new does not send it since ${relative(since)}. You need not do anything: ${origin.provider === 'youtube' ? 'the channel' : 'the feed'} is looked at regularly, so that news comes a little later, and the hub is asked again.`,
  feed: ({ origin }) =>
    origin.provider === 'youtube'
      ? 'the channel’s feed cannot be read. Look whether the channel still exists and whether its id is right; it is tried on.'
      : 'the feed cannot be read. Look at its address in a browser, and give the source another one if it moved; it is tried on.',
  revoked: () =>
    'the service ended its subscription, and will send nothing more. Make a new one at the service.',
  'mis-signed': () =>
    'requests come that are not signed with its secret, and are refused. Either the service has an old secret: make a new one with `/announce rotate` and enter it there. Or somebody else sends them; then nothing needs to be done.',
  malformed: () =>
    'requests come that are signed right and cannot be read. Look whether the service sends what the source is set up for; each was answered with what is wrong in it, which the service’s own list of deliveries shows.',
};

const OVER: Readonly<Record<Trouble, string>> = {
  silent: 'something came again.',
  hub: 'the hub sends what is new again.',
  feed: 'the feed can be read again.',
  revoked: 'the service sends again.',
  'mis-signed': 'no request was refused for a day.',
  malformed: 'for a day no request came that could not be read.',
};
