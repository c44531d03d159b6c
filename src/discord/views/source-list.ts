import { ComponentType } from 'discord-api-types/v10';
import type { DeliveryRecord, SourceRecord } from '../../db/announcements';
import { label } from '../../domain/text';
import { sourcesPageId, sourcesPickId } from '../announcements/ids';
import { answer, type ActionRow, type Answer } from './answer';
import { pageButtons } from './page-buttons';
import { lastWords, named, PROVIDER_WORDS, subscriptionWords, troubleWords } from './source-words';
import { counted } from './time';

/** Four lines of about 600 characters a source: they stay below what an embed's description holds. */
export const SOURCES_PAGE = 6;

/** More of a source's channels would not fit. */
const MOST_CHANNELS = 3;

/** A source and what it delivered last. */
export interface SourceSeen {
  readonly source: SourceRecord;
  /** `null`: nothing yet. */
  readonly last: DeliveryRecord | null;
}

/** One page of a guild's sources. */
export interface SourcesView {
  /** Those of this page. */
  readonly sources: readonly SourceSeen[];
  /** Counted from 0. */
  readonly page: number;
  readonly pages: number;
  /** On all pages. */
  readonly count: number;
}

/** The list of sources, with a menu to look at one. */
export function sourcesAnswer(view: SourcesView): Answer {
  if (view.sources.length === 0) {
    return answer('Nothing is announced here yet. `/announce add` adds a source.');
  }
  return answer('', {
    embeds: [
      {
        title: 'Sources of announcements',
        description: view.sources.map(entry).join('\n'),
        color: 0x3498db,
        footer: {
          text: `${counted(view.count, 'source')}${view.pages > 1 ? ` · page ${view.page + 1} of ${view.pages}` : ''}`,
        },
      },
    ],
    components: [
      menu(view.sources),
      ...pageButtons(view, (page) => sourcesPageId.encode({ page })),
    ],
  });
}

function entry({ source, last }: SourceSeen): string {
  const { settings, origin } = source;
  const subscription = subscriptionWords(source);
  const file = origin === 'file' ? ' 📄' : '';
  return [
    `${named(settings.id)}${file} · ${PROVIDER_WORDS[settings.origin.provider]} → ${channels(source)}`,
    `-# ${lastWords(last)}`,
    ...[subscription, troubleWords(source)].flatMap((words) =>
      words === null ? [] : [`-# ${words}`],
    ),
  ].join('\n');
}

function channels({ settings: { routes } }: SourceRecord): string {
  const all = [...new Set(routes.map(({ channelId }) => `<#${channelId}>`))];
  const more = all.length - MOST_CHANNELS;
  return `${all.slice(0, MOST_CHANNELS).join(' ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function menu(sources: readonly SourceSeen[]): ActionRow {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: sourcesPickId.encode({}),
        placeholder: 'Pick a source to see more',
        options: sources.map(({ source: { settings } }) => ({
          label: label(settings.id, { max: 100, empty: '…' }),
          description: PROVIDER_WORDS[settings.origin.provider],
          value: settings.id,
        })),
      },
    ],
  };
}
