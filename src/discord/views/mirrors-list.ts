import type { MirrorRecord } from '../../db/mirrors';
import { inline, label } from '../../domain/text';
import { formatDuration } from '../../config/duration';
import { mirrorsPageId } from '../mirrors/ids';
import { answer, type Answer } from './answer';
import { answerButtons } from './mirror-asked';
import { pageButtons } from './page-buttons';
import { counted } from './time';

/** A row of buttons for each, and one to turn the page: a message holds five. */
export const MIRRORS_PAGE = 4;

export interface MirrorsView {
  /** Whose list it is. */
  readonly guildId: string;
  /** Those of this page. */
  readonly mirrors: readonly MirrorRecord[];
  /** Counted from 0. */
  readonly page: number;
  readonly pages: number;
  /** On all pages. */
  readonly count: number;
}

/** The list of mirrors from and into a guild, with the answers to those of other guilds. */
export function mirrorsAnswer(view: MirrorsView): Answer {
  const incoming = view.mirrors.filter(({ guildId }) => guildId !== view.guildId);
  return answer('', {
    embeds: [
      {
        title: 'Mirrors',
        description: view.mirrors.map((mirror) => entry(mirror, view.guildId)).join('\n\n'),
        color: 0x3498db,
        footer: {
          text: `${counted(view.count, 'mirror')}${view.pages > 1 ? ` · page ${view.page + 1} of ${view.pages}` : ''}`,
        },
      },
    ],
    components: [
      ...incoming.map(({ guildId, settings }) =>
        answerButtons(guildId, settings.id, label(settings.id, { max: 40 })),
      ),
      ...pageButtons(view, (page) => mirrorsPageId.encode({ page })),
    ],
  });
}

function entry({ guildId, origin, settings, agreement, told }: MirrorRecord, own: string): string {
  const { id, fromChannelId: from, to, style, filter, editWindowMs } = settings;
  const name = `**${inline(id, { max: 40 })}**`;
  const way =
    guildId === own
      ? `<#${from}> → <#${to.channelId}>${to.guildId === own ? '' : ' (another server)'}`
      : `another server → <#${to.channelId}>`;
  const facts = [
    style === 'webhook' ? 'as their authors' : 'as plain posts',
    `edits for ${formatDuration(editWindowMs)}`,
    ...(settings.reactions ? ['reactions'] : []),
    ...(settings.threads ? ['threads'] : []),
    ...(filter.bots ? ['bots too'] : []),
    ...(filter.authors.length > 0 ? [`of ${counted(filter.authors.length, 'author')}`] : []),
    ...(filter.contains.length + filter.lacks.length > 0 ? ['filtered by words'] : []),
    ...(origin === 'file' ? ['from the configuration file'] : []),
  ];
  return [`${name}: ${way}`, `-# ${facts.join(' · ')}`, ...state(agreement, told)].join('\n');
}

function state(agreement: MirrorRecord['agreement'], told: readonly string[]): string[] {
  if (agreement === 'asked') {
    return ['⏳ waits for an administrator of the server that is copied into'];
  }
  if (agreement === 'refused') return ['⛔ the server that is copied into refuses it'];
  return told.length > 0 ? ['⚠️ held up; the log channel says why'] : [];
}
