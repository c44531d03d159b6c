import {
  ButtonStyle,
  ComponentType,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
} from 'discord-api-types/v10';
import type { SourceRecord } from '../../db/announcements';
import { codeBlock } from '../../domain/text';
import {
  deliveriesId,
  newSecretId,
  previewId,
  removeAskId,
  removeId,
  sourceCardId,
} from '../announcements/ids';
import { answer, type ActionRow, type Answer } from './answer';
import type { SourceSeen } from './source-list';
import {
  asksItself,
  lastWords,
  literal,
  named,
  originWords,
  routeWords,
  subscriptionWords,
  troubleWords,
} from './source-words';
import { duration, moment } from './time';

/** Lines of about 700 characters: four of them stay below the 4,096 of a description. */
const MOST_ROUTES = 4;

export interface SourceCardView extends SourceSeen {
  /** Where its service sends to. */
  readonly address: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** One source: how it is, where its news go, and what can be done with it. */
export function sourceCard(view: SourceCardView): Answer {
  const { source, last } = view;
  const { settings } = source;
  const { routes } = settings;
  const more = routes.length - MOST_ROUTES;
  return answer('', {
    embeds: [
      {
        title: settings.id,
        description: [
          `${originWords(settings.origin)}, ${source.origin === 'file' ? 'defined in the configuration file' : 'added by command'}.`,
          ...routes.slice(0, MOST_ROUTES).map(routeWords),
          ...(more > 0 ? [`… and ${more} more routes`] : []),
        ].join('\n'),
        color: 0x3498db,
        fields: [
          { name: 'How it is', value: condition(source, last) },
          ...secretField(view),
          ...addressField(view),
          { name: 'Kept', value: kept(source) },
        ],
      },
    ],
    components: buttons(source),
  });
}

function condition(source: SourceRecord, last: SourceSeen['last']): string {
  return [lastWords(last), subscriptionWords(source), troubleWords(source)]
    .filter((words) => words !== null)
    .join('\n');
}

function addressField({ source, address }: SourceCardView): APIEmbed['fields'] & object {
  if (asksItself(source.settings.origin)) return [];
  return [{ name: 'Address', value: codeBlock(address, { max: 1_000 }) }];
}

/** Whence its secret is, and until when older ones are valid. Secrets themselves are shown when they are made, and then never. */
function secretField({ source, now }: SourceCardView): APIEmbed['fields'] & object {
  const { settings, secrets } = source;
  if (asksItself(settings.origin)) return [];
  return [{ name: 'Secret', value: secretWords(settings.secretVariables, secrets, now) }];
}

function secretWords(
  variables: readonly string[],
  [newest, ...older]: SourceRecord['secrets'],
  now: number,
): string {
  if (variables.length > 0) {
    return `In ${variables.map(literal).join(' and ')} of the web server’s environment.`;
  }
  if (newest === undefined) return 'There is none yet. **New secret** makes one.';
  const until = Math.max(0, ...older.map(({ validUntil }) => validUntil ?? 0));
  const other = until > now ? ` The one before it is valid until ${moment(until)}.` : '';
  return `Made ${moment(newest.madeAt)}.${other} I cannot show it again; **New secret** makes another one.`;
}

function kept({ settings }: SourceRecord): string {
  const { keepDeliveriesMs, silentAfterMs, staffChannelId } = settings;
  const silent =
    silentAfterMs === null ? '' : ` It counts as silent after ${duration(silentAfterMs)}.`;
  const told =
    staffChannelId === null
      ? ' Nobody is told when something is wrong with it.'
      : ` When something is wrong with it, <#${staffChannelId}> is told.`;
  return `What it delivers is kept for ${duration(keepDeliveriesMs)}.${silent}${told}`;
}

function buttons({ settings, origin }: SourceRecord): ActionRow[] {
  const { id } = settings;
  const makes = settings.secretVariables.length === 0 && !asksItself(settings.origin);
  return [
    row([
      ...(makes ? [button('New secret', newSecretId.encode({ id }))] : []),
      button('Last deliveries', deliveriesId.encode({ id, at: null, skip: 0 })),
      button('Test', previewId.encode({ id, sample: 0 })),
      ...(origin === 'file'
        ? []
        : [button('Remove …', removeAskId.encode({ id }), ButtonStyle.Danger)]),
    ]),
  ];
}

/** Asks once more, since a service that still sends is refused from then on. */
export function removeQuestion(id: string): Answer {
  return answer(
    `Remove ${named(id)}? Its address and its secret are valid no longer, and what it delivered is forgotten. What was posted stays. Remove the webhook at the service as well, else its deliveries fail there.`,
    {
      components: [
        row([
          button('Remove it', removeId.encode({ id }), ButtonStyle.Danger),
          button('Keep it', sourceCardId.encode({ id })),
        ]),
      ],
    },
  );
}

const row = (components: APIButtonComponentWithCustomId[]): ActionRow => ({
  type: ComponentType.ActionRow,
  components,
});

export function button(
  words: string,
  custom_id: string,
  style: APIButtonComponentWithCustomId['style'] = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label: words, custom_id };
}
